import { coordinatewise, defineFunction } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { softThreshold } from '../numerics/thresholds.js';
import { positiveNumber, weight } from '../parameters/number.js';

/** Sums whose squares do not overflow; beyond, 4t is nothing beside them. */
const LARGEST = 2 ** 500;

/** Halvings of an interval down to rounding. */
const HALVINGS = 100;

/** The larger root u of u − s + t/(ε + u) = 0, where ½(u − s)² + t log(1 + u/ε) has its local minimum besides 0; NaN if there is none. */
function stationary(size: number, t: number, scale: number): number {
  const sum = size + scale;
  const discriminant = sum < LARGEST ? Math.sqrt(sum * sum - 4 * t) : sum;
  const apart = size - scale;
  return apart > 0 ? (apart + discriminant) / 2 : (2 * (scale * size - t)) / (discriminant - apart);
}

/** By how much ½(u − s)² + t log(1 + u/ε) is less at u than at 0. */
const gain = (u: number, size: number, t: number, scale: number): number =>
  u * (size - u / 2) - t * Math.log1p(u / scale);

/**
 * r(u) = w Σ log(1 + |u_i|/ε) (Candès, Wakin and Boyd 2008): LogSumPenalty of skglm, with alpha = w and eps = ε; Log of pyproximal for
 * w = sigma/log(gamma + 1), ε = 1/gamma. Not convex: for the judges of implementations, no problem takes it. With t = γw and
 * u = ½(|y| − ε + √((|y| + ε)² − 4t)), prox_{γr}(y) is u with the sign of y where u > 0 and φ(u) < φ(0), else 0. For t ≤ ε² it is continuous,
 * 0 up to |y| = t/ε; for larger t it jumps, and at the tie `prox` chooses 0. ρ(y) = t/(ε + u) or y.
 *
 * @example
 * assert.deepEqual([...logPenalty({ weight: 2, scale: 1 }).prox(Float64Array.of(2, 0.5), 1)], [1, 0]);
 */
export const logPenalty = defineFunction({
  type: 'log-penalty',
  formula: 'weight * sum_i log(1 + |u_i| / scale)',
  parameters: { weight, scale: positiveNumber },
  traits: { convex: 'no', separable: 'yes', smooth: 'no', conjugate: 'no' },
  examples: [
    { weight: 0.75, scale: 2 },
    { weight: 1.5, scale: 0.5 },
    { weight: 0, scale: 1 },
  ],
  mutants: {
    'without-comparison': {
      description: 'takes the local minimum wherever there is one, also where 0 is better',
      prox: ({ weight, scale }, step, y) =>
        y.map((v) => {
          const u = stationary(Math.abs(v), step * weight, scale);
          return u > 0 ? Math.sign(v) * u : 0;
        }),
    },
    'threshold-of-slope': {
      description: 'goes to 0 up to |y| = t/ε, the slope at 0, for large t too',
      prox: ({ weight, scale }, step, y) =>
        y.map((v) => {
          const t = step * weight;
          return Math.abs(v) <= t / scale ? 0 : Math.sign(v) * stationary(Math.abs(v), t, scale);
        }),
    },
    'reweighted-l1': {
      description: 'soft thresholding by the slope at y: one step of reweighted l1',
      prox: ({ weight, scale }, step, y) => y.map((v) => softThreshold(v, (step * weight) / (scale + Math.abs(v)))),
    },
    'scale-inverted': {
      description: 'log(1 + ε|u_i|)',
      value: ({ weight, scale }, u) => weight * u.reduce((sum, v) => sum + Math.log1p(scale * Math.abs(v)), 0),
    },
  },
  create({ weight, scale }, identity): ProximableFunction {
    /** |prox_{γr}(y)| for t = γw. */
    function sizeOf(size: number, t: number): number {
      const u = stationary(size, t, scale);
      if (u > 0 && (t <= scale * scale || gain(u, size, t, scale) > 0)) return u;
      return size - size;
    }

    /** The largest |y| that goes to 0. */
    function zeroedUpTo(t: number): number {
      let [low, high] = [2 * Math.sqrt(t) - scale, t / scale];
      if (t <= scale * scale) return high;
      for (let round = 0; round < HALVINGS; round++) {
        const middle = (low + high) / 2;
        if (sizeOf(middle, t) > 0) high = middle;
        else low = middle;
      }
      return high;
    }

    return coordinatewise({
      convex: false,
      ...identity,
      kinks: (step) => [0, -zeroedUpTo(step * weight), zeroedUpTo(step * weight)],
      value(u) {
        let sum = 0;
        for (let i = 0; i < u.length; i++) sum += Math.log1p(Math.abs(u[i]!) / scale);
        return weight * sum;
      },
      prox(y, step, out) {
        for (let i = 0; i < y.length; i++) {
          const size = sizeOf(Math.abs(y[i]!), step * weight);
          out[i] = y[i]! < 0 ? -size : size;
        }
      },
      residual(y, step, out) {
        const t = step * weight;
        for (let i = 0; i < y.length; i++) {
          const size = sizeOf(Math.abs(y[i]!), t);
          out[i] = size > 0 ? (Math.sign(y[i]!) * t) / (scale + size) : y[i]!;
        }
      },
      dividedResidual(y, step, out) {
        for (let i = 0; i < y.length; i++) {
          const size = sizeOf(Math.abs(y[i]!), step * weight);
          out[i] = size > 0 ? (Math.sign(y[i]!) * weight) / (scale + size) : y[i]! / step;
        }
      },
    });
  },
});
