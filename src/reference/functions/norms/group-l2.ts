import { defineFunction } from '../definition/define-function.js';
import { weight } from '../parameters/number.js';
import { groups } from '../parameters/structure.js';
import { groupedNorm } from './grouped-norm.js';

/**
 * r(u) = w Σ_g ‖u_g‖₂ for groups g that partition the indices 0 … n − 1. prox_{γr}(y)_g = (1 − γw/‖y_g‖)y_g for ‖y_g‖ > γw, else 0;
 * ρ(y)_g = γwy_g/‖y_g‖ or y_g; r* = indicator of {p : ‖p_g‖ ≤ w for every g}.
 *
 * @example
 * assert.deepEqual([...groupL2({ weight: 5, groups: [[0, 2], [1]] }).prox(Float64Array.of(6, 1, 8), 1)], [3, 0, 4]);
 */
export const groupL2 = defineFunction({
  type: 'group-l2',
  formula: 'weight * sum over groups g of |u_g|_2',
  parameters: { weight, groups },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  overflow: { parameters: (weight) => ({ weight, groups: [[0, 1]] }), prox: (y) => y },
  examples: [
    { weight: 0.75, groups: [[0, 2], [1]] },
    { weight: 1.5, groups: [[3], [1, 0, 2]] },
    { weight: 0, groups: [[0]] },
  ],
  // Points whose groups have rational norms.
  vectors: [
    {
      parameters: { weight: 0.75, groups: [[0, 3], [2], [1, 4]] },
      points: [
        ['between', [3, -5, 0.25, 4, 12]],
        ['between', [-12, 0.75, -2, 5, -1]],
        ['tie', [-0.75, 0.4375, 0.75, 1, -1.5]],
        ['zeros', [0, 0, 3, 0, 0]],
      ],
    },
  ],
  mutants: {
    'as-one-group': {
      description: 'all coordinates are scaled by the norm of the whole vector',
      prox: ({ weight }, step, y) => {
        const length = Math.hypot(...y);
        return y.map((v) => (length > step * weight ? (1 - (step * weight) / length) * v : 0));
      },
    },
    'weighted-by-size': {
      description: 'the threshold of a group grows with the root of its size',
      prox: ({ weight, groups }, step, y) => {
        const u = y.slice();
        for (const group of groups) {
          const threshold = step * weight * Math.sqrt(group.length);
          const length = Math.hypot(...group.map((i) => y[i]!));
          for (const i of group) u[i] = length > threshold ? (1 - threshold / length) * y[i]! : 0;
        }
        return u;
      },
    },
  },
  create: ({ weight, groups }, identity) => groupedNorm(identity, groups, new Float64Array(groups.length).fill(weight)),
});
