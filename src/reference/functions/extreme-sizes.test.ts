import test from 'ava';
import type { FunctionSpecification } from './definition/proximable-function.js';
import { nuclearNorm, parseFunction, totalVariation2d } from './index.js';
import { EigenvalueDecomposition, Matrix, withoutNegligible } from './numerics/matrices.js';

// Answers of a library may have any size: what is computed from them has to come to an end, and to be right.

const sizes = [2 ** -1000, 2 ** -550, 2 ** -500, 2 ** 500, 2 ** 515, 2 ** 1000];
const near = (u: Float64Array, size: number, expected: readonly number[]): boolean =>
  expected.every((entry, i) => Math.abs(u[i]! / size - entry) <= 1e-5);

for (const variant of ['isotropic', 'anisotropic'] as const) {
  test(`${variant} total variation moves two pixels towards each other by γw, whatever their size`, (t) => {
    const fn = totalVariation2d({ weight: 1, shape: [1, 2], variant });
    const warm = totalVariation2d({ weight: 1, shape: [1, 2], variant, warmStart: true });
    for (const size of sizes) {
      const y = Float64Array.of(size, 3 * size);
      for (const prox of [fn.prox(y, size / 4), warm.prox(y, size / 4)])
        t.true(near(prox, size, [1.25, 2.75]), `${size}: ${prox}`);
    }
  });
}

test('the nuclear norm takes γw from the singular values, whatever their size', (t) => {
  const fn = nuclearNorm({ weight: 1, shape: [2, 2] });
  for (const size of sizes) {
    const u = fn.prox(Float64Array.of(3 * size, 0, 0, size), size / 2);
    t.true(near(u, size, [2.5, 0, 0, 0.5]), `${size}: ${u}`);
  }
});

test('decompositions come to an end at subnormal numbers, alone and beside others', (t) => {
  const tiny = 5e-324;
  for (const shape of [
    [1, 2],
    [2, 3],
    [3, 3],
    [5, 4],
  ] as const) {
    const length = shape[0] * shape[1];
    const all = new Float64Array(length).fill(tiny);
    for (const u of [all, all.with(0, 1), new Float64Array(length).with(length - 1, tiny)])
      t.true(Number.isFinite(nuclearNorm({ weight: 1, shape }).value(u)));
  }
  for (let n = 1; n < 5; n++) {
    const entries = withoutNegligible(Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : tiny)));
    const { realEigenvalues } = new EigenvalueDecomposition(Matrix.from1DArray(n, n, entries), {
      assumeSymmetric: true,
    });
    t.deepEqual(realEigenvalues, new Array<number>(n).fill(1));
  }
});

test('the gradient of a proximal average comes to an end where nothing solves its equation', (t) => {
  const squared = { type: 'squared-l2', weight: 1 };
  const average = (other: FunctionSpecification) =>
    parseFunction({ type: 'proximal-average', functions: [squared, other], probabilities: [0.5, 0.5], step: 1 });
  const separable = average({ type: 'huber', weight: 1, threshold: 1 });
  const coupled = average({ type: 'moreau-envelope', smoothing: 1, inner: { type: 'l2', weight: 1 } });
  for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, 1e308, 5e-324]) {
    for (const fn of [separable, coupled]) t.is(fn.gradient!(Float64Array.of(odd, 1)).length, 2);
  }
});
