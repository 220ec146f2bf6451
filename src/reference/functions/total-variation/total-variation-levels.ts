import { scratchVector } from '../numerics/scratch.js';

/**
 * Solver of min_u ½‖u − y‖² + t Σ|u_{i+1} − u_i|, exact up to rounding in O(n): dynamic programming (Johnson 2013). After i entries
 * the derivative of the best objective is a nondecreasing, piecewise linear function of the level b = u_i; the term t|u_{i+1} − b|
 * clips it to [−t, t] for the next entry, at the levels `lower` and `upper`, between which u_i = u_{i+1}. Every knot is added and
 * removed once. Writes levels that are equal within a segment of u and off by rounding; `out` may be y. Allocates nothing after
 * the first call for a length.
 */
export function totalVariationLevels(): (y: Float64Array, t: number, out: Float64Array) => void {
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
