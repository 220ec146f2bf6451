import { maximumNorm, ofAnything, unitRoundoff } from '../../src/claims/judges/precision.js';
import type { ProximableFunction } from '../../src/reference/functions/definition/proximable-function.js';

/** Width of the differences: their curvature and their rounding are then of one size. */
export const width = 2 ** -17;

/** Largest third derivative of a prox that the tolerance allows for. */
export const curvature = 2 ** 12;

/** The point with coordinate k moved by `by`. */
export const moved = (y: Float64Array, k: number, by: number): Float64Array =>
  y.map((value, i) => (i === k ? value + by : value));

/**
 * Whether the suite's own prox is differentiable at y, as far as differences along the axes tell. Of those of widths h, 2h and 4h
 *
 * - the bend, what those to both sides differ by, is 16 times as large at 4h as at h. That of a kink is 4 times as large: slopes that differ by s
 *   leave 12hs. What passes as rounding or as fourth derivatives is then no larger than what an entry of the Jacobian may be off by;
 * - the central ones agree as those of a function do whose third derivatives are at most `curvature`: those of h are off by h²/6 times that. Near
 *   the apex of a cone they do not, although both sides agree.
 */
export function isDifferentiable(target: ProximableFunction, y: Float64Array, step: number): boolean {
  const u = target.prox(y, step);
  const roundoff = ofAnything * unitRoundoff('f64') * (maximumNorm(y) + maximumNorm(u));
  return Array.from(y.keys()).every((k) => {
    const [narrow, wider, widest] = [1, 2, 4].map((times) => {
      const [ahead, behind] = [times * width, -times * width].map((by) => target.prox(moved(y, k, by), step));
      return (i: number) => ({
        slope: (ahead![i]! - behind![i]!) / (2 * times * width),
        bend: ahead![i]! - 2 * u[i]! + behind![i]!,
      });
    });
    return u.every((_, i) => {
      const [near, further, furthest] = [narrow!(i), wider!(i), widest!(i)];
      return (
        Math.abs(furthest.bend - 16 * near.bend) <= 12 * (curvature * width ** 3 + roundoff) &&
        Math.abs(further.slope - near.slope) <= ((4 + 1) * curvature * width ** 2) / 6 &&
        Math.abs(furthest.slope - near.slope) <= ((16 + 1) * curvature * width ** 2) / 6
      );
    });
  });
}
