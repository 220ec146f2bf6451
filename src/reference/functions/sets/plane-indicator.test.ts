import test from 'ava';
import { halfspace, hyperplane } from '../index.js';

// The vocabulary's tests compare a prox with the values of the same function: a plane in the wrong place would agree with itself. Here the
// plane 3u₁ + 4u₂ = 5 is told by its points: (3, −1) is on it, and (0.6, 0.8) is the one nearest to 0, at distance 1.

const parameters = { normal: [3, 4], offset: 5 };

test('the hyperplane holds the points whose inner product with the normal is the offset', (t) => {
  const plane = hyperplane(parameters);
  const values = [
    [3, -1],
    [3, 0],
    [0, 0],
  ].map((u) => plane.value(Float64Array.from(u)));
  t.deepEqual(values, [0, Infinity, Infinity]);
  t.deepEqual(
    [...plane.prox(new Float64Array(2), 1)].map((entry) => entry.toFixed(12)),
    ['0.600000000000', '0.800000000000'],
  );
});

test('the halfspace holds what is on its side of the plane', (t) => {
  const side = halfspace(parameters);
  const values = [
    [3, -1],
    [3, 0],
    [0, 0],
  ].map((u) => side.value(Float64Array.from(u)));
  t.deepEqual(values, [0, Infinity, 0]);
  t.deepEqual(side.prox(new Float64Array(2), 1), new Float64Array(2));
});
