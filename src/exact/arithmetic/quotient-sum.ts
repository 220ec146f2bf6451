import type { Quotient } from './rational.js';

/** Denominators longer than this are multiplied instead of searched for common factors. */
const shortDenominator = 1n << 512n;

/** The greatest common divisor of naturals. */
export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [large, small] = [a, b];
  while (small > 0n) [large, small] = [small, large % small];
  return large;
}

/**
 * Adds many rationals without reducing after every addition: Euclid's algorithm on long numbers costs more than everything else. The
 * denominator is the least common one as long as the terms' are short.
 */
export class QuotientSum {
  #numerator = 0n;
  #denominator = 1n;

  add({ s, n, d }: Quotient): void {
    const common = d < shortDenominator ? greatestCommonDivisor(this.#denominator, d) : 1n;
    this.#numerator = this.#numerator * (d / common) + s * n * (this.#denominator / common);
    this.#denominator *= d / common;
  }

  /** Multiplies the sum so far by an integer. */
  multiply(factor: bigint): void {
    this.#numerator *= factor;
  }

  /** The sum divided by a positive integer. */
  dividedBy(divisor: bigint): Quotient {
    const [numerator, denominator] = [this.#numerator, this.#denominator * divisor];
    return numerator < 0n ? { s: -1n, n: -numerator, d: denominator } : { s: 1n, n: numerator, d: denominator };
  }
}
