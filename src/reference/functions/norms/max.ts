import { checkVector } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { simplexThreshold } from '../numerics/thresholds.js';
import { euclideanNorm, scratchVector } from '../numerics/vectors.js';
import { weight } from '../parameters/number.js';

const TYPE = 'max';

/**
 * r(u) = w max u_i. prox_{γr}(y)_i = min(y_i, τ) with Σ max(y_i − τ, 0) = γw, found by sorting in O(n log n);
 * ρ(y)_i = max(y_i − τ, 0); r* = indicator of {p ≥ 0, Σp_i = w}, its sum allowed the rounding of n additions.
 *
 * @example
 * assert.deepEqual([...max({ weight: 1 }).prox(Float64Array.of(3, -5), 1)], [2, -5]);
 */
export const max = defineFunction({
  type: TYPE,
  formula: 'weight * max_i u_i',
  parameters: { weight },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes' },
  examples: [{ weight: 0.75 }, { weight: 0 }],
  mutants: {
    'lowers-one-entry': {
      description: 'the first largest entry gives all of γw, below the others if need be',
      prox: ({ weight }, step, y) => {
        const at = y.indexOf(Math.max(...y));
        return y.map((v, i) => (i === at ? v - step * weight : v));
      },
    },
    'of-magnitudes': {
      description: 'the prox of ‖u‖_∞: signs are not told apart',
      change: () => ({
        prox(y, step, out) {
          const u = out ?? new Float64Array(y.length);
          const level = Math.max(...y.map(Math.abs)) / (1 + step);
          for (let i = 0; i < y.length; i++) u[i] = Math.max(-level, Math.min(level, y[i]!));
          return u;
        },
      }),
    },
  },
  create({ weight }, identity): ProximableFunction {
    const threshold = simplexThreshold();
    const distanceOf = scratchVector();

    /** Writes max(y_i − τ, 0)/divisor, the residual for divisor 1. */
    function excess(y: Float64Array, total: number, divisor: number, out: Float64Array): void {
      const { largest, depth } = threshold(y, total);
      for (let i = 0; i < y.length; i++) out[i] = Math.max(depth - (largest - y[i]!), 0) / divisor;
    }

    /** Distance of p to the simplex {p ≥ 0, Σp_i = w}. */
    const violation = (p: Float64Array): number => {
      checkVector(TYPE, p);
      let sum = 0;
      let negative = false;
      for (let i = 0; i < p.length; i++) {
        negative ||= p[i]! < 0;
        sum += p[i]!;
      }
      if (!negative && Math.abs(sum - weight) <= p.length * 2 ** -52 * weight) return 0;
      const difference = distanceOf(p.length);
      excess(p, weight, 1, difference);
      for (let i = 0; i < p.length; i++) difference[i] = p[i]! - difference[i]!;
      return euclideanNorm(difference);
    };

    return checkedFunction({
      convex: true,
      ...identity,
      value(u) {
        let largest = -Infinity;
        for (let i = 0; i < u.length; i++) largest = Math.max(largest, u[i]!);
        return weight * largest;
      },
      prox(y, step, out) {
        const { largest, depth } = threshold(y, step * weight);
        for (let i = 0; i < y.length; i++) out[i] = Math.min(y[i]!, largest - depth);
      },
      residual: (y, step, out) => excess(y, step * weight, 1, out),
      dividedResidual: (y, step, out) => excess(y, step * weight, step, out),
      conjugate: () => onDomain(violation),
    });
  },
});
