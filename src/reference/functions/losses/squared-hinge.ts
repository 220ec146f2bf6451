import { coordinatewise, defineFunction } from '../definition/define-function.js';
import { weight } from '../parameters/number.js';

/**
 * r(u) = (w/2) Σ max(0, 1 − u_i)². prox_{γr}(y)_i = y_i for y_i ≥ 1, (y_i + γw)/(1 + γw) below; ρ(y)_i = γw min(y_i − 1, 0)/(1 + γw);
 * ∇r(u)_i = w min(u_i − 1, 0), L = L_i = w.
 *
 * @example
 * assert.deepEqual([...squaredHinge({ weight: 1 }).prox(Float64Array.of(0, 2), 1)], [0.5, 2]);
 */
export const squaredHinge = defineFunction({
  type: 'squared-hinge',
  formula: 'weight/2 * sum_i max(0, 1 - u_i)^2',
  parameters: { weight },
  traits: { convex: 'yes', separable: 'yes', smooth: 'yes', conjugate: 'no', fixedPlace: 1 },
  roundings: { prox: 6, slope: 5, why: 'as quadratic with c = 1' },
  examples: [{ weight: 1.5 }, { weight: 0 }],
  mutants: {
    'both-sides': {
      description: 'the square without the maximum: entries above 1 are pulled down',
      prox: ({ weight }, step, y) => y.map((v) => (v + step * weight) / (1 + step * weight)),
    },
  },
  create: ({ weight }, identity) =>
    coordinatewise({
      convex: true,
      ...identity,
      smooth: { lipschitz: weight, coordinateLipschitz: () => weight },
      subgradientRange: weight > 0 ? [-Infinity, 0] : [0, 0],
      kinks: () => [1],
      value(u) {
        let sum = 0;
        for (let i = 0; i < u.length; i++) sum += Math.max(0, 1 - u[i]!) ** 2;
        return (weight / 2) * sum;
      },
      gradient(u, out) {
        for (let i = 0; i < u.length; i++) out[i] = weight * Math.min(u[i]! - 1, 0);
      },
      prox(y, step, out) {
        const t = step * weight;
        const fraction = t / (1 + t);
        for (let i = 0; i < y.length; i++) {
          const gap = Math.min(y[i]! - 1, 0);
          // From the nearer of y and 1: exact for w = 0, and near 1 for enormous γw.
          out[i] = gap === 0 || t <= 1 ? y[i]! - fraction * gap : 1 + gap / (1 + t);
        }
      },
      residual(y, step, out) {
        const t = step * weight;
        const fraction = t / (1 + t);
        for (let i = 0; i < y.length; i++) out[i] = fraction * Math.min(y[i]! - 1, 0);
      },
      dividedResidual(y, step, out) {
        const t = step * weight;
        for (let i = 0; i < y.length; i++) out[i] = (weight * Math.min(y[i]! - 1, 0)) / (1 + t);
      },
    }),
});
