import { proximalAverage } from '../functions/calculus/proximal-average.js';
import { tilted } from '../functions/calculus/tilted.js';
import { innerProduct } from '../functions/numerics/vectors.js';
import type { SmoothFunction } from '../smooth/definition/smooth-function.js';
import { smoothZero } from '../smooth/zero.js';
import type { Component, ProblemTerms } from './distinct-coordinates.js';
import type { Interval } from './interval.js';

/** Proximal-gradient steps towards a minimizer; they stop early at a fixed point. */
const STEPS = 2000;
/** Weights of the tangent of d against inf d: a slope of r_γ that the tangent only just reaches needs a little less than 1. */
const WEIGHTS = [1, 1 - 2 ** -36, 1 - 2 ** -30, 1 - 2 ** -24, 1 - 2 ** -12, 0];
/** Relative rounding of d, ∇d and r_γ at the point of tangency, with a margin. */
const ROUNDING = 2 ** -40;

/**
 * inf f for f = d + r_γ with separable r_k and a d that is not. The upper end is f at the best point x of a proximal-gradient
 * descent. For 0 ≤ t ≤ 1, the second term only when t < 1 and the first only for convex d,
 *
 *     d(y) ≥ t[d(x) + ⟨∇d(x), y − x⟩] + (1 − t) inf d,
 *
 * so f* is at least a constant plus the infimum of r_γ tilted by t∇d(x), which is separable and enclosed by the given function;
 * the lower end belongs to the largest t of a few for which that is finite, and is tight when x is a minimizer. Undefined when none is.
 */
export function coupledInfimum(
  smooth: SmoothFunction,
  components: readonly Component[],
  step: number,
  dimension: number,
  separableInfimum: (terms: ProblemTerms, step: number, dimension: number) => Interval | undefined,
): Interval | undefined {
  const functions = components.map(({ function: fn }) => fn);
  const probabilities = components.map(({ probability }) => probability);
  const average = proximalAverage({ functions, probabilities, step });
  const floor = smooth.infimum?.(dimension) ?? Number.NEGATIVE_INFINITY;

  let best = { x: new Float64Array(dimension) as Float64Array, value: Infinity, size: 0 };
  let y: Float64Array = new Float64Array(dimension);
  for (let count = 0; count < STEPS; count++) {
    const x = average.prox(y, step);
    const [d, r] = [smooth.value(x), average.valueAtPreimage(y)];
    if (d + r < best.value) best = { x, value: d + r, size: Math.abs(d) + Math.abs(r) };
    const gradient = smooth.gradient(x);
    const next = x.map((value, i) => value - step * gradient[i]!);
    if (next.every((value, i) => value === y[i])) break;
    y = next;
  }
  const upper = best.value + ROUNDING * best.size;
  const slope = smooth.gradient(best.x);
  // There is no tangent beyond the range of doubles.
  if (!slope.every(Number.isFinite)) return undefined;
  const tangent = smooth.value(best.x) - innerProduct(slope, best.x);
  const size = best.size + slope.reduce((sum, value, i) => sum + Math.abs(value * best.x[i]!), 0);
  for (const t of WEIGHTS) {
    if ((t > 0 && !smooth.convex) || (t < 1 && floor === -Infinity)) continue;
    const tilt = slope.map((value) => t * value);
    const remainder: ProblemTerms = {
      smooth: smoothZero({}),
      functions: functions.map((inner) => tilted({ slope: tilt, inner })),
      probabilities,
    };
    const constant = t === 1 ? tangent : t * tangent + (1 - t) * floor;
    const lower = constant + (separableInfimum(remainder, step, dimension)?.lower ?? -Infinity) - ROUNDING * size;
    // An upper end beyond the doubles encloses nothing.
    if (lower > -Infinity && upper < Infinity) return { lower: Math.min(lower, upper), upper };
  }
  return undefined;
}
