import { DoubleDouble } from './double-double.js';

/** Never reached: each iteration squares the error or, far out, gains s/2. */
const LARGEST_ITERATIONS = 100;

/** Relative step below which Newton's method leaves the rest, of the size of its square, to the step in double-double. */
const LAST_STEP = 2 ** -22;

/** 2u/s beyond which exp(−2u/s) is 0 in doubles. */
const LARGEST_ARGUMENT = 750;

const argument = new DoubleDouble();
const divisor = new DoubleDouble();
const defect = new DoubleDouble();

/**
 * The u ≥ 0 with u + c tanh(u/s) = z, for z ≥ 0, c ≥ 0, s > 0, to the last bit or its neighbour; `difference` is z − c. Newton's
 * method in doubles, then one step whose defect is good to 80 bits: where the terms cancel, as for |y| near γws in the prox of
 * log-cosh, doubles alone leave several units in the last place.
 */
export function solveTanhEquation(z: DoubleDouble, c: DoubleDouble, difference: DoubleDouble, s: number): number {
  const saturated = z.high > s / 2 + c.high * Math.tanh(0.5);
  const u = roughly(z.high, c.high, difference.high, s, saturated);
  const ratio = (2 * u) / s;
  const tail = Math.exp(-ratio);
  const slope = 1 + ((c.high / s) * 4 * tail) / (1 + tail) ** 2;
  if (!(ratio < LARGEST_ARGUMENT)) return difference.high;
  argument.set(2 * u).divide(s);
  if (saturated) {
    argument.negate().exp();
    divisor.copy(argument).add(1);
    argument.multiply(2 * c.high, 2 * c.low).divide(divisor.high, divisor.low);
    defect.copy(difference).add(-u).addTo(argument);
  } else {
    argument.expm1();
    divisor.copy(argument).add(2);
    argument.divide(divisor.high, divisor.low).multiply(c.high, c.low);
    defect.copy(z).add(-u).subtract(argument);
  }
  return u + defect.high / slope;
}

/**
 * The same to about 2⁻⁴⁰. The left side is increasing and concave, so Newton's method rises to u from any point
 * below. Where it is `saturated`, for u > s/2, the equation is taken as u − 2c/(exp(2u/s) + 1) = z − c, whose terms do not
 * cancel where c tanh(u/s) is near z.
 */
function roughly(z: number, c: number, difference: number, s: number, saturated: boolean): number {
  let u = z / (1 + c / s);
  if (saturated) {
    // One fixed-point step from a point above the solution gives one below, near it even where c/s is enormous.
    const aboveMinusDifference = Math.max(0, -difference) + (s / 2) * (1 + Math.log1p((4 * c) / s));
    const below = (s / 2) * Math.log(Math.max(1, (2 * c) / aboveMinusDifference - 1));
    u = Math.max(s / 2, difference, below);
  }
  for (let iteration = 0; iteration < LARGEST_ITERATIONS; iteration++) {
    const tail = Math.exp((-2 * u) / s);
    const defect = saturated ? difference - u + (2 * c * tail) / (1 + tail) : z - u - c * Math.tanh(u / s);
    const next = u + defect / (1 + ((c / s) * 4 * tail) / (1 + tail) ** 2);
    if (!(next > u)) break;
    const last = next - u < LAST_STEP * u;
    u = next;
    if (last) break;
  }
  return u;
}
