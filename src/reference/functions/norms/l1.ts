import { checkVector, proxReceiver } from '../definition/arguments.js';
import { defineFunction } from '../definition/define-function.js';
import { onDomain } from '../definition/on-domain.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { distanceToBox } from '../numerics/distance-to-box.js';
import { weight } from '../parameters/number.js';

const TYPE = 'l1';

/**
 * r(u) = w‖u‖₁ = w Σ|u_i|. prox_{γr}(y)_i = sgn(y_i) max(|y_i| − γw, 0) (soft thresholding), ρ(y)_i = clip(y_i, ±γw),
 * r* = indicator of ‖p‖_∞ ≤ w.
 *
 * @example
 * assert.deepEqual([...l1({ weight: 1 }).prox(Float64Array.of(3, -0.5), 1)], [2, 0]);
 */
export const l1 = defineFunction({
  type: TYPE,
  formula: 'weight * sum_i |u_i|',
  parameters: { weight },
  traits: { convex: 'yes', separable: 'yes', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  examples: [{ weight: 0.75 }, { weight: 0 }],
  create({ weight }, identity): ProximableFunction {
    const self: ProximableFunction = {
      convex: true,
      ...identity,
      subgradientRange: [-weight, weight],
      kinks: (step) => [0, -step * weight, step * weight],
      value(u) {
        checkVector(TYPE, u);
        let sum = 0;
        for (let i = 0; i < u.length; i++) sum += Math.abs(u[i]!);
        return weight * sum;
      },
      prox(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out);
        const threshold = step * weight;
        for (let i = 0; i < y.length; i++) {
          const yi = y[i]!;
          result[i] = yi > threshold ? yi - threshold : yi < -threshold ? yi + threshold : yi - yi;
        }
        return result;
      },
      residual(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out);
        const threshold = step * weight;
        for (let i = 0; i < y.length; i++) result[i] = Math.max(-threshold, Math.min(threshold, y[i]!));
        return result;
      },
      dividedResidual(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out);
        for (let i = 0; i < y.length; i++) result[i] = Math.max(-weight, Math.min(weight, y[i]! / step));
        return result;
      },
      conjugate: () => onDomain((p) => distanceToBox(p, -weight, weight)),
      coordinate: () => self,
    };
    return self;
  },
});
