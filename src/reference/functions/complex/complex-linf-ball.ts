import { defineFunction } from '../definition/define-function.js';
import { weight as nonnegativeNumber } from '../parameters/number.js';
import { linfBall } from '../sets/linf-ball.js';
import { eachNumber } from './complex-numbers.js';
import { ofModuli } from './of-moduli.js';

/**
 * r = indicator of {x : |z_j| ≤ R for every j} with the complex numbers z_j = x_{2j} + i·x_{2j+1}; the last number is real where x has an odd
 * length. prox_{γr}(y)_j = z_j or Rz_j/|z_j|, for every γ, with z in y; r*(p) = R Σ_j |p_j|.
 *
 * @example
 * assert.deepEqual([...complexLinfBall({ radius: 5 }).prox(Float64Array.of(6, 8, 0, -3), 1)], [3, 4, 0, -3]);
 */
export const complexLinfBall = defineFunction({
  type: 'complex-linf-ball',
  formula: '0 if |z_j| <= radius for all j, z_j = u_2j + i u_2j+1, else Infinity',
  parameters: { radius: nonnegativeNumber },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', indicator: 'yes' },
  drawn: { radius: 'positive' },
  overflow: {
    parameters: (radius) => ({ radius }),
    prox: (y, norm, radius) => y.map((entry) => radius * (entry / norm)),
  },
  examples: [{ radius: 1.5 }, { radius: 0 }],
  vectors: [
    {
      parameters: { radius: 2.5 },
      points: [
        ['inside', [0.375, -0.5, 2, 1.5]],
        ['boundary', [1.5, 2, -2.5]],
        ['outside', [3, -4, 2.25, 3]],
        ['outside', [-5, 12, 0, 2, 7.25]],
        ['zeros', [0, -0, 0]],
        ['large', [3 * 2 ** 30, 2 ** 32]],
      ],
    },
  ],
  mutants: {
    'by-parts': {
      description: 'the real and the imaginary part are clipped each by itself: a square, and no disc',
      prox: ({ radius }, _, y) => y.map((v) => Math.max(-radius, Math.min(radius, v))),
    },
    'onto-circle': {
      description: 'numbers inside of the disc are moved to its circle too',
      prox: ({ radius }, _, y) =>
        eachNumber(y, (real, imaginary) => {
          const size = Math.hypot(real, imaginary);
          return size === 0 ? [0, 0] : [radius * (real / size), radius * (imaginary / size)];
        }),
    },
  },
  create: ({ radius }, identity) => ofModuli(identity, linfBall({ radius })),
});
