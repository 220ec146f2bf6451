import { coordinatewise, defineFunction, onDomain, residualsOf } from '../definition/define-function.js';
import { distanceToBox } from '../numerics/vectors.js';

/**
 * r = indicator of {u : u_i ≥ 0}. prox_{γr}(y)_i = max(y_i, 0), ρ(y)_i = min(y_i, 0), r* = indicator of {p : p_i ≤ 0}.
 *
 * @example
 * assert.deepEqual([...nonnegative({}).prox(Float64Array.of(-1, 2), 1)], [0, 2]);
 */
export const nonnegative = defineFunction({
  type: 'nonnegative',
  formula: '0 if u_i >= 0 for all i, else Infinity',
  parameters: {},
  traits: { convex: 'yes', separable: 'yes', smooth: 'no', conjugate: 'yes', placeless: 'yes', indicator: 'yes' },
  roundings: { prox: 0, slope: 1, why: 'slope: ÷' },
  proxRounding: 'none',
  examples: [{}],
  vectors: [{ parameters: {} }],
  mutants: {
    magnitude: {
      description: '|y| instead of max(y, 0)',
      prox: (_, __, y) => y.map(Math.abs),
    },
    'returns-its-input': {
      description: 'without out the result is written into y',
      change: () => ({
        prox(y, _, out = y) {
          for (let i = 0; i < y.length; i++) out[i] = Math.max(y[i]!, 0);
          return out;
        },
      }),
    },
  },
  create: (_, identity) =>
    coordinatewise({
      convex: true,
      ...identity,
      subgradientRange: [-Infinity, 0],
      kinks: () => [0],
      ...onDomain((u) => distanceToBox(u, 0, Infinity)),
      prox(y, _, out) {
        for (let i = 0; i < y.length; i++) out[i] = Math.max(y[i]!, 0);
      },
      ...residualsOf((y, out) => {
        for (let i = 0; i < y.length; i++) out[i] = Math.min(y[i]!, 0);
      }),
      conjugate: () => onDomain((p) => distanceToBox(p, -Infinity, 0)),
    }),
});
