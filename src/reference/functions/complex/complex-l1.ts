import { defineFunction } from '../definition/define-function.js';
import { l1 } from '../norms/l1.js';
import { weight } from '../parameters/number.js';
import { eachNumber } from './complex-numbers.js';
import { ofModuli } from './of-moduli.js';

/**
 * r(x) = w Σ_j |z_j| of the complex numbers z_j = x_{2j} + i·x_{2j+1}; the last number is real where x has an odd length.
 * prox_{γr}(y)_j = (1 − γw/|z_j|)z_j for |z_j| > γw, else 0, with z in y; r* = indicator of {p : |p_j| ≤ w for every j}.
 *
 * @example
 * assert.deepEqual([...complexL1({ weight: 5 }).prox(Float64Array.of(6, 8, 0, -7), 1)], [3, 4, 0, -2]);
 */
export const complexL1 = defineFunction({
  type: 'complex-l1',
  formula: 'weight * sum_j |z_j|, z_j = u_2j + i u_2j+1',
  parameters: { weight },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  overflow: { parameters: (weight) => ({ weight }), prox: (y) => y },
  examples: [{ weight: 0.75 }, { weight: 0 }],
  // Complex numbers with rational moduli, as pairs of their parts; the last one of an odd length is real.
  vectors: [
    {
      parameters: { weight: 0.7 },
      points: [
        ['between', [3, -4, -5, 12, 0.25]],
        ['between', [0, 0.5, -2, 0]],
        ['sparse', [3 * 2 ** -30, 2 ** -28, 0, -(2 ** -31)]],
        ['tie', [-3, 4, 4, -3, 5]],
        ['zeros', [0, -0, 0, 0]],
        ['large', [3 * 2 ** 30, -(2 ** 32), 1]],
      ],
    },
  ],
  mutants: {
    'by-parts': {
      description: 'the real and the imaginary part are thresholded each by itself',
      prox: ({ weight }, step, y) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * weight, 0)),
    },
    'zero-divides': {
      description: 'z/|z| of z = 0 is NaN',
      prox: ({ weight }, step, y) =>
        eachNumber(y, (real, imaginary) => {
          const size = Math.hypot(real, imaginary);
          const left = Math.max(size - step * weight, 0);
          return [left * (real / size), left * (imaginary / size)];
        }),
    },
    'signs-of-parts': {
      description: 'sgn(Re z) + i sgn(Im z) stands for z/|z|',
      prox: ({ weight }, step, y) =>
        eachNumber(y, (real, imaginary) => {
          const left = Math.max(Math.hypot(real, imaginary) - step * weight, 0);
          return [left * Math.sign(real), left * Math.sign(imaginary)];
        }),
    },
    conjugated: {
      description: 'the conjugate is returned, as by a transposition that conjugates',
      prox: ({ weight }, step, y) => eachNumber(l1Prox(weight, step, y), (real, imaginary) => [real, -imaginary]),
    },
    'modulus-squared': {
      description: 'divides by |z|² instead of |z|',
      prox: ({ weight }, step, y) =>
        eachNumber(y, (real, imaginary) => {
          const squared = real * real + imaginary * imaginary;
          const share = squared > step * weight ? 1 - (step * weight) / squared : 0;
          return [share * real, share * imaginary];
        }),
    },
    'value-by-parts': {
      description: 'the value is w Σ_j |Re z_j| + |Im z_j|',
      value: ({ weight }, u) => weight * u.reduce((sum, v) => sum + Math.abs(v), 0),
    },
  },
  create: ({ weight }, identity) => ofModuli(identity, l1({ weight })),
});

const l1Prox = (weight: number, step: number, y: Float64Array): Float64Array => complexL1({ weight }).prox(y, step);
