import test from 'ava';
import { exact, exp, log, nearest, ONE, over, times, ulp } from '../fixed-point.test.helper.js';
import { entropy, logBarrier, logCosh, logistic, type ProximableFunction } from '../index.js';
import { DoubleDouble } from './double-double.js';

// The proxes that solve an equation F(u) = y with F increasing: u is within k ulp exactly when F(u − k ulp) ≤ y ≤ F(u + k ulp), in
// fixed-point arithmetic that knows nothing of how u was found.

const product = (...factors: number[]): bigint => factors.map(exact).reduce(times, ONE);

interface RootFinder {
  readonly name: string;
  readonly fn: ProximableFunction;
  /** F(u) for u with the sign of y or, for functions on the positive numbers, u > 0. */
  equation(u: number, step: number): bigint;
  /** Interesting y beside powers of ten: where terms cancel. */
  near(step: number): number[];
  readonly positive?: true;
}

function tanhOf(z: bigint): bigint {
  if (z < 0n) return -tanhOf(-z);
  const tail = exp(-2n * z);
  return over(ONE - tail, ONE + tail);
}

/** 1/(1 + exp(−u)), without losing the places of a small exp(u). */
const sigmoidOf = (u: bigint): bigint => (u < 0n ? over(exp(u), ONE + exp(u)) : over(ONE, ONE + exp(-u)));

/** exp underflows the fixed point far below: F needs it only where it is seen. */
const clamped = (u: bigint): bigint => {
  const limit = 900n * ONE;
  return u > limit ? limit : u < -limit ? -limit : u;
};

const around = (center: number, unit: number): number[] =>
  [...Array(12).keys()].flatMap((k) => [
    center * (1 - 2 ** (-4 * k)),
    center + (k - 6) * unit,
    center * (0.08 * k + 0.02),
  ]);

const finders: RootFinder[] = [
  ...[
    [1, 1],
    [2.5, 0.25],
    [0.1, 3],
  ].map(
    ([weight = 1, scale = 1]): RootFinder => ({
      name: `log-cosh, weight ${weight}, scale ${scale}`,
      fn: logCosh({ weight, scale }),
      equation: (u, step) =>
        exact(u) + times(product(step, weight, scale), tanhOf(clamped(over(exact(u), exact(scale))))),
      near: (step) => around(step * weight * scale, scale),
    }),
  ),
  ...[1, 0.1, 37.25].map(
    (weight): RootFinder => ({
      name: `logistic, weight ${weight}`,
      fn: logistic({ weight }),
      equation: (u, step) => exact(u) + times(product(step, weight), sigmoidOf(clamped(exact(u)))),
      near: (step) => [...around((step * weight) / 2, 1), ...around(step * weight, 1)],
    }),
  ),
  ...[1, 0.1, 37.25].map(
    (weight): RootFinder => ({
      name: `entropy, weight ${weight}`,
      fn: entropy({ weight }),
      equation: (u, step) => exact(u) + times(product(step, weight), ONE + log(exact(u))),
      near: (step) => [...around(step * weight, step * weight), 1 / Math.E, -700 * step, -730 * step, 700 * step],
      positive: true,
    }),
  ),
  ...[1, 0.1].map(
    (weight): RootFinder => ({
      name: `log-barrier, weight ${weight}`,
      fn: logBarrier({ weight }),
      equation: (u, step) => exact(u) - over(product(step, weight), exact(u)),
      near: (step) => around(Math.sqrt(step * weight), 1),
      positive: true,
    }),
  ),
];

for (const { name, fn, equation, near, positive } of finders) {
  test(`prox within 1 ulp for |y| up to 1e300 and steps from 1e-12 to 1e12: ${name}`, (t) => {
    let judged = 0;
    for (const step of [1e-12, 1e-5, 0.1, 1, 3, 1e4, 1e12]) {
      const powers = [...Array(16).keys()].map((k) => 10 ** (-20 + 2.5 * k));
      for (const size of [...powers, ...near(step), 1e100, 1e300, 0]) {
        for (const y of [size, -size]) {
          const u = fn.prox(Float64Array.of(y), step)[0]!;
          const label = `step ${step} y ${y} u ${u}`;
          if (u === 0) {
            // Below the smallest double: F there is already above y. And 0 is the root of odd functions.
            const smallest = positive ? Number.MIN_VALUE : 0;
            t.true(positive ? equation(smallest, step) >= exact(y) : y === 0 || fn.type === 'logistic', label);
            continue;
          }
          const unit = ulp(u);
          const below = equation(positive ? Math.max(u - unit, Number.MIN_VALUE) : u - unit, step);
          const above = equation(u + unit, step);
          t.true(below <= exact(y) && exact(y) <= above, label);
          judged++;
        }
      }
    }
    t.true(judged > 300, `${judged}`);
  });
}

test('double-double exp, expm1 and log keep 80 bits', (t) => {
  const number = new DoubleDouble();
  const value = ({ high, low }: DoubleDouble): bigint => exact(high) + exact(low);
  const close = (actual: bigint, expected: bigint, label: string): void => {
    const error = actual - expected;
    t.true((error < 0n ? -error : error) <= (expected < 0n ? -expected : expected) >> 80n, label);
  };
  for (const z of [1e-300, 1e-17, 1e-5, 0.3, 0.36, 1, 2.5, 33.3, 300, 690]) {
    for (const signed of [z, -z]) {
      close(value(number.set(signed).exp()), exp(exact(signed)), `exp ${signed}`);
      close(value(number.set(signed).expm1()), exp(exact(signed)) - ONE, `expm1 ${signed}`);
    }
  }
  for (const x of [5e-324, 1e-310, 1e-20, 0.7, 1 - 2 ** -53, 1 + 2 ** -52, 1.5, 10, 1e20, 1e308]) {
    // As accurate as 1 + |log x|: nothing more is asked of it.
    const sign = x < 1 ? -1n : 1n;
    close(sign * value(number.set(x).log()) + ONE, sign * log(exact(x)) + ONE, `log ${x}`);
  }
  t.is(number.set(-1e4).exp().high, 0);
  t.is(number.set(-1e4).expm1().high, -1);
});

test('double-double exp, expm1 and log of NaN are NaN, and so are the residuals that are made of them', (t) => {
  const number = new DoubleDouble();
  t.is(number.set(NaN).exp().high, NaN);
  t.is(number.set(NaN).expm1().high, NaN);
  t.is(number.set(NaN).log().high, NaN);
  t.is(entropy({ weight: 1 }).residual(Float64Array.of(NaN), 1)[0], NaN);
});

test('values of log-cosh, logistic and entropy neither cancel nor overflow', (t) => {
  const at = (fn: ProximableFunction, u: number): number => fn.value(Float64Array.of(u));
  const coshed = logCosh({ weight: 1, scale: 1 });
  for (const u of [1e-8, 1e-5, 1e-3]) {
    const series = (u * u) / 2 - u ** 4 / 12 + u ** 6 / 45;
    t.true(Math.abs(at(coshed, u) - series) <= 1e-15 * series);
  }
  for (const u of [0.5, 0.999, 1, 1.001, 5]) {
    const value = nearest(log((exp(exact(u)) + exp(exact(-u))) / 2n));
    t.true(Math.abs(at(coshed, -u) - value) <= 1e-15 * Math.max(1, value));
  }
  t.is(at(coshed, 1e300), 1e300);
  t.is(logCosh({ weight: 1, scale: 1e200 }).value(Float64Array.of(1e100)), 5e199);
  for (const u of [-600, -40, -1, 0, 0.5, 36, 500]) {
    const value = nearest(log(ONE + exp(exact(u))));
    t.true(Math.abs(at(logistic({ weight: 1 }), u) - value) <= 4 * ulp(value), `${u}`);
  }
  t.is(at(logistic({ weight: 2 }), 1e300), 2e300);
  t.is(at(entropy({ weight: 1 }), 0), 0);
  t.is(at(entropy({ weight: 1 }), -1e-300), Infinity);
});

test('residuals of entropy keep their digits near its minimiser and where the prox underflows', (t) => {
  const fn = entropy({ weight: 1 });
  for (const y of [1 / Math.E, 0.367, 0.368, -5, 30]) {
    const u = fn.prox(Float64Array.of(y), 1)[0]!;
    const slope = nearest(ONE + log(exact(u)));
    t.true(
      Math.abs(fn.dividedResidual(Float64Array.of(y), 1)[0]! - slope) <= 4 * ulp(Math.max(Math.abs(slope), u)),
      `${y}`,
    );
  }
  t.is(fn.residual(Float64Array.of(-1e6), 1)[0], -1e6);
});
