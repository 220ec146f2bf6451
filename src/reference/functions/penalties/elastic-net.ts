import { coordinatewise, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { softThreshold } from '../numerics/thresholds.js';
import { distanceToBox } from '../numerics/vectors.js';
import { weight } from '../parameters/number.js';

/**
 * r(u) = α‖u‖₁ + (β/2)‖u‖². prox_{γr}(y)_i = soft(y_i, γα)/(1 + γβ); ρ(y)_i = y_i where |y_i| ≤ γα, else
 * γ(βy_i + α sgn y_i)/(1 + γβ); r*(p) = Σ max(|p_i| − α, 0)²/(2β), for β = 0 the indicator of ‖p‖_∞ ≤ α.
 *
 * @example
 * assert.deepEqual([...elasticNet({ l1Weight: 1, l2Weight: 1 }).prox(Float64Array.of(3), 1)], [1]);
 */
export const elasticNet = defineFunction({
  type: 'elastic-net',
  formula: 'l1Weight * sum_i |u_i| + l2Weight/2 * sum_i u_i^2',
  parameters: { l1Weight: weight, l2Weight: weight },
  traits: { convex: 'yes', separable: 'yes', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  roundings: {
    prox: 5,
    slope: 6,
    why: 'prox: γα, −, γβ, 1 +, ÷; slope: βy, ± α, γβ, 1 +, ÷, and γα on the wrong side',
  },
  examples: [
    { l1Weight: 0.75, l2Weight: 2 },
    { l1Weight: 0.5, l2Weight: 0 },
    { l1Weight: 0, l2Weight: 1.5 },
  ],
  vectors: [{ parameters: { l1Weight: 0.5, l2Weight: 0.3 } }],
  mutants: {
    'divides-first': {
      description: 'divides by 1 + γβ before thresholding',
      prox: ({ l1Weight, l2Weight }, step, y) =>
        y.map((v) => softThreshold(v / (1 + step * l2Weight), step * l1Weight)),
    },
  },
  create({ l1Weight, l2Weight }, identity): ProximableFunction {
    const steepest = l2Weight > 0 ? Infinity : l1Weight;
    return coordinatewise({
      convex: true,
      ...identity,
      subgradientRange: [-steepest, steepest],
      kinks: (step) => [0, -step * l1Weight, step * l1Weight],
      value(u) {
        let sum = 0;
        for (let i = 0; i < u.length; i++) sum += Math.abs(u[i]!) * (l1Weight + (l2Weight / 2) * Math.abs(u[i]!));
        return sum;
      },
      prox(y, step, out) {
        const threshold = step * l1Weight;
        const divisor = 1 + step * l2Weight;
        for (let i = 0; i < y.length; i++) {
          const yi = y[i]!;
          out[i] = (yi > threshold ? yi - threshold : yi < -threshold ? yi + threshold : yi - yi) / divisor;
        }
      },
      residual(y, step, out) {
        const threshold = step * l1Weight;
        const divisor = 1 + step * l2Weight;
        for (let i = 0; i < y.length; i++) {
          const yi = y[i]!;
          const outer = (step * (l2Weight * yi + (yi > 0 ? l1Weight : -l1Weight))) / divisor;
          out[i] = Math.abs(yi) > threshold ? outer : yi;
        }
      },
      dividedResidual(y, step, out) {
        const threshold = step * l1Weight;
        const divisor = 1 + step * l2Weight;
        for (let i = 0; i < y.length; i++) {
          const yi = y[i]!;
          const outer = (l2Weight * yi + (yi > 0 ? l1Weight : -l1Weight)) / divisor;
          out[i] = Math.abs(yi) > threshold ? outer : yi / step;
        }
      },
      conjugate() {
        const violation = (p: Float64Array): number => distanceToBox(p, -l1Weight, l1Weight);
        if (l2Weight === 0) return onDomain(violation);
        return { value: (p) => violation(p) ** 2 / (2 * l2Weight) };
      },
    });
  },
});
