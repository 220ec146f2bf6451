import { checkedFunction, defineFunction } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { scratchVector } from '../numerics/vectors.js';
import { weight } from '../parameters/number.js';

/**
 * Solver of min_u ½‖u − y‖² + t Σ|u_{i+1} − u_i|, exact up to rounding in O(n): dynamic programming (Johnson 2013). After i entries
 * the derivative of the best objective is a nondecreasing, piecewise linear function of the level b = u_i; the term t|u_{i+1} − b|
 * clips it to [−t, t] for the next entry, at the levels `lower` and `upper`, between which u_i = u_{i+1}. Every knot is added and
 * removed once. Writes levels that are equal within a segment of u and off by rounding; `out` may be y. Allocates nothing after
 * the first call for a length.
 */
function totalVariationLevels(): (y: Float64Array, t: number, out: Float64Array) => void {
  const centeredOf = scratchVector();
  const lowerOf = scratchVector();
  const upperOf = scratchVector();
  const positionOf = scratchVector();
  const slopeOf = scratchVector();
  const interceptOf = scratchVector();

  return (y, t, out) => {
    const n = y.length;
    let mean = 0;
    for (let i = 0; i < n; i++) mean += (y[i]! - mean) / (i + 1);
    const centered = centeredOf(n);
    let sum = 0;
    let largest = 0;
    for (let i = 0; i < n; i++) {
      centered[i] = y[i]! - mean;
      sum += centered[i]!;
      largest = Math.max(largest, Math.abs(sum));
    }
    // Prefix sums within ±t are a dual solution for the constant u.
    if (largest <= t) {
      out.fill(mean);
      return;
    }
    const lower = lowerOf(n);
    const upper = upperOf(n);
    // Knots first … last, each with the changes of slope and intercept of the derivative from its left to its right.
    const position = positionOf(2 * n);
    const slope = slopeOf(2 * n);
    const intercept = interceptOf(2 * n);
    let first = n;
    let last = n - 1;
    let bottom = 0;
    for (let i = 0; i < n; i++) {
      // On its first piece the derivative plus t is s·b + a, on its last piece the derivative minus t is s·b + a.
      let s = 1;
      let a = i === 0 ? t - centered[i]! : -centered[i]!;
      const wanted = i === n - 1 ? t : 0;
      for (; first <= last && s * position[first]! + a <= wanted; first++) {
        s += slope[first]!;
        a += intercept[first]!;
      }
      bottom = (wanted - a) / s;
      if (i === n - 1) break;
      lower[i] = bottom;
      first--;
      position[first] = bottom;
      slope[first] = s;
      intercept[first] = a;
      s = 1;
      a = i === 0 ? -t - centered[i]! : -centered[i]!;
      for (; last > first && s * position[last]! + a >= 0; last--) {
        s -= slope[last]!;
        a -= intercept[last]!;
      }
      // The knot at `lower` stays: for a t below rounding both would be the same level.
      upper[i] = -a / s;
      last++;
      position[last] = upper[i]!;
      slope[last] = -s;
      intercept[last] = -a;
    }
    let level = bottom;
    out[n - 1] = mean + level;
    for (let i = n - 2; i >= 0; i--) {
      level = Math.max(lower[i]!, Math.min(upper[i]!, level));
      out[i] = mean + level;
    }
  };
}

/**
 * r(u) = w Σ|u_{i+1} − u_i| for a signal u. The prox is exact, in O(n): on a segment of m equal entries it is
 * mean(y) + γw(±1 ± 1)/m, each end pulled towards the neighbouring segment, and ρ(y) = y − that; the first and the last end are free.
 *
 * @example
 * assert.deepEqual([...totalVariation1d({ weight: 1 }).prox(Float64Array.of(0, 4), 1)], [1, 3]);
 */
export const totalVariation1d = defineFunction({
  type: 'total-variation-1d',
  formula: 'weight * sum_i |u_(i+1) - u_i|',
  parameters: { weight },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'no' },
  examples: [{ weight: 0.5 }, { weight: 0 }],
  mutants: {
    pairs: {
      description: 'neighbours move towards each other one pair after the other, once',
      prox: ({ weight }, step, y) => {
        const u = y.slice();
        for (let i = 0; i + 1 < u.length; i++) {
          const half = (u[i + 1]! - u[i]!) / 2;
          const move = Math.sign(half) * Math.min(Math.abs(half), step * weight);
          u[i]! += move;
          u[i + 1]! -= move;
        }
        return u;
      },
    },
    'of-zero-ends': {
      description: 'the signal is taken as 0 before its first entry',
      change: (honest) => ({ prox: (y, step) => honest.prox(Float64Array.of(0, ...y), step).slice(1) }),
    },
  },
  create({ weight }, identity): ProximableFunction {
    const levelsOf = scratchVector();
    const solve = totalVariationLevels();

    /** Calls `write` for every segment of the prox: where it starts and ends, mean(y) there, and Σ ± 1 over its two ends. */
    function forEachSegment(
      y: Float64Array,
      t: number,
      write: (start: number, end: number, mean: number, pull: number) => void,
    ): void {
      const n = y.length;
      const levels = levelsOf(n);
      solve(y, t, levels);
      for (let start = 0, end = 0; start < n; start = end) {
        let sum = 0;
        for (end = start + 1; end < n && levels[end] === levels[start]; end++) sum += y[end]! - y[start]!;
        const before = start > 0 ? Math.sign(levels[start - 1]! - levels[start]!) : 0;
        const after = end < n ? Math.sign(levels[end]! - levels[start]!) : 0;
        write(start, end, y[start]! + sum / (end - start), before + after);
      }
    }

    return checkedFunction({
      convex: true,
      ...identity,
      value(u) {
        let sum = 0;
        for (let i = 1; i < u.length; i++) sum += Math.abs(u[i]! - u[i - 1]!);
        return weight * sum;
      },
      prox(y, step, out) {
        const t = step * weight;
        forEachSegment(y, t, (start, end, mean, pull) => {
          out.fill(mean + (t * pull) / (end - start), start, end);
        });
      },
      residual(y, step, out) {
        const t = step * weight;
        forEachSegment(y, t, (start, end, mean, pull) => {
          for (let i = start; i < end; i++) out[i] = y[i]! - mean - (t * pull) / (end - start);
        });
      },
      dividedResidual(y, step, out) {
        forEachSegment(y, step * weight, (start, end, mean, pull) => {
          for (let i = start; i < end; i++) out[i] = (y[i]! - mean) / step - (weight * pull) / (end - start);
        });
      },
    });
  },
});
