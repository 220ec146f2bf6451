import { type BoundCheck, reasonWithoutSampling, requireBoundCheck, requirePower } from './bound-check.js';
import { slotAlpha } from './budget.js';
import {
  type EProcess,
  holdsProcessWithCap,
  holdsProcessWithSecondMoment,
  requireLeftSide,
  violationProcess,
} from './e-process.js';
import { meanInterval } from './mean-interval.js';
import { Moments } from './summaries.js';
import { replicatesWithoutCap, withoutCap } from './without-cap.js';

/** The decision and its evidence. */
export interface Decision {
  /**
   * `holds`: E[X] ≤ b. `violated`: E[X] > b. `holds-within-rho`: undecided at b, and E[X] ≤ (1 + ρ)b. `not-refuted`: no violation was found where
   * nothing bounds X, and a mean of `detectable` would have been found if X never exceeds `familyCap`. `inconclusive`: none of these.
   */
  readonly verdict: 'holds' | 'holds-within-rho' | 'violated' | 'not-refuted' | 'inconclusive';
  /** Why, in a few words for the report. */
  readonly reason: string;
  /** Decided without sampling. */
  readonly trivial: boolean;
  /** Replicates that entered `mean`: a contiguous prefix. */
  readonly replicates: number;
  /** Number of the replicate (from 1) at which an e-process crossed. */
  readonly crossing?: number;
  /** Mean of X over the replicates, in the unit of the bound; undefined when nothing was sampled. */
  readonly mean?: number;
  /** Encloses E[X] except with probability `intervalError`; never part of the verdict. */
  readonly interval?: readonly [number, number];
  /**
   * Natural logarithms of both e-processes after all replicates: V looks for a violation, H for the proof that the bound holds. Without a cap or
   * a second moment H does not exist, and its logarithm is 0 (E = 1).
   */
  readonly logE: {
    /** ln V. */
    readonly violated: number;
    /** ln H. */
    readonly holds: number;
  };
  /** Largest probability of `violated` if the bound holds. */
  readonly alphaViolated: number;
  /** Largest probability of `holds` if the bound is false. */
  readonly alphaHolds: number;
  /** The basis of the proof of `holds`: `M`, a cap on every replicate; `v`, a bound on its second moment; or `none`. */
  readonly assumption: 'M' | 'v' | 'none';
  /**
   * Smallest mean detected with the stated probability (default 0.99): with a cap, by the maximum number of replicates; for `not-refuted`, by
   * those that were drawn.
   */
  readonly detectable?: number;
  /** For `not-refuted`: `detectable` holds for the laws that never exceed this. */
  readonly familyCap?: number;
  /** U when undecided: E[X] ≤ U with probability ≥ 1 − alphaHolds, valid at any stopping time. */
  readonly upper?: number;
}

/**
 * Left sides of replicates from ≤ i < to, in index order. A source may pass finished pieces in that order to `take`, which
 * says whether more are wanted; if not, return those passed so far.
 */
export type ReplicateSource = (from: number, to: number, take?: (values: LeftSides) => boolean) => Promise<LeftSides>;

/** Left sides of consecutive replicates. */
export type LeftSides = Float64Array | readonly number[];

const largestChunk = 8192;

/**
 * Decides whether E[X] ≤ b from independent replicates of X, with two e-processes at b, at the first replicate (in index order)
 * where one of them crosses: V for `violated`, H for `holds`. Replicates are requested in growing chunks. The decision is a fold over them in
 * index order, which stops a chunk at the crossing, so it does not depend on the chunks.
 *
 * Decided without sampling: M ≤ b and v ≤ b² (which implies E[X] ≤ b) are `holds`, marked trivial. Undecided at the maximum: an upper bound
 * U ≤ (1 + ρ)b is `holds-within-rho`, anything else `inconclusive`. With neither M nor v no number of replicates shows that the bound holds: undecided
 * after as many as detect a mean of 2b with probability 0.99, whatever the law on [0, 100b], is `not-refuted`.
 *
 * @throws RangeError for invalid options, for a check that cannot reach its stated power, and for a replicate that is not finite,
 *   negative, or above M (M was derived wrongly); TypeError for an unknown option
 * @example
 * const constant = async (from, to) => new Float64Array(to - from).fill(0.1);
 * const { verdict } = await decideBound({ bound: 0.5, cap: 1, maximumReplicates: 1000 }, constant);
 * assert.equal(verdict, 'holds');
 */
export async function decideBound(check: BoundCheck, nextBatch: ReplicateSource): Promise<Decision> {
  requireBoundCheck(check);
  const { bound, cap, minimumReplicates = 0, firstChunk = 64, rho = 0 } = check;
  const { alphaViolated = slotAlpha, alphaHolds = slotAlpha } = check;
  const [logViolated, logHolds] = [-Math.log(alphaViolated), -Math.log(alphaHolds)];
  const detectable = requirePower(check, alphaViolated);
  const bounded = cap !== undefined || check.secondMoment !== undefined;
  const mostReplicates = bounded ? check.maximumReplicates : replicatesWithoutCap(check, alphaViolated);
  const certain = reasonWithoutSampling(check);
  const violation = violationProcess(bound);
  const holds = certain === undefined ? holdsProcess(check, bound) : undefined;

  const sample = new Float64Array(mostReplicates);
  const moments = new Moments();
  let crossing: { readonly verdict: 'violated' | 'holds'; readonly at: number } | undefined;
  const wanted = () =>
    moments.count < mostReplicates &&
    (moments.count < minimumReplicates || (crossing === undefined && certain === undefined));
  const fold = (values: LeftSides, first = 0): void => {
    for (let i = first; i < values.length && wanted(); i++) {
      const x = requireLeftSide(values[i]!, moments.count, cap);
      sample[moments.count] = x;
      moments.add(x);
      violation.observe(x);
      holds?.observe(x);
      if (crossing === undefined) {
        if (violation.reaches(logViolated)) crossing = { verdict: 'violated', at: moments.count };
        else if (holds?.reaches(logHolds)) crossing = { verdict: 'holds', at: moments.count };
      }
    }
  };
  let refused: unknown;
  /** Folds a piece. An invalid left side ends the chunk, and is thrown after that. */
  const take = (values: LeftSides): boolean => {
    try {
      fold(values);
    } catch (error) {
      refused = error;
    }
    return refused === undefined && wanted();
  };
  while (wanted()) {
    const from = moments.count;
    const to = Math.min(mostReplicates, from + Math.min(largestChunk, Math.max(firstChunk, from)));
    const values = await nextBatch(from, to, take);
    if (refused !== undefined) throw refused;
    if (!Array.isArray(values) && !ArrayBuffer.isView(values)) {
      throw new RangeError(`replicates ${from} to ${to - 1} must be an array of numbers, got ${typeof values}`);
    }
    // The rest, which the source did not pass piece by piece.
    fold(values, moments.count - from);
    if (values.length > to - from || (wanted() && moments.count < to)) {
      throw new RangeError(`replicates ${from} to ${to - 1} must be ${to - from} left sides, got ${values.length}`);
    }
  }

  const law = { bound, cap, secondMoment: check.secondMoment };
  const shared = {
    replicates: moments.count,
    ...(moments.count > 0 && { mean: moments.mean, interval: meanInterval(sample.subarray(0, moments.count), law) }),
    logE: { violated: violation.logValue(), holds: holds?.logValue() ?? 0 },
    alphaViolated,
    alphaHolds,
    assumption: cap !== undefined ? 'M' : check.secondMoment !== undefined ? 'v' : 'none',
    ...(detectable !== undefined && { detectable }),
  } as const;
  if (crossing !== undefined) {
    const { verdict, at } = crossing;
    return { verdict, reason: `e-process crossed at n = ${at}`, trivial: false, crossing: at, ...shared };
  }
  if (certain !== undefined) return { verdict: 'holds', reason: certain, trivial: true, ...shared };
  if (holds === undefined) {
    const largest = sample.reduce((most, x) => Math.max(most, x), 0);
    const found = withoutCap(check, { alpha: alphaViolated, replicates: moments.count, largest });
    return { trivial: false, ...shared, ...found };
  }
  const upper = upperBound(check, sample.subarray(0, moments.count), logHolds);
  const within = upper <= (1 + rho) * bound;
  return {
    verdict: within ? 'holds-within-rho' : 'inconclusive',
    reason: `undecided after ${moments.count} replicates, U = ${upper.toPrecision(4)} ${within ? '≤' : '>'} (1 + ${rho})·b`,
    trivial: false,
    upper,
    ...shared,
  };
}

/** H at a mean b′ ≥ b, with stakes fixed by b if the family over b′ requires that; undefined with neither cap nor second moment. */
function holdsProcess({ bound, cap, secondMoment }: BoundCheck, mean: number): EProcess | undefined {
  if (cap !== undefined) return holdsProcessWithCap(mean, cap);
  return secondMoment === undefined ? undefined : holdsProcessWithSecondMoment(mean, secondMoment, bound);
}

/**
 * U = inf{b′ ≥ b : H at b′ has crossed}, rounded up by bisection. E is increasing in b′ along a path, so one level covers all b′ at once. The mean
 * never exceeds M or √v, so these need no evaluation.
 */
function upperBound(check: BoundCheck, sample: Float64Array, logThreshold: number): number {
  let low = check.bound;
  let high = check.cap ?? Math.sqrt(check.secondMoment!);
  for (let i = 0; i < 30; i++) {
    const middle = low + (high - low) / 2;
    if (middle === high) break;
    const process = holdsProcess(check, middle)!;
    for (const x of sample) process.observe(x);
    if (process.reaches(logThreshold)) high = middle;
    else low = middle;
  }
  return high;
}
