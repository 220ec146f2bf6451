import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { simplexThreshold } from '../numerics/thresholds.js';
import { weight } from '../parameters/number.js';
import { l1Ball } from '../sets/l1-ball.js';

/**
 * r(u) = w‖u‖_∞ = w max |u_i|. prox_{γr}(y)_i = clip(y_i, ±τ) with Σ max(|y_i| − τ, 0) = γw, found by sorting in O(n log n), and
 * 0 for ‖y‖₁ ≤ γw; ρ(y)_i = sgn(y_i) max(|y_i| − τ, 0); r* = indicator of ‖p‖₁ ≤ w.
 *
 * @example
 * assert.deepEqual([...linf({ weight: 1 }).prox(Float64Array.of(3, 0.5), 1)], [2, 0.5]);
 */
export const linf = defineFunction({
  type: 'linf',
  formula: 'weight * max_i |u_i|',
  parameters: { weight },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  examples: [{ weight: 0.75 }, { weight: 0 }],
  mutants: {
    'clips-below-largest': {
      description: 'clips to ‖y‖_∞ − γw, right only for one largest entry',
      prox: ({ weight }, step, y) => {
        const level = Math.max(0, Math.max(...y.map(Math.abs)) - step * weight);
        return y.map((v) => Math.max(-level, Math.min(level, v)));
      },
    },
  },
  create({ weight }, identity): ProximableFunction {
    const threshold = simplexThreshold(true);

    /** Writes sgn(y_i) max(|y_i| − τ, 0)/divisor, the residual for divisor 1. */
    function excess(y: Float64Array, total: number, divisor: number, out: Float64Array): void {
      const { largest, depth } = threshold(y, total);
      // A threshold below 0 means 0: then the residual is the whole of y.
      const reach = Math.min(depth, largest);
      for (let i = 0; i < y.length; i++) {
        const over = Math.max(reach - (largest - Math.abs(y[i]!)), 0) / divisor;
        out[i] = y[i]! < 0 ? -over : over;
      }
    }

    return checkedFunction({
      convex: true,
      ...identity,
      kinks: (step) => [0, -step * weight, step * weight],
      value(u) {
        let largest = 0;
        for (let i = 0; i < u.length; i++) largest = Math.max(largest, Math.abs(u[i]!));
        return weight * largest;
      },
      prox(y, step, out) {
        const { largest, depth } = threshold(y, step * weight);
        const level = Math.max(largest - depth, 0);
        for (let i = 0; i < y.length; i++) out[i] = Math.max(-level, Math.min(level, y[i]!));
      },
      residual: (y, step, out) => excess(y, step * weight, 1, out),
      dividedResidual: (y, step, out) => excess(y, step * weight, step, out),
      conjugate: () => onDomain(l1Ball({ radius: weight }).violation!),
    });
  },
});
