import { type Rational, rational } from './rational.js';

/** Digits beyond those of the result: Taylor's terms for |x| ≤ 64 are below 2⁹², and fewer than 2⁸ of them each keep fewer than 2⁸ errors. */
const guard = 128n;

/** Largest |x|: beyond, the terms of Taylor's series grow too large before they fall. */
export const largestSineArgument = rational(64n);

/**
 * sin x by Taylor's series in fixed point, to within 2^−digits; sin 0 is 0 exactly.
 *
 * @param x |x| ≤ 64
 * @throws RangeError for larger arguments
 */
export function sine(x: Rational, digits: number): Rational {
  if (x.abs().gt(largestSineArgument)) throw new RangeError(`sin x is computed for |x| ≤ 64, got ${x.toFraction()}`);
  const places = BigInt(digits) + guard;
  const fixed = (x.s * x.n * (1n << places)) / x.d;
  const square = (fixed * fixed) >> places;
  let term = fixed;
  let total = fixed;
  // The terms fall by a half once n² > 2x²; the rest is then less than the last one.
  for (let n = 2n; term !== 0n || n <= 96n; n += 2n) {
    term = -((term * square) >> places) / (n * (n + 1n));
    total += term;
  }
  return rational(total, 1n << places);
}
