import TinyQueue from 'tinyqueue';
import {
  type CoordinateProblem,
  coordinateProblem,
  objectiveAt,
  type PointOfObjective,
} from './coordinate-objective.js';
import { coupledInfimum } from './coupled-infimum.js';
import { byCoordinate, coordinateComponents, keyOf, occurring, type ProblemTerms } from './distinct-coordinates.js';
import type { Interval } from './interval.js';
import { stronglyConvexInfimum } from './strongly-convex-infimum.js';
import { isUnbounded, tailBound } from './tail-bound.js';

/** Width of the enclosure relative to |f*| and the variation of f near its minimizer. */
const RELATIVE_WIDTH = 2 ** -36;
const LARGEST_CELLS = 16_384;
/** The search for a tail that needs no look ends at |y| = 2⁹⁶. */
const LARGEST_DOUBLING = 96;
/** If the bound of a tail stays below f, as with a periodic d, the search continues to |y| = 2⁸ to approach it. */
const FARTHEST = 8;

interface Box {
  /** Lower bound of f between the images of the ends. */
  readonly bound: number;
  readonly from: PointOfObjective;
  readonly to: PointOfObjective;
}

/**
 * inf f over Rⁿ for f = d + r_γ, enclosed. Coupled problems go by the strong convexity of d or, with separable r_k, by a tangent of
 * d. With separable d and r_k, f is minimised coordinate by coordinate over y with u = P⁰(y), which needs no inversion of P⁰ and
 * covers the closure of the domain of r_γ. Lower bounds use d″ ≥ −c and the convexity of r_γ; best-first bisection makes the
 * enclosure about 10⁻¹⁰ wide, relatively. Rounding is bounded and included, see `tailBound` for slopes that cancel. Returns [−∞, −∞]
 * when f is certified to be unbounded below, and undefined when nothing is certified: an r_k is not separable and d not strongly
 * convex, d is non-convex without L, or f only tends to its infimum at infinity.
 */
export function enclosedInfimum(terms: ProblemTerms, step: number, dimension: number): Interval | undefined {
  const components = occurring(terms);
  const { smooth } = terms;
  const separable = components.every(({ function: fn }) => fn.coordinate !== undefined);
  if (!separable || smooth.coordinate === undefined) {
    const enclosed = stronglyConvexInfimum(terms, step, dimension);
    if (enclosed !== undefined || !separable) return enclosed;
    return coupledInfimum(smooth, components, step, dimension, enclosedInfimum);
  }
  const intervals = byCoordinate(
    dimension,
    (i) => {
      const parts = { smooth: smooth.coordinate!(i), components: coordinateComponents(components, i) };
      const { type, parameters } = parts.smooth;
      return { key: `${JSON.stringify([type, parameters])} ${keyOf(parts.components)}`, parts };
    },
    (parts) => {
      const problem = coordinateProblem(parts.smooth, parts.components, step);
      return problem && infimumOfCoordinate(problem);
    },
  );
  if (intervals.some((interval) => interval?.upper === -Infinity)) return { lower: -Infinity, upper: -Infinity };
  const certified = intervals.filter((interval) => interval !== undefined);
  if (certified.length < dimension) return undefined;
  const lower = certified.reduce((sum, interval) => sum + interval.lower, 0);
  const upper = certified.reduce((sum, interval) => sum + interval.upper, 0);
  const size = certified.reduce((sum, interval) => sum + Math.abs(interval.lower) + Math.abs(interval.upper), 0);
  const rounding = dimension > 1 ? dimension * 2 ** -53 * size : 0;
  // Values beyond the doubles leave an end open, which encloses nothing.
  return Number.isFinite(lower) && Number.isFinite(upper)
    ? { lower: lower - rounding, upper: upper + rounding }
    : undefined;
}

function infimumOfCoordinate(problem: CoordinateProblem): Interval | undefined {
  if (isUnbounded(problem, -1) || isUnbounded(problem, 1)) return { lower: -Infinity, upper: -Infinity };
  let best = Infinity;
  let bestError = 0;
  const probe = (y: number) => {
    const point = objectiveAt(problem, y);
    if (point.value + point.valueError < best) {
      best = point.value + point.valueError;
      bestError = point.valueError;
    }
    return point;
  };
  const middle = probe(0);
  const sides = ([-1, 1] as const).map((direction) => {
    const ends: PointOfObjective[] = [];
    const tails: number[] = [];
    for (let doubling = 0; doubling <= LARGEST_DOUBLING; doubling++) {
      const end = probe(direction * 2 ** doubling);
      const tail = tailBound(problem, end, direction);
      ends.push(end);
      tails.push(tail);
      if (tail >= best - 4 * (bestError + Math.min(end.valueError, RELATIVE_WIDTH * Math.abs(best)))) break;
    }
    const tail = Math.max(...tails);
    const enough = tail - RELATIVE_WIDTH * Math.abs(tail);
    const last = tails.findLastIndex((bound, doubling) => bound >= enough && (doubling <= FARTHEST || bound === tail));
    return { tail: Math.min(tail, tails[last]!), ends: ends.slice(0, last + 1) };
  });
  const points = [...sides[0]!.ends.toReversed(), middle, ...sides[1]!.ends];
  const lower = Math.min(sides[0]!.tail, sides[1]!.tail);
  // A tail that overflowed is NaN, and certifies as little as one without a bound.
  if (!(lower > -Infinity)) return undefined;
  const spread = points.reduce((most, { value }) => Math.max(most, value - best), 0);
  const cells = new TinyQueue<Box>([], (a, b) => (a.bound < b.bound ? -1 : 1));
  const push = (from: PointOfObjective, to: PointOfObjective) => {
    const bound = lowerBoundBetween(problem, from, to);
    // NaN after an overflow: nothing is known there, and a queue of NaN has no order.
    cells.push({ bound: Number.isNaN(bound) ? -Infinity : bound, from, to });
  };
  for (let index = 1; index < points.length; index++) push(points[index - 1]!, points[index]!);
  for (let count = 0; ; count++) {
    const { bound, from, to } = cells.pop()!;
    const width =
      RELATIVE_WIDTH * (Math.abs(best) + Math.min(1, spread)) + 4 * Math.min(from.valueError, to.valueError);
    const between = from.y + (to.y - from.y) / 2;
    if (best - bound <= width || count === LARGEST_CELLS || !(between > from.y && between < to.y)) {
      return { lower: Math.min(lower, bound, best), upper: best };
    }
    const point = probe(between);
    push(from, point);
    push(point, to);
  }
}

/**
 * Lower bound of f for u between the images of two points. Each end gives f ≥ f(end) + slope·t − (c/2)t², two concave parabolas
 * of the same curvature; the minimum of the larger one is at an end or where they cross.
 */
function lowerBoundBetween(problem: CoordinateProblem, from: PointOfObjective, to: PointOfObjective): number {
  const concavity = Math.max(0, problem.concavity - problem.curvature);
  const width = Math.max(0, to.u - from.u);
  const left = (t: number) => from.value + from.slope * t - (concavity / 2) * t * t;
  const right = (t: number) => to.value - to.slope * (width - t) - (concavity / 2) * (width - t) ** 2;
  const crossing =
    (from.value - to.value + to.slope * width + (concavity / 2) * width * width) /
    (to.slope - from.slope + concavity * width);
  const steepest = Math.abs(from.slope) + Math.abs(to.slope) + concavity * width;
  const error =
    Math.max(from.valueError, to.valueError) + (from.slopeError + to.slopeError + 2 ** -47 * steepest) * width;
  const ends = Math.min(Math.max(from.value, right(0)), Math.max(left(width), to.value));
  return (crossing > 0 && crossing < width ? Math.min(ends, left(crossing)) : ends) - error;
}
