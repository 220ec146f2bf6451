import { coordinatewise, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { DoubleDouble } from '../numerics/double-double.js';
import { distanceToBox } from '../numerics/vectors.js';
import { positiveNumber } from '../parameters/number.js';

/**
 * r(u) = −w Σ log u_i for u > 0. prox_{γr}(y)_i = (y_i + √(y_i² + 4γw))/2, the positive root of u² − y_i u = γw, to the last bit
 * or its neighbour; ρ(y)_i/γ = −w/u. The domain is open: its nearest point to 0 is the smallest double.
 *
 * @example
 * assert.deepEqual([...logBarrier({ weight: 2 }).prox(Float64Array.of(1), 1)], [2]);
 */
export const logBarrier = defineFunction({
  type: 'log-barrier',
  formula: '-weight * sum_i log(u_i) if u_i > 0 for all i, else Infinity',
  parameters: { weight: positiveNumber },
  traits: { convex: 'yes', separable: 'yes', smooth: 'no', conjugate: 'no', placeless: 'yes', barrier: 'yes' },
  // u² − yu = t, the small root of which is −t/y to a relative t/y².
  overflow: {
    entries: 'absorbing',
    parameters: (weight) => ({ weight }),
    at: (size, side, product) => [side * size, side > 0 ? size : product / size],
  },
  examples: [{ weight: 1 }, { weight: 2.5 }],
  mutants: {
    'wrong-root': {
      description: 'the negative root of the quadratic equation',
      prox: ({ weight }, step, y) => y.map((v) => (v - Math.sqrt(v * v + 4 * step * weight)) / 2),
    },
    'two-for-four': {
      description: '2γw instead of 4γw under the root',
      prox: ({ weight }, step, y) => y.map((v) => (v + Math.sqrt(v * v + 2 * step * weight)) / 2),
    },
  },
  create({ weight }, identity): ProximableFunction {
    const product = new DoubleDouble();
    const defect = new DoubleDouble();

    /** The positive root u of u − t/u = y, with t = γw in `product`. */
    function solve(y: number): number {
      const root = Math.sqrt(product.high);
      // √(y² + 4t) = largest·√(…), whose squares neither overflow nor underflow.
      const largest = Math.max(Math.abs(y), 2 * root);
      const length = largest * Math.sqrt((y / largest) ** 2 + ((2 * root) / largest) ** 2);
      // The root of larger size, then the other one from their product −t: neither cancels.
      const larger = Math.abs(y) / 2 + length / 2;
      const u = y >= 0 ? larger : product.high / larger;
      // The defect of the equation in double-doubles, and one step of Newton's method.
      defect.copy(product).divide(u).add(y).add(-u);
      return u + u * (defect.high / (u + product.high / u));
    }

    const violation = (u: Float64Array): number => distanceToBox(u, Number.MIN_VALUE, Infinity);
    const finiteValue = (u: Float64Array): number => {
      let sum = 0;
      for (let i = 0; i < u.length; i++) sum += Math.log(Math.max(u[i]!, Number.MIN_VALUE));
      return -weight * sum;
    };
    return coordinatewise({
      convex: true,
      ...identity,
      subgradientRange: [-Infinity, 0],
      // The place where the prox turns from slope 0 to slope 1: its value is √γw at y = 0.
      kinks: (step) => [0, -Math.sqrt(step * weight), Math.sqrt(step * weight)],
      ...onDomain(violation, finiteValue),
      prox(y, step, out) {
        product.setProduct(step, weight);
        for (let i = 0; i < y.length; i++) out[i] = solve(y[i]!);
      },
      residual(y, step, out) {
        product.setProduct(step, weight);
        for (let i = 0; i < y.length; i++) out[i] = -product.high / solve(y[i]!);
      },
      dividedResidual(y, step, out) {
        product.setProduct(step, weight);
        for (let i = 0; i < y.length; i++) out[i] = -weight / solve(y[i]!);
      },
    });
  },
});
