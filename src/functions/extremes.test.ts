import test from 'ava';
import { euclideanNorm } from './euclidean-norm.js';
import { box, l2Ball, quadratic, simplex } from './index.js';
import { productError } from './two-product.js';

test('norms of huge and tiny vectors neither overflow nor vanish', (t) => {
  for (const size of [1e-300, 1e-160, 1, 1e160, 1e300]) {
    t.true(Math.abs(euclideanNorm(Float64Array.of(3 * size, -4 * size)) / (5 * size) - 1) < 1e-15, `${size}`);
  }
  t.is(euclideanNorm(Float64Array.of(0, 0)), 0);
  t.is(euclideanNorm(Float64Array.of(1, -Infinity)), Infinity);
  t.true(Number.isNaN(euclideanNorm(Float64Array.of(1, Number.NaN))));
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
