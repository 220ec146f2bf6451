import test from 'ava';
import { logCosh } from './index.js';

// Fixed-point arithmetic with 400 binary places: an exact judge of the equation that the prox solves.
const PLACES = 400n;
const ONE = 1n << PLACES;

/** A double with no bits below 2⁻⁴⁰⁰, exactly. */
function exact(x: number): bigint {
  let shift = 0n;
  let mantissa = x;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    shift++;
  }
  return (BigInt(mantissa) << PLACES) >> shift;
}

/** exp(−z) for z ≥ 0, by the series at z/2⁸⁰ and 80 squarings. */
function expOfMinus(z: bigint): bigint {
  if (z > 400n * ONE) return 0n;
  const small = z >> 80n;
  let term = ONE;
  let sum = ONE;
  for (let k = 1n; k < 8n; k++) {
    term = (-term * small) / (k * ONE);
    sum += term;
  }
  for (let i = 0; i < 80; i++) sum = (sum * sum) >> PLACES;
  return sum;
}

/** u + γws tanh(u/s). */
function leftSide(u: number, step: number, weight: number, scale: number): bigint {
  const tail = expOfMinus((2n * exact(u) * ONE) / exact(scale));
  const coefficient = exact(step) * exact(weight) * exact(scale);
  return exact(u) + ((coefficient >> (2n * PLACES)) * (ONE - tail)) / (ONE + tail);
}

const ulp = (x: number): number => 2 ** (Math.max(-1022, Math.floor(Math.log2(x))) - 52);

for (const [weight, scale] of [
  [1, 1],
  [2.5, 0.25],
  [0.1, 3],
] as const) {
  test(`prox of log-cosh is within 4 ulp: weight ${weight}, scale ${scale}`, (t) => {
    for (const step of [1e-12, 0.1, 1, 3, 1e4, 1e12]) {
      const c = step * weight * scale;
      for (let k = 0; k < 24; k++) {
        const points = [10 ** (-15 + k), c * (0.04 * k + 0.02), c + (k - 12) * scale, c * (1 - 2 ** (-2 * k))];
        for (const y of [...points, 1e100, 1e300].filter((point) => point > 0)) {
          const u = logCosh({ weight, scale }).prox(Float64Array.of(-y), step)[0]!;
          const label = `step ${step} y ${y} u ${u}`;
          t.true(u <= 0, label);
          const above = leftSide(-u + 4 * ulp(-u), step, weight, scale);
          const below = leftSide(Math.max(0, -u - 4 * ulp(-u)), step, weight, scale);
          t.true(below <= exact(y) && exact(y) <= above, label);
        }
      }
    }
  });
}

test('values of log-cosh neither cancel nor overflow', (t) => {
  const fn = logCosh({ weight: 1, scale: 1 });
  const value = (u: number): number => fn.value(Float64Array.of(u));
  for (const u of [1e-8, 1e-5, 1e-3]) {
    const series = (u * u) / 2 - u ** 4 / 12 + u ** 6 / 45;
    t.true(Math.abs(value(u) - series) <= 1e-15 * series);
  }
  for (const u of [0.5, 0.999, 1, 1.001, 5]) {
    t.true(Math.abs(value(-u) - Math.log(Math.cosh(u))) <= 1e-15 * Math.max(1, value(u)));
  }
  t.is(value(1e300), 1e300);
  t.is(logCosh({ weight: 1, scale: 1e200 }).value(Float64Array.of(1e100)), 5e199);
});
