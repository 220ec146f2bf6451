import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { SINGULAR_ACCURACY, singular } from '../numerics/matrices.js';
import { euclideanNorm } from '../numerics/vectors.js';
import { count } from '../parameters/number.js';
import { shape } from '../parameters/structure.js';

/** The matrix of which the singular values of the given places are kept, for wrong forms. */
function keeping([rows, columns]: readonly number[], y: Float64Array, keeps: (k: number) => boolean): Float64Array {
  const u = new Float64Array(y.length);
  singular(rows!, columns!).rebuild(y, u, (sigma, k) => (keeps(k) ? sigma : 0));
  return u;
}

/**
 * r = indicator of the matrices of rank at most k, which vectors hold row by row; not convex: judges of implementations accept it, problems do
 * not. With Y = V diag(σ) Wᵀ, σ_1 ≥ σ_2 ≥ …, prox_{γr}(Y) keeps σ_1 … σ_k and sets the others to 0, for every γ (Eckart and Young 1936); where
 * σ_k = σ_{k+1} several matrices are nearest. `value` allows singular values of 2⁻⁴⁴ of the largest, the rounding of the decomposition.
 *
 * @example
 * const u = rankBall({ rank: 1, shape: [2, 2] }).prox(Float64Array.of(3, 0, 0, -4), 1);
 * assert.ok(Math.abs(u[0]) < 1e-14 && Math.abs(u[3] + 4) < 1e-14);
 */
export const rankBall = defineFunction({
  type: 'rank-ball',
  formula: '0 if the matrix of that shape, whose rows u holds one after another, has at most that rank, else Infinity',
  parameters: { rank: count, shape },
  traits: { convex: 'no', separable: 'no', smooth: 'no', conjugate: 'no', indicator: 'yes' },
  drawn: { rank: 'below-shape' },
  examples: [
    { rank: 1, shape: [3, 2] },
    { rank: 2, shape: [3, 3] },
    { rank: 1, shape: [1, 3] },
  ],
  mutants: {
    'one-too-few': {
      description: 'keeps k − 1 singular values',
      prox: ({ rank, shape }, _, y) => keeping(shape, y, (k) => k < rank - 1),
    },
    'smallest-kept': {
      description: 'keeps the k smallest singular values, as they stand first in ascending order',
      prox: ({ rank, shape }, _, y) => keeping(shape, y, (k) => k >= Math.min(...shape) - rank),
    },
    'hard-thresholding': {
      description: 'sets singular values of less than half of the largest to 0, whatever the rank is',
      prox({ shape: [rows, columns] }, _, y) {
        const u = new Float64Array(y.length);
        const { singularValues, rebuild } = singular(rows!, columns!);
        const [largest] = singularValues(y);
        rebuild(y, u, (sigma) => (sigma >= largest! / 2 ? sigma : 0));
        return u;
      },
    },
  },
  create({ rank, shape: [rows, columns] }, identity): ProximableFunction {
    const dimension = rows * columns;
    const { singularValues, rebuild } = singular(rows, columns);

    const violation = (u: Float64Array): number => {
      const sigma = Float64Array.from(singularValues(u));
      const away = euclideanNorm(sigma.subarray(rank));
      return away <= SINGULAR_ACCURACY * sigma[0]! ? 0 : away;
    };

    return checkedFunction({
      convex: false,
      ...identity,
      dimension,
      accuracy: SINGULAR_ACCURACY,
      ...onDomain(violation),
      prox: (y, _, out) => rebuild(y, out, (sigma, k) => (k < rank ? sigma : 0)),
      residual: (y, _, out) => rebuild(y, out, (sigma, k) => (k < rank ? 0 : sigma)),
      dividedResidual: (y, step, out) => rebuild(y, out, (sigma, k) => (k < rank ? 0 : sigma / step)),
    });
  },
});
