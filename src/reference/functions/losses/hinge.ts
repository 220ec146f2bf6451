import { coordinatewise, defineFunction, onDomain } from '../definition/define-function.js';
import { distanceToBox } from '../numerics/vectors.js';
import { weight } from '../parameters/number.js';

/**
 * r(u) = w Σ max(0, 1 − u_i). prox_{γr}(y)_i = y_i for y_i ≥ 1, 1 for 1 − γw ≤ y_i ≤ 1, y_i + γw below;
 * ρ(y)_i = clip(y_i − 1, [−γw, 0]); r*(p) = Σp_i for −w ≤ p ≤ 0.
 *
 * @example
 * assert.deepEqual([...hinge({ weight: 1 }).prox(Float64Array.of(-1, 0.5, 2), 1)], [0, 1, 2]);
 */
export const hinge = defineFunction({
  type: 'hinge',
  formula: 'weight * sum_i max(0, 1 - u_i)',
  parameters: { weight },
  traits: { convex: 'yes', separable: 'yes', smooth: 'no', conjugate: 'yes', fixedPlace: 1 },
  roundings: { prox: 2, slope: 2, why: 'prox: γw, +; slope: y − 1, ÷' },
  examples: [{ weight: 0.75 }, { weight: 0 }],
  mutants: {
    'at-zero': {
      description: 'the margin is 0 instead of 1',
      prox: ({ weight }, step, y) => y.map((v) => (v >= 0 ? v : Math.min(v + step * weight, 0))),
    },
    overshoots: {
      description: 'adds γw to everything below 1 without stopping there',
      prox: ({ weight }, step, y) => y.map((v) => (v >= 1 ? v : v + step * weight)),
    },
  },
  create: ({ weight }, identity) =>
    coordinatewise({
      convex: true,
      ...identity,
      subgradientRange: [-weight, 0],
      kinks: (step) => [1, 1 - step * weight],
      value(u) {
        let sum = 0;
        for (let i = 0; i < u.length; i++) sum += Math.max(0, 1 - u[i]!);
        return weight * sum;
      },
      prox(y, step, out) {
        const reach = step * weight;
        for (let i = 0; i < y.length; i++) {
          const yi = y[i]!;
          out[i] = yi >= 1 ? yi : Math.min(yi + reach, 1);
        }
      },
      residual(y, step, out) {
        const reach = step * weight;
        for (let i = 0; i < y.length; i++) out[i] = Math.max(-reach, Math.min(0, y[i]! - 1));
      },
      dividedResidual(y, step, out) {
        for (let i = 0; i < y.length; i++) out[i] = Math.max(-weight, Math.min(0, (y[i]! - 1) / step));
      },
      conjugate() {
        const finiteValue = (p: Float64Array): number =>
          p.reduce((sum, pi) => sum + Math.max(-weight, Math.min(0, pi)), 0);
        const violation = (p: Float64Array): number => distanceToBox(p, -weight, 0);
        return onDomain(violation, finiteValue);
      },
    }),
});
