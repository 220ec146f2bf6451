import { checkVector } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { Matrix, SINGULAR_ACCURACY, singular, spectral } from '../numerics/matrices.js';
import { softThreshold } from '../numerics/thresholds.js';
import { euclideanNorm } from '../numerics/vectors.js';
import { weight } from '../parameters/number.js';
import { shape } from '../parameters/structure.js';

const TYPE = 'nuclear-norm';

/**
 * r(U) = w Σσ_i(U), the sum of the singular values of a matrix that a vector holds row by row. With Y = V diag(σ) Wᵀ:
 * prox_{γr}(Y) = V diag(max(σ − γw, 0)) Wᵀ, ρ(Y) = V diag(min(σ, γw)) Wᵀ; r* = indicator of {P : every σ_i(P) ≤ w}. The decomposition
 * allocates, and its errors are relative to the largest singular value.
 *
 * @example
 * const sum = nuclearNorm({ weight: 1, shape: [2, 2] }).value(Float64Array.of(3, 0, 0, -4));
 * assert.ok(Math.abs(sum - 7) < 1e-14);
 */
export const nuclearNorm = defineFunction({
  type: TYPE,
  formula: 'weight * the sum of the singular values of the matrix of that shape, whose rows u holds one after another',
  parameters: { weight, shape },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes' },
  examples: [
    { weight: 0.75, shape: [3, 2] },
    { weight: 1.5, shape: [2, 2] },
    { weight: 0.5, shape: [1, 3] },
    { weight: 0, shape: [2, 1] },
  ],
  mutants: {
    'of-entries': {
      description: 'thresholds the entries of the matrix instead of its singular values',
      prox: ({ weight }, step, y) => y.map((v) => softThreshold(v, step * weight)),
    },
    'as-frobenius': {
      description: 'thresholds the Frobenius norm: right for matrices of rank one only',
      prox: ({ weight }, step, y) =>
        y.map((v) => (Math.hypot(...y) > step * weight ? (1 - (step * weight) / Math.hypot(...y)) * v : 0)),
    },
    'of-squares': {
      description:
        'singular values are roots of the eigenvalues of YᵀY, which loses those that are small beside the largest',
      prox({ weight, shape: [rows, columns] }, step, y) {
        const matrix = Matrix.from1DArray(rows, columns, y);
        const factor = new Float64Array(columns * columns);
        const levelOf = (lambda: number): number =>
          lambda > 0 ? Math.max(1 - (step * weight) / Math.sqrt(lambda), 0) : 0;
        const squares = Float64Array.from(matrix.transpose().mmul(matrix).to1DArray());
        spectral(columns).rebuild(squares, factor, levelOf);
        return matrix.mmul(Matrix.from1DArray(columns, columns, factor)).to1DArray();
      },
    },
  },
  create({ weight, shape: [rows, columns] }, identity): ProximableFunction {
    const dimension = rows * columns;
    const { singularValues, rebuild } = singular(rows, columns);

    return checkedFunction({
      convex: true,
      ...identity,
      dimension,
      accuracy: SINGULAR_ACCURACY,
      kinks: (step) => [0, -step * weight, step * weight],
      value: (u) => weight * singularValues(u).reduce((sum, sigma) => sum + sigma, 0),
      prox: (y, step, out) => rebuild(y, out, (sigma) => Math.max(sigma - step * weight, 0)),
      residual: (y, step, out) => rebuild(y, out, (sigma) => Math.min(sigma, step * weight)),
      dividedResidual: (y, step, out) => rebuild(y, out, (sigma) => Math.min(sigma / step, weight)),
      conjugate() {
        const violation = (p: Float64Array): number => {
          checkVector(TYPE, p, dimension);
          return euclideanNorm(Float64Array.from(singularValues(p), (sigma) => Math.max(0, sigma - weight)));
        };
        return onDomain(violation);
      },
    });
  },
});
