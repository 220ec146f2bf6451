import { climb, growsFarOut } from './climb.js';
import type { Relation } from './relation.js';
import { axisDirections, bothWays, farScales, largestEntry, mixedDirections, norm } from './search-points.js';
import { isOnePoint, pointError, secantMeter } from './secant-meter.js';

/** Two points with the ratio |g(x)_i − g(y)_i|/|x_i − y_i| of one coordinate. */
export interface CoordinateSecant {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly coordinate: number;
  /** Lower bound, rounding subtracted; Infinity where x_i = y_i and the images differ there, NaN after an overflow. */
  readonly ratio: number;
  /** |g(x)_i − g(y)_i|. */
  readonly difference: number;
  /** True when x and y are one point up to rounding. */
  readonly samePoint: boolean;
}

export interface CoordinateFindings {
  /** The largest ratio of each coordinate that was looked at, at its index. */
  readonly worst: readonly (CoordinateSecant | undefined)[];
  /** A pair with x_i = y_i and different images: no L_i serves. */
  readonly cross?: CoordinateSecant;
  /** Ratios of one coordinate at growing or shrinking scales that do not level off. */
  readonly growth?: { readonly ratios: readonly number[]; readonly last: CoordinateSecant };
  readonly pairs: number;
}

const distances = [1, 2 ** -6, 2 ** -16];
/** Most coordinates changed one at a time from each base point. */
const axesAtOnce = 4;
/** Relative size, to the largest entry, below which a difference of images counts as rounding. */
const rounding = 2 ** -36;
/** Largest dimension in which the pair of every coordinate is improved by local search. */
const largestClimb = 16;

/**
 * Looks for pairs that break |g(x)_i − g(y)_i| ≤ L_i|x_i − y_i| for some i, changing one coordinate at a time: the changed one
 * gives its ratio, and every other has x_i = y_i, so that its image may not change at all. Stops at the first pair of the second kind.
 * Growth far out is only looked for where no constants are certified. The
 * arguments of a prox are also moved in other directions, along which kinks between coordinates keep its value in place.
 */
export function searchCoordinateSecants(
  relation: Relation,
  points: readonly Float64Array[],
  random: () => number,
  bounded: boolean,
): CoordinateFindings {
  const dimension = points[0]!.length;
  const meter = secantMeter(relation, dimension);
  const worst: (CoordinateSecant | undefined)[] = new Array(dimension).fill(undefined);
  const axes = (most: number): Float64Array[] => axisDirections(dimension, most, random);
  let cross: CoordinateSecant | undefined;

  /** The pair's ratio in the first coordinate that changes; `cross` is set when some coordinate breaks the inequality for every L_i. */
  function measure(base: Float64Array, distance: number, direction: Float64Array): CoordinateSecant {
    const changed = firstChanged(direction);
    const [a, b] = meter.ends(base, distance, direction);
    meter.evaluate(a, b);
    const scale = relation.size ? relation.size(a) + relation.size(b) : largestEntry(meter.g) + largestEntry(meter.h);
    const size = largestEntry(meter.u) + largestEntry(meter.v);
    const error = pointError(relation, size, largestEntry(a) + largestEntry(b));
    const one = meter.u.every((value, i) => isOnePoint(Math.abs(value - meter.v[i]!), error, distance));
    let own: CoordinateSecant | undefined;
    let noise: Float64Array | undefined;
    /** The difference of a gradient that would be a record, less its rounding. */
    const certain = (i: number, difference: number): number => {
      if (!relation.gradient) return difference;
      noise ??= meter.noise(a, b);
      return Math.max(0, difference - noise[i]!);
    };
    for (let i = 0; i < dimension; i++) {
      const difference = Math.abs(meter.g[i]! - meter.h[i]!);
      const apart = Math.abs(meter.u[i]! - meter.v[i]!);
      const same = isOnePoint(apart, error, distance);
      if (i !== changed && !(same && difference > Math.max(rounding, relation.accuracy) * scale)) continue;
      const most = difference - relation.accuracy * scale;
      const record = same ? 0 : (worst[i]?.ratio ?? 0) * (apart + error);
      const excess = most > record ? certain(i, most) : most;
      const least = Number.isNaN(excess) ? Number.NaN : Math.max(0, excess);
      const ratio = least === 0 ? 0 : least / (same ? 0 : apart + error);
      const secant = { x: meter.u.slice(), y: meter.v.slice(), coordinate: i, ratio, difference, samePoint: one };
      if (i === changed) own = secant;
      if (ratio === Infinity && Number.isFinite(scale) && !(cross !== undefined && cross.difference >= difference)) {
        cross = secant;
      }
    }
    return own!;
  }

  const bases: { base: Float64Array; distance: number; direction: Float64Array }[] = [];
  for (const base of points) {
    for (const direction of [...axes(axesAtOnce), ...(relation.gradient ? [] : mixedDirections(dimension, random))]) {
      for (const relative of distances) {
        const distance = relative * Math.max(1, norm(base));
        const secant = measure(base, distance, direction);
        if (secant.ratio < Infinity && secant.ratio > (worst[secant.coordinate]?.ratio ?? -1)) {
          worst[secant.coordinate] = secant;
          bases[secant.coordinate] = { base, distance, direction };
        }
      }
    }
    if (cross !== undefined) return { worst, cross, pairs: meter.pairs };
  }
  for (const axis of bothWays(axes(axesAtOnce))) {
    if (bounded) break;
    const far = (scale: number): CoordinateSecant =>
      measure(
        axis.map((value) => scale * value),
        scale,
        axis,
      );
    const secants = farScales(relation.iterative).map(far);
    const ratios = secants.map(({ ratio }) => ratio);
    if (growsFarOut(ratios, (scale) => far(scale).ratio)) {
      const last = secants.findLast(({ ratio }) => Number.isFinite(ratio))!;
      return { worst, growth: { ratios, last }, pairs: meter.pairs };
    }
  }
  if (dimension <= largestClimb) {
    for (const { base, distance, direction } of bases.filter((entry) => entry !== undefined)) {
      const score = (point: Float64Array): number => measure(point, distance, direction).ratio;
      const i = firstChanged(direction);
      const { point } = climb(score, { point: base, score: worst[i]!.ratio }, random, points.length);
      const improved = measure(point, distance, direction);
      if (improved.ratio > worst[i]!.ratio) worst[i] = improved;
    }
  }
  return { worst, ...(cross && { cross }), pairs: meter.pairs };
}

const firstChanged = (direction: Float64Array): number => direction.findIndex((value) => value !== 0);
