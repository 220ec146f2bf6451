import { defineFunction } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { innerProduct } from '../numerics/vectors.js';
import { number } from '../parameters/number.js';
import { vector } from '../parameters/vector.js';
import { planeIndicator } from './plane-indicator.js';

/**
 * r = indicator of {u : ⟨a, u⟩ = b}, a ≠ 0. prox_{γr}(y) = y − (⟨a, y⟩ − b)a/‖a‖² for every γ, ρ(y) = (⟨a, y⟩ − b)a/‖a‖²;
 * r*(p) = λb for p = λa, else +∞. `value` and r* allow the rounding of the inner product.
 *
 * @example
 * assert.deepEqual([...hyperplane({ normal: [0, 1], offset: 2 }).prox(Float64Array.of(3, 0), 1)], [3, 2]);
 */
export const hyperplane = defineFunction({
  type: 'hyperplane',
  formula: '0 if sum_i normal_i * u_i = offset, else Infinity',
  parameters: { normal: vector(), offset: number() },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', indicator: 'yes' },
  drawn: { normal: 'nonzero' },
  examples: [
    { normal: [2, -1, 0.5], offset: 1.5 },
    { normal: [-4], offset: 2 },
  ],
  mutants: {
    'normal-not-normalised': {
      description: 'subtracts (⟨a, y⟩ − b)a without dividing by ‖a‖²',
      prox: ({ normal, offset }, _, y) => y.map((v, i) => v - (innerProduct(normal, y) - offset) * normal[i]!),
    },
    'offset-dropped': {
      description: 'projects onto the parallel plane through 0',
      prox: ({ normal }, _, y) =>
        y.map((v, i) => v - (innerProduct(normal, y) / innerProduct(normal, normal)) * normal[i]!),
    },
  },
  create: ({ normal, offset }, identity): ProximableFunction =>
    planeIndicator(identity, normal, offset, (height) => height),
});
