import { checkVector, proxReceiver } from '../definition/arguments.js';
import { defineFunction } from '../definition/define-function.js';
import { onDomain } from '../definition/on-domain.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { euclideanNorm } from '../numerics/euclidean-norm.js';
import { weight } from '../parameters/number.js';

const TYPE = 'l2';

/**
 * r(u) = w‖u‖₂. prox_{γr}(y) = (1 − γw/‖y‖)y for ‖y‖ > γw, else 0 (block soft thresholding); ρ(y) = γwy/‖y‖ or y;
 * r* = indicator of ‖p‖₂ ≤ w.
 *
 * @example
 * assert.deepEqual([...l2({ weight: 5 }).prox(Float64Array.of(6, 8), 1)], [3, 4]);
 */
export const l2 = defineFunction({
  type: TYPE,
  formula: 'weight * |u|_2',
  parameters: { weight },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  examples: [{ weight: 0.75 }, { weight: 0 }],
  create({ weight }, identity): ProximableFunction {
    return {
      convex: true,
      ...identity,
      kinks: (step) => [0, -step * weight, step * weight],
      value(u) {
        checkVector(TYPE, u);
        return weight * euclideanNorm(u);
      },
      prox(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out);
        const norm = euclideanNorm(y);
        const left = norm - step * weight;
        for (let i = 0; i < y.length; i++) result[i] = left > 0 ? left * (y[i]! / norm) : y[i]! - y[i]!;
        return result;
      },
      residual(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out);
        const norm = euclideanNorm(y);
        const threshold = step * weight;
        for (let i = 0; i < y.length; i++) result[i] = norm > threshold ? threshold * (y[i]! / norm) : y[i]!;
        return result;
      },
      dividedResidual(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out);
        const norm = euclideanNorm(y);
        const threshold = step * weight;
        for (let i = 0; i < y.length; i++) result[i] = norm > threshold ? weight * (y[i]! / norm) : y[i]! / step;
        return result;
      },
      conjugate() {
        const violation = (p: Float64Array): number => Math.max(0, euclideanNorm(p) - weight);
        return onDomain(violation);
      },
    };
  },
});
