import { defineFunction } from '../definition/define-function.js';
import { weight as nonnegativeNumber } from '../parameters/number.js';
import { l1Ball } from '../sets/l1-ball.js';
import { ofModuli } from './of-moduli.js';

/**
 * r = indicator of {x : Σ_j |z_j| ≤ R} with the complex numbers z_j = x_{2j} + i·x_{2j+1}; the last number is real where x has an odd length.
 * prox_{γr}(y)_j = z_j inside, for every γ, with z in y; outside (1 − τ/|z_j|)₊z_j with the τ at which the moduli sum to R; r*(p) = R max_j |p_j|.
 *
 * @example
 * assert.deepEqual([...complexL1Ball({ radius: 5 }).prox(Float64Array.of(6, 8, 0, -2), 1)], [3, 4, 0, 0]);
 */
export const complexL1Ball = defineFunction({
  type: 'complex-l1-ball',
  formula: '0 if sum_j |z_j| <= radius, z_j = u_2j + i u_2j+1, else Infinity',
  parameters: { radius: nonnegativeNumber },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', indicator: 'yes' },
  drawn: { radius: 'positive' },
  examples: [{ radius: 1.5 }, { radius: 0 }],
  vectors: [
    {
      parameters: { radius: 2.5 },
      points: [
        ['inside', [0.375, -0.5, 0, 1]],
        ['boundary', [1.5, 2]],
        ['outside', [3, -4, 0, 6, -4.5]],
        ['outside', [-5, 12, 0.5, 0]],
        ['tie', [3, 4, -4, 3]],
        ['zeros', [0, -0, 0]],
      ],
    },
  ],
  mutants: {
    'by-parts': {
      description: 'the projection is that of the real and imaginary parts as numbers of their own',
      prox: ({ radius }, step, y) => l1Ball({ radius }).prox(y, step),
    },
  },
  create: ({ radius }, identity) => ofModuli(identity, l1Ball({ radius })),
});
