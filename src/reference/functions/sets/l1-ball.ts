import { checkVector } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { simplexThreshold } from '../numerics/thresholds.js';
import { euclideanNorm, scratchVector } from '../numerics/vectors.js';
import { weight as nonnegativeNumber } from '../parameters/number.js';

const TYPE = 'l1-ball';

function sumOfMagnitudes(u: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < u.length; i++) sum += Math.abs(u[i]!);
  return sum;
}

/**
 * r = indicator of {u : ‖u‖₁ ≤ R}. prox_{γr}(y) = y inside, for every γ; outside sgn(y_i) max(|y_i| − τ, 0) with the τ at which the
 * magnitudes sum to R, found by sorting in O(n log n); ρ(y)_i = clip(y_i, ±τ); r*(p) = R‖p‖_∞. `value` allows the sum the rounding
 * of n additions.
 *
 * @example
 * assert.deepEqual([...l1Ball({ radius: 1 }).prox(Float64Array.of(2, 1), 1)], [1, 0]);
 */
export const l1Ball = defineFunction({
  type: TYPE,
  formula: '0 if sum_i |u_i| <= radius, else Infinity',
  parameters: { radius: nonnegativeNumber },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', indicator: 'yes' },
  drawn: { radius: 'positive' },
  examples: [{ radius: 1.5 }, { radius: 0 }],
  mutants: {
    rescaled: {
      description: 'scales y to ‖u‖₁ = R instead of projecting',
      prox({ radius }, _, y) {
        const size = y.reduce((sum, v) => sum + Math.abs(v), 0);
        return y.map((v) => (size > radius ? (radius * v) / size : v));
      },
    },
    'threshold-not-renewed': {
      description: 'the threshold (‖y‖₁ − R)/n is not computed again without the entries that it cuts off',
      prox({ radius }, _, y) {
        const threshold = Math.max(0, y.reduce((sum, v) => sum + Math.abs(v), 0) - radius) / y.length;
        return y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - threshold, 0));
      },
    },
  },
  create({ radius }, identity): ProximableFunction {
    const threshold = simplexThreshold(true);
    const residualOf = scratchVector();

    /** Writes clip(y_i, ±τ)/divisor, 0 inside the ball. */
    function cut(y: Float64Array, divisor: number, out: Float64Array): void {
      const { largest, depth } = threshold(y, radius);
      const level = Math.max(largest - depth, 0) / divisor;
      for (let i = 0; i < y.length; i++) out[i] = Math.max(-level, Math.min(level, y[i]! / divisor));
    }

    const violation = (u: Float64Array): number => {
      if (sumOfMagnitudes(u) <= radius * (1 + u.length * 2 ** -52)) return 0;
      const difference = residualOf(u.length);
      cut(u, 1, difference);
      return euclideanNorm(difference);
    };

    return checkedFunction({
      convex: true,
      ...identity,
      kinks: () => [-radius, radius],
      ...onDomain(violation),
      prox(y, _, out) {
        const { largest, depth } = threshold(y, radius);
        const inside = depth >= largest;
        for (let i = 0; i < y.length; i++) {
          const size = inside ? Math.abs(y[i]!) : Math.max(depth - (largest - Math.abs(y[i]!)), 0);
          out[i] = y[i]! < 0 ? -size : size;
        }
      },
      residual: (y, _, out) => cut(y, 1, out),
      dividedResidual: (y, step, out) => cut(y, step, out),
      conjugate: () => ({
        value(p) {
          checkVector(TYPE, p);
          let largest = 0;
          for (let i = 0; i < p.length; i++) largest = Math.max(largest, Math.abs(p[i]!));
          return radius * largest;
        },
      }),
    });
  },
});
