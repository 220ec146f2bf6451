import { type BoundCheck, defaultPower } from './bound-check.js';
import { detectableMean, type PlanSituation, plannedReplicates, undecidedProbability } from './plan.js';

/**
 * Without a cap a mean may rest on values so rare that no number of replicates sees one, so nothing can be said about all laws. What is said is
 * about the laws that never exceed this multiple of b.
 */
const familyMultiple = 100;

/** A mean of this multiple of b must be found where the check states no ratio of its own. */
const defaultRatio = 2;

/** The answer if V has not crossed. */
export interface WithoutCap {
  readonly verdict: 'not-refuted' | 'inconclusive';
  readonly reason: string;
  /** U: the smallest mean that would have been found, and the cap of the laws for which it would. */
  readonly detectable?: number;
  readonly familyCap?: number;
}

/** The check in units of b, because its plan depends on nothing else. */
function situationOf({ power }: BoundCheck, multiple: number, alpha: number): PlanSituation {
  const mean = Math.min(power?.ratio ?? defaultRatio, multiple);
  return { side: 'violated', bound: 1, cap: multiple, mean, alpha };
}

const missed = ({ power }: BoundCheck): number => 1 - (power?.probability ?? defaultPower);

/**
 * Replicates after which a check without a cap ends where nothing was found: so many that V misses a mean of 2b (or of the stated ratio)
 * with probability 0.01 at most (or as stated), whatever the law on [0, 100b], and `maximumReplicates` where these are fewer. The number is
 * fixed before the first replicate, so that this probability is not that of a stopping rule.
 */
export function replicatesWithoutCap(check: BoundCheck, alpha: number): number {
  const { maximumReplicates, minimumReplicates = 0 } = check;
  const planned = plannedReplicates(situationOf(check, familyMultiple, alpha), missed(check));
  return Math.min(maximumReplicates, Math.max(minimumReplicates, planned ?? maximumReplicates));
}

/**
 * What a check without a cap says when V has not crossed in n replicates, of which `largest` was the largest: the smallest mean U that V would
 * have found with the stated probability for every law on [0, 100b]. Where a replicate was above 100b the law is not one of these, and U is
 * about those on [0, 1000b], or as many powers of ten as it takes: n does not depend on it, so every such statement is true of the same test.
 * `inconclusive` where n replicates are sure to find no mean at all.
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

/** U/b rounded up to two decimals; the mean that was planned for is found as it stands. */
function detectableRatio(check: BoundCheck, multiple: number, alpha: number, replicates: number): number | undefined {
  const situation = situationOf(check, multiple, alpha);
  const smallest = detectableMean(situation, replicates, 1 - missed(check));
  if (smallest === undefined) return undefined;
  const planned = undecidedProbability(situation, replicates) <= missed(check);
  return Math.ceil(100 * (planned ? Math.min(smallest, situation.mean) : smallest)) / 100;
}
