import { maximum, one, type Rational, rational, square, two, zero } from '../../../src/exact/arithmetic/rational.js';

/** Convergents of π on both sides of it. */
export const [belowPi, abovePi] = [rational(103993n, 33102n), rational(104348n, 33215n)];

/** Bounds of 1/√(2π) = 0.39894228…: their squares times 2π are on both sides of 1. */
const [belowRoot, aboveRoot] = [rational(3989422n, 10000000n), rational(3989423n, 10000000n)];

/**
 * (1/x) ∫₀^x e^(−w²/2) dw by the square of x, as the sum of the first terms of Σ(−x²/2)^k/(k!(2k + 1)): too small for an even number of them and too large for an odd one, once they are so
 * many that the terms decrease.
 */
export const gaussianMean = (squared: Rational, terms: number): Rational =>
  alternating(squared, terms, (k) => rational(BigInt(2 * k + 1)));

/** e^(−x²/2) by the square of x, likewise. */
const gaussian = (squared: Rational, terms: number): Rational => alternating(squared, terms, () => one);

function alternating(squared: Rational, terms: number, divisor: (k: number) => Rational): Rational {
  const ratio = squared.div(two).neg();
  let [total, power] = [zero, one];
  for (let k = 0; k < terms; k++) {
    total = total.add(power.div(divisor(k)));
    power = power.mul(ratio).div(rational(BigInt(k + 1)));
  }
  return total;
}

/** Near where tΦ(−t) is largest. */
const place = rational(7518n, 10000n);

/**
 * From above what the tangent of tΦ(−t) at t₀ is at 0 and at 3/2: t₀²φ(t₀) and (3/2)Φ(−t₀) − (3/2 − t₀)t₀φ(t₀). The function is concave up to √2, as its second derivative is
 * (t² − 2)φ(t), and from 1 on it decreases.
 */
export function tangentBound(): Rational {
  const squared = square(place);
  const end = rational(3n, 2n);
  const above = aboveRoot.mul(gaussian(squared, 13));
  const below = belowRoot.mul(gaussian(squared, 12));
  const tail = one.div(two).sub(belowRoot.mul(place).mul(gaussianMean(squared, 12)));
  return maximum(squared.mul(above), end.mul(tail).sub(end.sub(place).mul(place).mul(below)));
}
