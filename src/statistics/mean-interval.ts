import { requireOptions } from '../claims/text.js';
import {
  type EProcess,
  holdsProcessWithCap,
  holdsProcessWithSecondMoment,
  requireLeftSide,
  requireLeftSideScale,
  violationProcess,
} from './e-process.js';
import { requireProbability } from './plan.js';
import { Moments } from './summaries.js';

/** Probability that an interval misses its left side, whatever the law and whenever sampling stopped. */
export const intervalError = 1e-3;

/** Known properties of X ≥ 0 beside the sample. */
export interface KnownLaw {
  /** M with X ≤ M almost surely. */
  readonly cap?: number | undefined;
  /** v ≥ E[X²]. */
  readonly secondMoment?: number | undefined;
  /** The bound, known before the sample: it determines the stakes of H if only v is known. */
  readonly bound: number;
}

const knownLawOptions = { cap: true, secondMoment: true, bound: true } satisfies Record<keyof KnownLaw, true>;

/** Bisections of a bracket of eight standard errors: each end is rounded outwards by 3 % of a standard error at most. */
const bisections = 8;

/**
 * An interval with P[E[X] is outside] ≤ `error`, for replicates of X ≥ 0 drawn until any stopping time: the means at which neither
 * V (null E[X] ≤ m) nor H (null E[X] ≥ m) has reached 2/error. V falls and H rises in m along a path, so both ends are found by bisection,
 * and rounded outwards. Without a cap or a second moment nothing bounds the mean from above: the upper end is ∞.
 *
 * @param sample n ≥ 1 replicates in [0, M]
 * @param law known properties of X beside the sample
 * @param error in (0, 1)
 * @returns both ends, in the unit of X
 * @throws RangeError for an invalid sample, law or error; TypeError for an unknown option
 * @example
 * const [lower, upper] = meanInterval(new Float64Array(100).fill(0.5), { cap: 1, bound: 1 });
 * assert.ok(0.2 < lower && lower < 0.5 && 0.5 < upper && upper < 0.8);
 */
export function meanInterval(
  sample: Float64Array | readonly number[],
  law: KnownLaw,
  error = intervalError,
): readonly [number, number] {
  requireOptions('meanInterval', law, knownLawOptions);
  const { cap, secondMoment, bound } = law;
  requireLeftSideScale('bound', bound);
  if (cap !== undefined) requireLeftSideScale('cap', cap);
  if (secondMoment !== undefined) requireLeftSideScale('secondMoment', secondMoment);
  requireProbability('error', error);
  if (sample.length === 0) throw new RangeError('sample must have at least one replicate, got none');
  const moments = new Moments();
  for (let i = 0; i < sample.length; i++) moments.add(requireLeftSide(sample[i]!, i, cap));
  const { mean } = moments;
  const threshold = Math.log(2 / error);
  const reach = 8 * Math.sqrt((sample.length > 1 ? moments.variance : 0) / sample.length);
  const rejects = (process: EProcess): boolean => {
    for (const x of sample) process.observe(x);
    return process.reaches(threshold);
  };
  const tooLow = (m: number): boolean => rejects(violationProcess(m));
  const lower = mean === 0 ? 0 : outermost(mean, Math.max(0, mean - reach), 0, tooLow);
  if (cap === undefined && secondMoment === undefined) return [lower, Number.POSITIVE_INFINITY];
  const largest = cap ?? Math.sqrt(secondMoment!);
  const tooHigh = (m: number): boolean =>
    rejects(cap === undefined ? holdsProcessWithSecondMoment(m, secondMoment!, bound) : holdsProcessWithCap(m, cap));
  return [lower, outermost(Math.min(mean, largest), Math.min(largest, mean + reach), largest, tooHigh)];
}

/** The end of the interval between the mean and `limit`, which is not evaluated: a rejected mean, beyond which all means are rejected. */
function outermost(mean: number, guess: number, limit: number, rejected: (m: number) => boolean): number {
  let [kept, outer] = [mean, limit];
  if (guess !== limit && guess !== mean) {
    if (rejected(guess)) outer = guess;
    else kept = guess;
  }
  for (let i = 0; i < bisections; i++) {
    const middle = kept + (outer - kept) / 2;
    if (middle === kept || middle === outer) break;
    if (rejected(middle)) outer = middle;
    else kept = middle;
  }
  return outer;
}
