import { bitLength, type Rational, rational, zero } from './rational.js';

/** Digits beyond those of a result: for e^64 < 2⁹³, for the terms of a series, and for what squaring enlarges. */
const guard = 192n;

/** Largest x of e^x: beyond, the guard digits do not suffice. */
const largestExponent = rational(64n);

/** Times that x is halved before, and the result squared after, the series of e^x. */
const halvings = 12n;

/**
 * e^x by Taylor's series in fixed point, to within 2^−digits.
 *
 * @param x x ≤ 64
 * @throws RangeError for larger arguments
 *
 * @example
 * assert.equal(toDouble(exponential(rational(1n), 60)), Math.E);
 */
export function exponential(x: Rational, digits: number): Rational {
  if (x.gt(largestExponent)) throw new RangeError(`e^x is computed for x ≤ 64, got ${x.toFraction()}`);
  if (x.lt(rational(-BigInt(digits)))) return zero;
  const places = BigInt(digits) + guard;
  const reduced = (x.s * x.n * (1n << places)) / (x.d << halvings);
  let [term, total] = [1n << places, 0n];
  for (let n = 1n; term !== 0n; n++) {
    total += term;
    term = ((term * reduced) >> places) / n;
  }
  for (let k = 0n; k < halvings; k++) total = (total * total) >> places;
  return rational(total, 1n << places);
}

/** 2 artanh z = log((1 + z)/(1 − z)) in fixed point, |z| ≤ ⅓. */
function twiceArtanh(z: bigint, places: bigint): bigint {
  const square = (z * z) >> places;
  let [power, total] = [z, 0n];
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    total += power / n;
    power = (power * square) >> places;
  }
  return 2n * total;
}

/**
 * log x to within 2^−digits, for x between 2^−256 and 2^256: x is a power of two times a number of [1, 2).
 *
 * @throws RangeError unless x > 0
 *
 * @example
 * assert.equal(toDouble(logarithm(rational(2n), 60)), Math.LN2);
 */
export function logarithm(x: Rational, digits: number): Rational {
  if (x.s <= 0n || x.n === 0n) throw new RangeError(`log x is computed for x > 0, got ${x.toFraction()}`);
  const places = BigInt(digits) + guard;
  const unit = 1n << places;
  const exponent = bitLength(x.n) - bitLength(x.d);
  const [n, d] = exponent > 0 ? [x.n, x.d << BigInt(exponent)] : [x.n << BigInt(-exponent), x.d];
  // n/d is between ½ and 2.
  const z = ((n - d) * unit) / (n + d);
  return rational(twiceArtanh(z, places) + BigInt(exponent) * twiceArtanh(unit / 3n, places), unit);
}
