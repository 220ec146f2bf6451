import { climb, growsFarOut } from './climb.js';
import type { Witness } from './finding.js';
import { formatNumber, formatPair, formatPoint } from './format.js';
import type { Relation } from './relation.js';
import { axisDirections, bothWays, farScales, largestEntry, mixedDirections, norm } from './search-points.js';
import { isOnePoint, pointError, secantMeter } from './secant-meter.js';
import { type AuditSubject, componentTargets, searchStream, smoothTarget, type Target } from './subject.js';
import { type ConstantEvidence, judgeConstant, optional } from './verdict.js';

/**
 * Assumption 2(b): |∇d(x)_i − ∇d(y)_i| ≤ L_i|x_i − y_i| for all x, y. If x and y differ only in other coordinates, the right side is 0: so ∇d(·)_i
 * is a function of x_i alone, and d must be a sum of one-dimensional functions.
 */
export function judgeCoordinateSmooth(subject: AuditSubject): ReturnType<typeof judgeConstant> {
  const { problem, declared, dimension } = subject;
  const { smooth } = problem;
  const constants = [smooth.coordinateLipschitz?.bind(smooth)];
  return judgeConstant({
    ...optional('declared', declared.coordinateLipschitz && Array.from(declared.coordinateLipschitz)),
    ...optional('computed', perCoordinate(dimension, constants)),
    ...search(subject, [smoothTarget(subject)], constants),
    symbol: 'L_i',
  });
}

/** Assumption 2(c): the same for the gradient of every r_k. */
export function judgeCoordinateComponents(subject: AuditSubject): ReturnType<typeof judgeConstant> {
  const { problem, declared, dimension } = subject;
  const constants = problem.functions.map(({ smooth }) => smooth?.coordinateLipschitz?.bind(smooth));
  return judgeConstant({
    ...optional('declared', declared.coordinateLipschitz && Array.from(declared.coordinateLipschitz)),
    ...optional('computed', perCoordinate(dimension, constants)),
    ...search(subject, componentTargets(subject), constants),
    symbol: 'L_i',
  });
}

/** L_i of every part with certified ones. */
type Constants = readonly (((index: number) => number) | undefined)[];

/** The largest constant of each coordinate, when every part has them. */
function perCoordinate(dimension: number, constants: Constants): number[] | undefined {
  const certified = constants.filter((constant) => constant !== undefined);
  if (certified.length < constants.length) return undefined;
  return Array.from({ length: dimension }, (_, i) => Math.max(...certified.map((constant) => constant(i))));
}

function search(
  subject: AuditSubject,
  targets: readonly Target[],
  certified: Constants,
): Pick<ConstantEvidence, 'searched' | 'cases' | 'unbounded' | 'witness'> {
  const { dimension, plan } = subject;
  if (plan.points === 0) return { cases: 0 };
  const worst: { secant: CoordinateSecant; relation: Relation }[] = [];
  let cases = 0;
  for (const [j, { relation, points }] of targets.entries()) {
    const stream = searchStream(subject, `${relation.part} by coordinate`);
    const found = searchCoordinateSecants(relation, points(), stream, certified[j] !== undefined);
    cases += found.pairs;
    const unbounded = unboundedWitness(relation, found);
    if (unbounded) return { cases, unbounded };
    found.worst.forEach((secant, i) => {
      if (secant && !(secant.ratio <= (worst[i]?.secant.ratio ?? -1))) worst[i] = { secant, relation };
    });
  }
  return {
    cases,
    searched: Array.from({ length: dimension }, (_, i) => worst[i]?.secant.ratio ?? 0),
    witness: (i) => pairWitness(worst[i]!.relation, worst[i]!.secant),
  };
}

function unboundedWitness(relation: Relation, { cross, growth }: CoordinateFindings): Witness | undefined {
  const { part, iterative } = relation;
  const equality = iterative ? 'to within the accuracy of the prox ' : '';
  if (growth) {
    const shown = growth.ratios.filter(Number.isFinite).slice(-4).map(formatNumber).join(', ');
    const i = growth.last.coordinate + 1;
    return {
      ...pairWitness(relation, growth.last),
      explanation: `no L_${i} serves ${part}: |∇${part}(x)_${i} − ∇${part}(y)_${i}|/|x_${i} − y_${i}| grows without end for points ever farther out: …, ${shown}`,
    };
  }
  if (cross === undefined) return undefined;
  const { x, y, coordinate, difference, samePoint } = cross;
  const i = coordinate + 1;
  return {
    part,
    x: Array.from(x),
    y: Array.from(y),
    measured: Infinity,
    explanation: samePoint
      ? `${part} is not differentiable at ${formatPoint('x', x)}: it has two subgradients, ${formatNumber(difference)} apart in coordinate ${i}`
      : `${part} is not separable: no L_${i} serves it, |∇${part}(x)_${i} − ∇${part}(y)_${i}| = ${formatNumber(difference)} though ${equality}x_${i} = y_${i}, at ${formatPair(x, y)}`,
  };
}

function pairWitness({ part }: Relation, { x, y, coordinate, ratio }: CoordinateSecant): Witness {
  const i = coordinate + 1;
  return {
    part,
    x: Array.from(x),
    y: Array.from(y),
    measured: ratio,
    explanation: `|∇${part}(x)_${i} − ∇${part}(y)_${i}|/|x_${i} − y_${i}| = ${formatNumber(ratio)} at ${formatPair(x, y)}`,
  };
}

/** Two points with the ratio |g(x)_i − g(y)_i|/|x_i − y_i| of one coordinate. */
interface CoordinateSecant {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly coordinate: number;
  /** Lower bound, with rounding subtracted; Infinity if x_i = y_i and the images differ there, NaN after an overflow. */
  readonly ratio: number;
  /** |g(x)_i − g(y)_i|. */
  readonly difference: number;
  /** True when x and y are one point up to rounding. */
  readonly samePoint: boolean;
}

interface CoordinateFindings {
  /** The largest ratio of each searched coordinate, at its index. */
  readonly worst: readonly (CoordinateSecant | undefined)[];
  /** A pair with x_i = y_i and different images: no L_i serves. */
  readonly cross?: CoordinateSecant;
  /** Ratios of one coordinate at growing or shrinking scales that do not level off. */
  readonly growth?: { readonly ratios: readonly number[]; readonly last: CoordinateSecant };
  readonly pairs: number;
}

const distances = [1, 2 ** -6, 2 ** -16];
/** Largest number of coordinates to change one at a time from each base point. */
const axesAtOnce = 4;
/** Relative size, to the largest entry, below which a difference of images counts as rounding. */
const rounding = 2 ** -36;
/** Largest dimension in which the pair of every coordinate is improved by local search. */
const largestClimb = 16;

/**
 * Looks for pairs that break |g(x)_i − g(y)_i| ≤ L_i|x_i − y_i| for some i, changing one coordinate at a time: the changed one
 * gives its ratio, and every other has x_i = y_i, so that its image may not change at all. Stops at the first pair of the second kind.
 * Growth far out is searched only if no constants are certified. The arguments of a prox are also moved in other directions, along which
 * kinks between coordinates keep its value in place.
 */
function searchCoordinateSecants(
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
    /** The difference of a gradient that would be a record, minus its rounding. */
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
