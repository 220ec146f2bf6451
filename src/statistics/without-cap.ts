import { type BoundCheck, defaultPower } from './bound-check.js';
import { detectableMean, type PlanSituation, plannedReplicates, undecidedProbability } from './plan.js';

/**
 * Without a cap a mean may depend on values so rare that no number of replicates contains one, so no statement about all laws is possible. The
 * statement is about the laws that never exceed this multiple of b.
 */
const familyMultiple = 100;

/** The mean to find as a multiple of b, if the check states no other ratio. */
const defaultRatio = 2;

/** The verdict if V has not crossed. */
export interface WithoutCap {
  readonly verdict: 'not-refuted' | 'inconclusive';
  readonly reason: string;
  /** U: the smallest mean that would have been found, and the cap of the laws for which it would. */
  readonly detectable?: number;
  readonly familyCap?: number;
}

/** The check in units of b: its plan depends on nothing else. */
function situationOf({ power }: BoundCheck, multiple: number, alpha: number): PlanSituation {
  const mean = Math.min(power?.ratio ?? defaultRatio, multiple);
  return { side: 'violated', bound: 1, cap: multiple, mean, alpha };
}

const missed = ({ power }: BoundCheck): number => 1 - (power?.probability ?? defaultPower);

/**
 * Replicates after which a check without a cap ends if V has not crossed: so many that V misses a mean of 2b (or the stated ratio) with
 * probability at most 0.01 (or as stated), whatever the law on [0, 100b], but at most `maximumReplicates`. The number is fixed before the first
 * replicate, so that this probability does not depend on a stopping rule.
 */
export function replicatesWithoutCap(check: BoundCheck, alpha: number): number {
  const { maximumReplicates, minimumReplicates = 0 } = check;
  const planned = plannedReplicates(situationOf(check, familyMultiple, alpha), missed(check));
  return Math.min(maximumReplicates, Math.max(minimumReplicates, planned ?? maximumReplicates));
}

/**
 * The verdict of a check without a cap if V has not crossed in n replicates, of which `largest` was the largest: the smallest mean U that V would
 * have found with the stated probability for every law on [0, 100b]. If a replicate was above 100b, the law is not one of these, and U is about
 * laws on [0, 1000b], or the next power of ten that suffices: n does not depend on it, so every such statement is true of the same test. The
 * verdict is `inconclusive` if n replicates cannot find any mean.
 */
export function withoutCap(
  check: BoundCheck,
  { alpha, replicates, largest }: { readonly alpha: number; readonly replicates: number; readonly largest: number },
): WithoutCap {
  const { bound } = check;
  const found = `no violation was found in ${replicates} replicates`;
  if (bound === 0) return { verdict: 'inconclusive', reason: `${found}, and no number of them shows a mean of 0` };
  let multiple = familyMultiple;
  while (multiple * bound < largest) multiple *= 10;
  const seen = multiple > familyMultiple ? `, as one was ${(largest / bound).toPrecision(3)}·b` : '';
  const family = `if none can exceed ${multiple}·b${seen}`;
  const ratio = detectableRatio(check, multiple, alpha, replicates);
  if (ratio === undefined) {
    return { verdict: 'inconclusive', reason: `${found}, too few to be sure of finding any mean ${family}` };
  }
  return {
    verdict: 'not-refuted',
    reason: `${found}: a mean of ${ratio}·b or more would have been found with probability ${1 - missed(check)}, ${family}`,
    detectable: ratio * bound,
    familyCap: multiple * bound,
  };
}

/** U/b rounded up to two decimals. If the planned mean is detected, U is at most that: `detectableMean` may return slightly more. */
function detectableRatio(check: BoundCheck, multiple: number, alpha: number, replicates: number): number | undefined {
  const situation = situationOf(check, multiple, alpha);
  const smallest = detectableMean(situation, replicates, 1 - missed(check));
  if (smallest === undefined) return undefined;
  const planned = undecidedProbability(situation, replicates) <= missed(check);
  return Math.ceil(100 * (planned ? Math.min(smallest, situation.mean) : smallest)) / 100;
}
