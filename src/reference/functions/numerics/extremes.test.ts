import test from 'ava';
import { box, l2Ball, nuclearNorm, quadratic, rankBall, simplex } from '../index.js';
import { productError } from './double-double.js';
import { dampedUp, productUp, quotientUp, sumUp } from './rounded-up.js';
import { euclideanNorm } from './vectors.js';

test('norms of huge and tiny vectors neither overflow nor vanish', (t) => {
  for (const size of [1e-300, 1e-160, 1, 1e160, 1e300]) {
    t.true(Math.abs(euclideanNorm(Float64Array.of(3 * size, -4 * size)) / (5 * size) - 1) < 1e-15, `${size}`);
  }
  t.is(euclideanNorm(Float64Array.of(0, 0)), 0);
  t.is(euclideanNorm(Float64Array.of(1, -Infinity)), Infinity);
  t.true(Number.isNaN(euclideanNorm(Float64Array.of(1, Number.NaN))));
});

test('a NaN in a matrix of one row is not lost in its singular value decomposition', (t) => {
  for (const fn of [nuclearNorm({ weight: 0, shape: [1, 2] }), rankBall({ rank: 1, shape: [1, 2] })]) {
    t.deepEqual([...fn.prox(Float64Array.of(Number.NaN, 0), 1)], [Number.NaN, Number.NaN], fn.type);
  }
});

test('distances and projections at the ends of the range of doubles', (t) => {
  t.deepEqual([...l2Ball({ radius: 5 }).prox(Float64Array.of(3e250, 4e250), 1)], [3, 4]);
  t.true(Math.abs(box({ lower: 0, upper: 1 }).violation!(Float64Array.of(-3e200, 4e200, 0.5)) - 5e200) < 1e185);
  t.is(box({ lower: 0, upper: 1 }).violation!(Float64Array.of(-3e-200, 0, 0.5)), 3e-200);
  t.deepEqual([...simplex({ total: 1 }).prox(Float64Array.of(1e15 + 1, 1e15 + 1, 1e15, -1e300), 1)], [0.5, 0.5, 0, 0]);
  // Large y + a step that shrinks it to the center, and a step too small to matter.
  t.is(quadratic({ curvature: 1, center: 3 }).prox(Float64Array.of(1e10), 1e40)[0], 3);
  t.is(quadratic({ curvature: 1, center: 3 }).prox(Float64Array.of(1e10), 1e-40)[0], 1e10);
});

test('NaN goes through every formula with a branch instead of turning into a number', (t) => {
  for (const fn of [box({ lower: 0, upper: 1 }), l2Ball({ radius: 1 }), quadratic({ curvature: 1, center: 0 })]) {
    t.true(Number.isNaN(fn.prox(Float64Array.of(Number.NaN), 1)[0]), fn.type);
    t.true(Number.isNaN(fn.residual(Float64Array.of(Number.NaN), 1)[0]), fn.type);
  }
});

test('the error of a product is exact', (t) => {
  const places = 300n;
  const exact = (x: number): bigint => BigInt(x * 2 ** 300);
  for (const [a, b] of [
    [0.1, 0.3],
    [1 + 2 ** -52, 1 - 2 ** -53],
    [12345.678, -9.87654321],
  ] as const) {
    const product = (exact(a) * exact(b)) >> places;
    t.is(product, exact(a * b) + exact(productError(a, b)));
  }
  t.is(productError(1e305, 1), 0);
});

test('constants are rounded upwards, by one unit in the last place at most, and not at all where they are exact', (t) => {
  const exact = (x: number): bigint => BigInt(x * 2 ** 200);
  const unit = exact(1);
  const numbers = Array.from({ length: 40 }, (_, k) => Math.abs(Math.sin(k + 1)) * 10 ** ((k % 9) - 4));
  for (const a of numbers) {
    for (const b of numbers) {
      const [x, y] = [exact(a), exact(b)];
      const [product, sum, quotient] = [productUp(a, b), sumUp(a, b), quotientUp(a, b)];
      t.true(exact(product) * unit >= x * y && product <= a * b * (1 + 2 ** -52), `${a}·${b}`);
      t.true(exact(sum) >= x + y && sum <= (a + b) * (1 + 2 ** -52), `${a} + ${b}`);
      t.true(exact(quotient) * y >= x * unit && quotient <= (a / b) * (1 + 2 ** -52), `${a}/${b}`);
      // c ≥ a/(1 + ab)
      const damped = dampedUp(a, b);
      t.true(exact(damped) * (unit * unit + x * y) >= x * unit * unit && damped <= (a / (1 + a * b)) * (1 + 2 ** -50));
    }
  }
  t.deepEqual([productUp(1.5, 0.25), sumUp(1.5, 0.25), quotientUp(1.5, 0.25), dampedUp(2, 0.5)], [0.375, 1.75, 6, 1]);
  t.deepEqual([productUp(0, 3), sumUp(0, 3), quotientUp(0, 3), dampedUp(0, 3)], [0, 3, 0, 0]);
  t.is(productUp(1e-200, 1e-200), Number.MIN_VALUE);
  t.is(quotientUp(1e-200, 1e200), Number.MIN_VALUE);
  t.is(productUp(1e200, 1e200), Infinity);
  t.is(quotientUp(1e200, 1e-200), Infinity);
  t.true(dampedUp(1e300, 1e300) > 0 && dampedUp(1e300, 1e300) < 1.01e-300);
});
