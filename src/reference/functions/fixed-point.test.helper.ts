/**
 * Fixed-point arithmetic with 1250 binary places, enough for the sum of any two doubles: an exact judge, up to 2⁻¹²⁰⁰, of the equations
 * that proxes solve, and of anything that is computed with Math.exp and Math.log.
 */
const PLACES = 1250n;
export const ONE = 1n << PLACES;

/** A finite double, exactly. */
export function exact(x: number): bigint {
  let shift = 0n;
  let mantissa = x;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    shift++;
  }
  return (BigInt(mantissa) << PLACES) >> shift;
}

export const times = (a: bigint, b: bigint): bigint => (a * b) >> PLACES;
export const over = (a: bigint, b: bigint): bigint => (a << PLACES) / b;

/** exp(z), for z below a few thousand: the series at z/2⁸⁰ and 80 squarings of exp − 1, which lose nothing. */
export function exp(z: bigint): bigint {
  const small = z >> 80n;
  let term = ONE;
  let sum = 0n;
  for (let k = 1n; k < 18n; k++) {
    term = times(term, small) / k;
    sum += term;
  }
  for (let i = 0; i < 80; i++) sum = 2n * sum + times(sum, sum);
  return ONE + sum;
}

/** 2 artanh((x − 1)/(x + 1)) for x near 1. */
function logNearOne(x: bigint): bigint {
  const ratio = over(x - ONE, x + ONE);
  const square = times(ratio, ratio);
  let power = ratio;
  let sum = 0n;
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = times(power, square);
  }
  return 2n * sum;
}

const LN2 = logNearOne(2n * ONE);

/** log x for x > 0. */
export function log(x: bigint): bigint {
  let mantissa = x;
  let power = 0n;
  for (; mantissa > ONE + ONE / 2n; power++) mantissa >>= 1n;
  for (; mantissa < (3n * ONE) / 4n; power--) mantissa <<= 1n;
  // The bits shifted out of a large x are put back by its exact quotient.
  const whole = power > 0n ? x / (1n << power) : mantissa;
  return logNearOne(whole) + power * LN2;
}

/** The double nearest to a fixed-point number of moderate size. */
export function nearest(x: bigint): number {
  return Number(x >> (PLACES - 1000n)) / 2 ** 1000;
}

/** Unit in the last place of a double, that of the smallest normal one below it. */
export function ulp(x: number): number {
  const size = Math.abs(x);
  let unit = 2 ** (Math.max(-1022, Math.floor(Math.log2(size))) - 52);
  // log2 rounds up just below a power of two.
  if (2 ** 52 * unit > size && unit > 2 ** -1074) unit /= 2;
  return unit;
}
