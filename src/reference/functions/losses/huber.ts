import { coordinatewise, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { distanceToBox } from '../numerics/vectors.js';
import { positiveNumber, weight } from '../parameters/number.js';

/**
 * r(u) = w Σ h(u_i), h(u) = ½u² for |u| ≤ δ and δ(|u| − δ/2) beyond. prox_{γr}(y)_i = y_i/(1 + γw) for |y_i| ≤ δ(1 + γw),
 * else y_i − γwδ sgn y_i; ρ(y)/γ = w clip(y/(1 + γw), ±δ); ∇r(u) = w clip(u, ±δ), L = L_i = w;
 * r*(p) = ‖p‖²/(2w) for ‖p‖_∞ ≤ wδ, else +∞.
 *
 * @example
 * assert.deepEqual([...huber({ weight: 1, threshold: 1 }).prox(Float64Array.of(1, 3), 1)], [0.5, 2]);
 */
export const huber = defineFunction({
  type: 'huber',
  formula: 'weight * sum_i h(u_i), h(u) = u^2/2 if |u| <= threshold, else threshold * (|u| - threshold/2)',
  parameters: { weight, threshold: positiveNumber },
  traits: { convex: 'yes', separable: 'yes', smooth: 'yes', conjugate: 'yes', placeless: 'yes' },
  roundings: { prox: 6, slope: 4, why: 'prox: γw, 1 +, ÷, ×, −, and the wrong branch; slope: γw, 1 +, ÷, ×' },
  drawn: { weight: 'positive' },
  examples: [
    { weight: 1.5, threshold: 0.5 },
    { weight: 0, threshold: 1 },
  ],
  vectors: [{ parameters: { weight: 0.7, threshold: 0.5 } }, { parameters: { weight: 3, threshold: 0.1 } }],
  mutants: {
    'branch-at-threshold': {
      description: 'branches at δ instead of δ(1 + γw)',
      prox: ({ weight, threshold }, step, y) =>
        y.map((v) =>
          Math.abs(v) <= threshold ? v / (1 + step * weight) : v - step * weight * threshold * Math.sign(v),
        ),
    },
    'gradient-step': {
      description: 'y − γ∇r(y): an explicit step in place of the implicit one',
      prox: ({ weight, threshold }, step, y) =>
        y.map((v) => v - step * weight * Math.max(-threshold, Math.min(threshold, v))),
    },
    'branch-of-first-entry': {
      description: 'every entry takes the branch of the first',
      prox: ({ weight, threshold }, step, y) => {
        const t = step * weight;
        const inside = Math.abs(y[0]!) <= threshold * (1 + t);
        return y.map((v) => (inside ? v / (1 + t) : v - t * threshold * Math.sign(v)));
      },
    },
    'gradient-not-clipped': {
      description: '∇r(u) = wu beyond the threshold too',
      change: (_, { weight }) => ({ gradient: (u) => u.map((v) => weight * v) }),
    },
  },
  create({ weight, threshold }, identity): ProximableFunction {
    const steepest = weight * threshold;
    const clip = (value: number): number => Math.max(-threshold, Math.min(threshold, value));
    return coordinatewise({
      convex: true,
      ...identity,
      smooth: { lipschitz: weight, coordinateLipschitz: () => weight },
      subgradientRange: [-steepest, steepest],
      kinks(step) {
        const outer = threshold * (1 + step * weight);
        return [-outer, -threshold, 0, threshold, outer];
      },
      value(u) {
        let sum = 0;
        for (let i = 0; i < u.length; i++) {
          const size = Math.abs(u[i]!);
          sum += size <= threshold ? (size * size) / 2 : threshold * (size - threshold / 2);
        }
        return weight * sum;
      },
      gradient(u, out) {
        for (let i = 0; i < u.length; i++) out[i] = weight * clip(u[i]!);
      },
      prox(y, step, out) {
        const t = step * weight;
        for (let i = 0; i < y.length; i++) {
          const inner = y[i]! / (1 + t);
          out[i] = Math.abs(inner) > threshold ? y[i]! - t * clip(inner) : inner;
        }
      },
      residual(y, step, out) {
        const t = step * weight;
        for (let i = 0; i < y.length; i++) out[i] = t * clip(y[i]! / (1 + t));
      },
      dividedResidual(y, step, out) {
        const t = step * weight;
        for (let i = 0; i < y.length; i++) out[i] = weight * clip(y[i]! / (1 + t));
      },
      conjugate() {
        const finiteValue = (p: Float64Array): number => {
          let sum = 0;
          for (let i = 0; i < p.length; i++) sum += Math.min(Math.abs(p[i]!), steepest) ** 2;
          return weight === 0 ? 0 : sum / (2 * weight);
        };
        const violation = (p: Float64Array): number => distanceToBox(p, -steepest, steepest);
        return onDomain(violation, finiteValue);
      },
    });
  },
});
