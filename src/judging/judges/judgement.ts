import { type Dtype, largestFinite } from '../../claims/implementation/dtype.js';
import { UnsupportedError } from '../../claims/implementation/implementation.js';
import { farthestEntry, showFarthest } from './distance.js';
import { largerOrNaN, mostEntries, showVector } from './precision.js';

/** How far one case is from its tolerance. */
export interface Judgement {
  /** measured / allowed: at most 1 passes; Infinity if no tolerance applies or something is not finite. */
  readonly ratio: number;
  /** The returned value, the right one and their distance, in mathematical terms. */
  readonly explanation?: () => string;
  /** The wrong vector that was returned: reports show the question that it answers. */
  readonly answer?: Float64Array;
  /** What is right in its place, where that is known: it may depend on the implementation's earlier answers or conventions. */
  readonly right?: Float64Array;
  /** What the vector is called, e.g. `x_2`. */
  readonly name?: string;
  /** Why the case is extreme although its numbers are in the usual range. */
  readonly extreme?: string;
  /** True if the answers are wrong together, such as their mean, and each of them may be right. */
  readonly together?: true;
  /** What to do if the implementation differs on purpose. */
  readonly advice?: string;
  /** True if the error of every answer has no bound, so that any answer would pass. */
  readonly unbounded?: true;
  /** The message of a refusal of one part of the case; the other parts judge the case. */
  readonly refused?: string;
}

/** The judgement with the largest ratio; of two that say the same, the one that could have failed. */
export function worstOf(judgements: readonly Judgement[]): Judgement {
  return judgements.reduce((worst, next) => {
    const isWorse = next.ratio > worst.ratio || (next.ratio === worst.ratio && worst.unbounded === true);
    return isWorse || Number.isNaN(next.ratio) ? next : worst;
  });
}

/** Judges a statement that is true or false, without a tolerance. */
export function judgeTrue(name: string, holds: boolean): Judgement {
  return {
    ratio: holds ? 0 : Number.POSITIVE_INFINITY,
    explanation: () => (holds ? name : `${name} does not hold`),
  };
}

/** The returned value, the right one and the largest error of an entry. */
export function showComparison(
  name: string,
  actual: Float64Array,
  expected: Float64Array,
  excess: (index: number) => number,
): string {
  const farthest = showFarthest(actual, expected, excess);
  if (actual.length === expected.length && actual.length > mostEntries && farthest !== '') {
    // Of the first entries of a long vector none may be wrong.
    const i = farthestEntry(actual.length, excess);
    return `${name}: entry ${i} of ${actual.length}: returned ${actual[i]}, right is ${expected[i]}: ${farthest}`;
  }
  const shown = `${name}: returned ${showVector(actual)}, right is ${showVector(expected)}`;
  return farthest === '' ? shown : `${shown}: ${farthest}`;
}

/** Whether a number may be infinite in the dtype, by its own size or within an error. */
export const overflows = (dtype: Dtype, value: number, error: number): boolean =>
  Math.abs(value) + error > largestFinite(dtype);

/** Judges a vector entry by entry against an expected one: |a_i − b_i| ≤ allowed_i, or a_i is infinite because the dtype does not hold b_i. */
export function judgeVector(
  name: string,
  actual: Float64Array,
  expected: Float64Array,
  allowed: (index: number) => number,
  dtype: Dtype = 'f64',
): Judgement {
  let ratio = actual.length === expected.length ? 0 : Number.POSITIVE_INFINITY;
  const excess = (i: number): number => {
    const error = Math.abs(actual[i]! - expected[i]!);
    if (error === Number.POSITIVE_INFINITY && overflows(dtype, expected[i]!, allowed(i))) return 0;
    return error === 0 ? 0 : error / allowed(i);
  };
  for (let i = 0; i < expected.length; i++) ratio = largerOrNaN(ratio, excess(i));
  return { ratio, answer: actual, explanation: () => showComparison(name, actual, expected, excess) };
}

/**
 * The worst of several judgements of one case, made one after another: a refused question does not discard the answers to the others. If all are
 * refused, so is the case.
 */
export async function worstAnswered(judges: Iterable<() => Promise<Judgement>>): Promise<Judgement> {
  const judgements: Judgement[] = [];
  let refusal: UnsupportedError | undefined;
  for (const judge of judges) {
    try {
      judgements.push(await judge());
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      refusal ??= error;
    }
  }
  if (refusal === undefined) return worstOf(judgements);
  if (judgements.length === 0) throw refusal;
  return { ...worstOf(judgements), refused: refusal.message };
}
