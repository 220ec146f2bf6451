import { coordinatewise, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { distanceToBox } from '../numerics/vectors.js';
import { fraction, weight } from '../parameters/number.js';

/** v clipped to [lower, upper]. */
const clip = (v: number, lower: number, upper: number): number => Math.max(lower, Math.min(upper, v));

/**
 * r(u) = w Σ max(qu_i, (q − 1)u_i) for q in [0, 1], the loss of the regression of a quantile q (Koenker and Bassett 1978); half of ℓ1 for
 * q = ½. ρ(y)_i = clip(y_i, γw(q − 1), γwq) and prox_{γr}(y) = y − ρ(y); r* = indicator of w(q − 1) ≤ p_i ≤ wq.
 *
 * @example
 * assert.deepEqual([...pinball({ weight: 1, quantile: 0.75 }).prox(Float64Array.of(3, -3, 0.5), 1)], [2.25, -2.75, 0]);
 */
export const pinball = defineFunction({
  type: 'pinball',
  formula: 'weight * sum_i max(quantile * u_i, (quantile - 1) * u_i)',
  parameters: { weight, quantile: fraction },
  traits: { convex: 'yes', separable: 'yes', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  roundings: { prox: 4, slope: 3, why: 'prox: q −, w ×, γ ×, −; slope: q −, w ×, ÷' },
  examples: [
    { weight: 1.5, quantile: 0.25 },
    { weight: 0.75, quantile: 1 },
    { weight: 0, quantile: 0.5 },
  ],
  vectors: [{ parameters: { weight: 0.7, quantile: 0.3 } }, { parameters: { weight: 3, quantile: 1 } }],
  mutants: {
    'sides-swapped': {
      description: 'q below 0 and 1 − q above: right for q = ½ only',
      prox: ({ weight, quantile }, step, y) =>
        y.map((v) => v - clip(v, -step * weight * quantile, step * weight * (1 - quantile))),
    },
    'of-l1': {
      description: 'the threshold γwq on both sides',
      prox: ({ weight, quantile }, step, y) =>
        y.map((v) => v - clip(v, -step * weight * quantile, step * weight * quantile)),
    },
    'not-stopped-at-zero': {
      description: 'moves entries by their slope beyond 0',
      prox: ({ weight, quantile }, step, y) =>
        y.map((v) => v - step * weight * (v > 0 ? quantile : v < 0 ? quantile - 1 : 0)),
    },
    'value-of-one-side': {
      description: 'the value is w Σ q|u_i|',
      value: ({ weight, quantile }, u) => weight * u.reduce((sum, v) => sum + quantile * Math.abs(v), 0),
    },
  },
  create({ weight, quantile }, identity): ProximableFunction {
    const [least, most] = [weight * (quantile - 1), weight * quantile];
    return coordinatewise({
      convex: true,
      ...identity,
      subgradientRange: [least, most],
      kinks: (step) => [0, step * least, step * most],
      value(u) {
        let sum = 0;
        for (let i = 0; i < u.length; i++) sum += (u[i]! > 0 ? quantile : quantile - 1) * u[i]!;
        return weight * sum;
      },
      prox(y, step, out) {
        for (let i = 0; i < y.length; i++) out[i] = y[i]! - clip(y[i]!, step * least, step * most);
      },
      residual(y, step, out) {
        for (let i = 0; i < y.length; i++) out[i] = clip(y[i]!, step * least, step * most);
      },
      dividedResidual(y, step, out) {
        for (let i = 0; i < y.length; i++) out[i] = clip(y[i]! / step, least, most);
      },
      conjugate: () => onDomain((p) => distanceToBox(p, least, most)),
    });
  },
});
