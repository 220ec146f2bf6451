import { defineFunction } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { innerProduct } from '../numerics/vectors.js';
import { number } from '../parameters/number.js';
import { vector } from '../parameters/vector.js';
import { planeIndicator } from './plane-indicator.js';

/**
 * r = indicator of {u : ⟨a, u⟩ ≤ b}, a ≠ 0. prox_{γr}(y) = y inside, y − (⟨a, y⟩ − b)a/‖a‖² outside, for every γ;
 * ρ(y) = max(⟨a, y⟩ − b, 0)a/‖a‖²; r*(p) = λb for p = λa with λ ≥ 0, else +∞. `value` and r* allow the rounding of the inner product.
 *
 * @example
 * assert.deepEqual([...halfspace({ normal: [1, 0], offset: 1 }).prox(Float64Array.of(3, 5), 1)], [1, 5]);
 */
export const halfspace = defineFunction({
  type: 'halfspace',
  formula: '0 if sum_i normal_i * u_i <= offset, else Infinity',
  parameters: { normal: vector(), offset: number() },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', indicator: 'yes' },
  drawn: { normal: 'nonzero' },
  examples: [
    { normal: [2, -1, 0.5], offset: 1.5 },
    { normal: [-4], offset: 2 },
  ],
  mutants: {
    'as-hyperplane': {
      description: 'points inside are moved to the boundary too',
      prox: ({ normal, offset }, _, y) =>
        y.map((v, i) => v - ((innerProduct(normal, y) - offset) / innerProduct(normal, normal)) * normal[i]!),
    },
    'other-side': {
      description: 'the halfspace ⟨a, u⟩ ≥ b',
      prox: ({ normal, offset }, _, y) =>
        y.map(
          (v, i) => v - (Math.min(innerProduct(normal, y) - offset, 0) / innerProduct(normal, normal)) * normal[i]!,
        ),
    },
  },
  create: ({ normal, offset }, identity): ProximableFunction => ({
    ...planeIndicator(identity, normal, offset, (height) => Math.max(height, 0)),
    ...(normal.length === 1 && { kinks: () => [offset / normal[0]!] }),
  }),
});
