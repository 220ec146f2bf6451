import type { Rational } from './rational.js';

/** Binary digits after the point of the weights. */
const precision = 160n;
/** Weights below 2⁻¹¹² of the largest are left out. */
const negligible = 1n << (precision - 112n);

/**
 * Bin(n, p) on the window of outcomes that matter, in fixed point. P[outcome ≤ first + j] = cumulative[j]/total, with an absolute
 * error below n·2⁻¹⁰⁰: the omitted mass and every truncation are of that size.
 */
export interface BinomialLaw {
  /** The outcome of the first entry. */
  readonly first: number;
  /** Non-decreasing; the last entry is `total`. */
  readonly cumulative: readonly bigint[];
  readonly total: bigint;
}

/** Error of every probability of a law with n trials. */
export function lawError(trials: number): number {
  return trials * 2 ** -100;
}

/**
 * Weights relative to the largest, outwards from the mode by the ratio P[k + 1]/P[k] = (n − k)/(k + 1)·p/(1 − p), which is at most 1 in that
 * direction, so that truncations do not grow.
 *
 * @param p in [0, 1]
 *
 * @example
 * const half = rational(1n, 2n);
 * const { first, cumulative, total } = binomialLaw(2, half);
 * assert.deepEqual([first, cumulative.map((upTo) => Number(upTo) / Number(total))], [0, [0.25, 0.75, 1]]);
 */
export function binomialLaw(trials: number, p: Rational): BinomialLaw {
  const [yes, no] = [p.n, p.d - p.n];
  if (yes === 0n) return { first: 0, cumulative: [1n], total: 1n };
  if (no === 0n) return { first: trials, cumulative: [1n], total: 1n };
  const n = BigInt(trials);
  // ⌊(n + 1)p⌋ is a mode, and below n + 1 because p < 1.
  const mode = ((n + 1n) * yes) / p.d;
  const largest = 1n << precision;
  const below: bigint[] = [];
  let weight = largest;
  for (let k = mode; k > 0n; k--) {
    weight = (weight * k * no) / ((n - k + 1n) * yes);
    if (weight < negligible) break;
    below.push(weight);
  }
  const weights = [...below.reverse(), largest];
  weight = largest;
  for (let k = mode; k < n; k++) {
    weight = (weight * (n - k) * yes) / ((k + 1n) * no);
    if (weight < negligible) break;
    weights.push(weight);
  }
  let total = 0n;
  const cumulative = weights.map((entry) => {
    total += entry;
    return total;
  });
  return { first: Number(mode) - below.length, cumulative, total };
}

/**
 * Numerator of P[outcome ≤ k] over `total`.
 *
 * @example
 * const half = rational(1n, 2n);
 * const law = binomialLaw(2, half);
 * assert.equal(4n * atMost(law, 1n), 3n * law.total);
 */
export function atMost({ first, cumulative, total }: BinomialLaw, k: bigint): bigint {
  const index = k - BigInt(first);
  if (index < 0n) return 0n;
  return index < BigInt(cumulative.length) ? cumulative[Number(index)]! : total;
}
