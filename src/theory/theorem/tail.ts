import type { Interval } from '../../reference/certified/interval.js';
import type { Theorem } from './theorem.js';
import { TheoremFileError, wrong } from './theorem-fields.js';

/** Relative room for rounding where a left side or a bound is a float: never for statistics. */
export const roundingSlack = 2 ** -36;

/**
 * The two ends of b that the enclosure of f* allows, in a theorem with probability 1 − δ. A run fails if its left side is above b. Both ends have
 * room for the rounding of the bound and of the left side, so that a run that attains b keeps it.
 */
export interface Threshold extends Interval {
  /** The smaller end of b less that room: what is not above it keeps the bound even without rounding. */
  readonly strict: number;
  /** b itself, its upper end. */
  readonly bound: number;
}

/** The ends of b with their room. */
export function thresholdOf(lower: number, upper: number): Threshold {
  const room = (end: number) => Math.abs(end) * roundingSlack;
  return { strict: lower - room(lower), lower: lower + room(lower), upper: upper + room(upper), bound: upper };
}

/** An enclosure of the probability that a run fails, from every left side with its probability. */
export function failing(law: Iterable<readonly [left: number, mass: number]>, { lower, upper }: Interval) {
  let [surely, perhaps] = [0, 0];
  for (const [left, mass] of law) {
    if (left > upper) surely += mass;
    if (left > lower) perhaps += mass;
  }
  return [surely, perhaps] as const;
}

/** Whether the enclosure of a probability is useful: narrow beside δ, or on one side of it. */
export const tells = ({ delta = 0 }: Pick<Theorem, 'delta'>, [lower, upper]: readonly [number, number]): boolean =>
  upper - lower <= roundingSlack * delta || (delta > 0 && (upper <= delta || lower > delta));

/**
 * Rejects a δ that is no probability, and fields that say something about a mean or a bound from below.
 *
 * @throws TheoremFileError that names the field
 */
export function requireTail({
  delta,
  relation,
  sharp,
  cap,
}: Partial<Record<'delta' | 'relation' | 'sharp' | 'cap', unknown>>): void {
  if (delta === undefined) return;
  if (!(typeof delta === 'number' && delta > 0 && delta < 1))
    throw wrong('theorem.delta', delta, 'δ of "with probability at least 1 − δ", a number between 0 and 1');
  if (relation === 'at-least')
    throw new TheoremFileError(
      'theorem.relation is at-least, and delta is for a bound from above: leave one of them out',
    );
  for (const [name, value] of Object.entries({ sharp, cap })) {
    if (value === undefined) continue;
    throw new TheoremFileError(
      `theorem.${name} is about a mean, and a theorem with delta is about P(left side ≤ b): leave it out`,
    );
  }
}

/** The two sides that a row compares, as its reason names them. */
export function sidesOf({ threshold, upperBound }: { readonly threshold?: Threshold; readonly upperBound: number }) {
  if (threshold === undefined) return { left: 'the left side', bound: 'the bound' };
  return { left: `P(left side > ${Number(threshold.bound.toPrecision(4))})`, bound: `δ = ${upperBound}` };
}

/** What is not known of a theorem with probability 1 − δ where only means are. */
export const onlyMeans = ({ delta }: Pick<Theorem, 'delta'>): string =>
  `it says P(left side ≤ b) ≥ 1 − δ, δ = ${delta}, and models are about means: bounds, verify and search compute the probability`;
