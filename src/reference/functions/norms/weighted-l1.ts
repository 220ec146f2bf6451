import { checkVector } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { distanceToBox } from '../numerics/vectors.js';
import { vector } from '../parameters/vector.js';
import { l1 } from './l1.js';

const TYPE = 'weighted-l1';

/**
 * r(u) = Σ w_i|u_i|, the ℓ1 norm with a weight for each entry, as in the adaptive lasso (Zou 2006). prox_{γr}(y)_i = sgn(y_i) max(|y_i| − γw_i, 0),
 * ρ(y)_i = clip(y_i, ±γw_i), r* = indicator of {p : |p_i| ≤ w_i for every i}. A separate type: a library with `l1` need not offer it.
 *
 * @example
 * assert.deepEqual([...weightedL1({ weights: [1, 0] }).prox(Float64Array.of(3, -0.5), 2)], [1, -0.5]);
 */
export const weightedL1 = defineFunction({
  type: TYPE,
  formula: 'sum_i weights_i * |u_i|',
  parameters: { weights: vector({ minimum: 0 }) },
  traits: { convex: 'yes', separable: 'yes', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  roundings: { prox: 2, slope: 1, why: 'as l1' },
  examples: [{ weights: [0.75, 2, 0] }, { weights: [1.5] }],
  vectors: [{ parameters: { weights: [0.7, 0, 1.5] } }],
  mutants: {
    'first-weight-alone': {
      description: 'the first weight stands for all',
      prox: ({ weights }, step, y) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * weights[0]!, 0)),
    },
    'mean-weight': {
      description: 'the mean of the weights stands for all',
      prox: ({ weights }, step, y) => {
        const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
        return y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * mean, 0));
      },
    },
    'divided-by-weight': {
      description: 'thresholds at γ/w_i, for weights that are the sizes of a first estimate',
      prox: ({ weights }, step, y) =>
        y.map((v, i) => (weights[i] === 0 ? 0 : Math.sign(v) * Math.max(Math.abs(v) - step / weights[i]!, 0))),
    },
    'value-without-weights': {
      description: 'the value is ‖u‖₁',
      value: (_, u) => u.reduce((sum, v) => sum + Math.abs(v), 0),
    },
  },
  create({ weights }, identity): ProximableFunction {
    const dimension = weights.length;
    const lower = weights.map((weight) => -weight);
    return checkedFunction({
      convex: true,
      ...identity,
      dimension,
      value(u) {
        let sum = 0;
        for (let i = 0; i < dimension; i++) sum += weights[i]! * Math.abs(u[i]!);
        return sum;
      },
      prox(y, step, out) {
        for (let i = 0; i < dimension; i++) {
          const yi = y[i]!;
          const threshold = step * weights[i]!;
          out[i] = yi > threshold ? yi - threshold : yi < -threshold ? yi + threshold : yi - yi;
        }
      },
      residual(y, step, out) {
        for (let i = 0; i < dimension; i++) {
          const threshold = step * weights[i]!;
          out[i] = Math.max(-threshold, Math.min(threshold, y[i]!));
        }
      },
      dividedResidual(y, step, out) {
        for (let i = 0; i < dimension; i++) out[i] = Math.max(-weights[i]!, Math.min(weights[i]!, y[i]! / step));
      },
      conjugate: () =>
        onDomain((p) => {
          checkVector(TYPE, p, dimension);
          return distanceToBox(p, lower, weights);
        }),
      // Of this type too: who offers it need not offer the norm with one weight for all.
      coordinate: (index) => {
        const weight = weights[index]!;
        return { ...l1({ weight }), type: TYPE, parameters: { weights: [weight] } };
      },
    });
  },
});
