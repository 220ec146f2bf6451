import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import { euclideanNorm } from '../numerics/vectors.js';
import { weight as nonnegativeNumber } from '../parameters/number.js';

/**
 * r = indicator of {u : ‖u‖₂ ≤ R}. prox_{γr}(y) = y inside, Ry/‖y‖ outside, for every γ; ρ(y) = (1 − R/‖y‖)₊ y;
 * r*(p) = R‖p‖₂.
 *
 * @example
 * assert.deepEqual([...l2Ball({ radius: 5 }).prox(Float64Array.of(6, 8), 1)], [3, 4]);
 */
export const l2Ball = defineFunction({
  type: 'l2-ball',
  formula: '0 if |u|_2 <= radius, else Infinity',
  parameters: { radius: nonnegativeNumber },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', indicator: 'yes' },
  drawn: { radius: 'positive' },
  overflow: {
    parameters: (radius) => ({ radius }),
    prox: (y, norm, radius) => y.map((entry) => radius * (entry / norm)),
  },
  examples: [{ radius: 1.5 }, { radius: 0 }],
  // Points whose distance from 0 is rational.
  vectors: [
    {
      parameters: { radius: 2.5 },
      points: [
        ['inside', [0.3, -0.4]],
        ['inside', [0, 0, 0]],
        ['inside', [-1.25]],
        ['boundary', [1.5, 2]],
        ['boundary', [-2.5]],
        ['outside', [3, -4]],
        ['outside', [2, -3, 6]],
        ['outside', [7.25]],
        ['large', [3 * 2 ** 30, 4 * 2 ** 30]],
        ['tie', [5, 5, 5, 5]],
      ],
    },
  ],
  mutants: {
    'onto-sphere': {
      description: 'points inside of the ball are moved to its sphere too',
      prox: ({ radius }, _, y) => y.map((v) => (Math.hypot(...y) === 0 ? v : (radius * v) / Math.hypot(...y))),
    },
    'clips-coordinates': {
      description: 'clips every coordinate to the radius',
      prox: ({ radius }, _, y) => y.map((v) => Math.max(-radius, Math.min(radius, v))),
    },
    'scaled-by-step': {
      description: 'the radius is γR, as if the set were a norm',
      prox: ({ radius }, step, y) =>
        y.map((v) => (Math.hypot(...y) > step * radius ? (step * radius * v) / Math.hypot(...y) : v)),
    },
  },
  create: ({ radius }, identity) =>
    checkedFunction({
      convex: true,
      ...identity,
      kinks: () => [-radius, radius],
      ...onDomain((u) => Math.max(0, euclideanNorm(u) - radius)),
      prox(y, _, out) {
        const norm = euclideanNorm(y);
        const inside = norm <= radius;
        for (let i = 0; i < y.length; i++) out[i] = inside ? y[i]! : radius * (y[i]! / norm);
      },
      residual(y, _, out) {
        const norm = euclideanNorm(y);
        const excess = Math.max(0, norm - radius);
        for (let i = 0; i < y.length; i++) out[i] = excess === 0 ? 0 : excess * (y[i]! / norm);
      },
      dividedResidual(y, step, out) {
        const norm = euclideanNorm(y);
        const excess = Math.max(0, norm - radius) / step;
        for (let i = 0; i < y.length; i++) out[i] = excess === 0 ? 0 : excess * (y[i]! / norm);
      },
      conjugate: () => ({ value: (p) => (radius === 0 ? 0 : radius * euclideanNorm(p)) }),
    }),
});
