import TinyQueue from 'tinyqueue';
import {
  byCoordinate,
  type Component,
  coordinateComponents,
  keyOf,
  occurring,
  type ProblemTerms,
} from './distinct-coordinates.js';
import type { Interval } from './interval.js';
import { quadraticPart } from './quadratic-part.js';

/** K nondecreasing functions τ_1 … τ_K of one real variable, known by their values and by their limits at ±∞. */
export interface MonotoneFamily {
  readonly size: number;
  /** Closure of the range of τ_k. */
  readonly range: (index: number) => readonly [number, number];
  /** Certified [lower, upper] of τ_k(y) for every k, written into `low` and `high`. */
  enclose(y: number, low: Float64Array, high: Float64Array): void;
}

/** The objective: a function of (τ_1 … τ_K) with an upper bound on boxes. */
export interface BoxBound {
  /** The function at one point. */
  at(values: Float64Array): number;
  /** An upper bound of the function over the box low ≤ τ ≤ high. */
  over(low: Float64Array, high: Float64Array): number;
}

interface Box {
  /** An upper bound of the function over the cell. */
  readonly bound: number;
  readonly from: number;
  readonly to: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

const RELATIVE_WIDTH = 2 ** -14;
const LARGEST_CELLS = 2048;

/**
 * sup over y ∈ R, enclosed, by best-first bisection of the extended line: on [a, b] the values lie in the box
 * [τ(a), τ(b)], beyond the last point in the box up to the limits. Ends when the enclosure is 2⁻¹⁴ wide, relatively, or
 * after 2048 cells; it is certified either way. +∞ above when a range that matters is unbounded.
 */
export function supremumOverLine(family: MonotoneFamily, bound: BoxBound): Interval {
  const { size } = family;
  const cells = new TinyQueue<Box>([], (a, b) => (a.bound > b.bound ? -1 : 1));
  const push = (from: number, to: number, low: Float64Array, high: Float64Array) => {
    const most = bound.over(low, high);
    // NaN after an overflow: nothing is known there, and a queue of NaN has no order.
    cells.push({ bound: Number.isNaN(most) ? Infinity : most, from, to, low, high });
  };
  const end = (side: 0 | 1) => Float64Array.from({ length: size }, (_, k) => family.range(k)[side]);
  push(-Infinity, Infinity, end(0), end(1));
  let lower = 0;
  for (let count = 0; ; count++) {
    const cell = cells.pop()!;
    const upper = Math.max(cell.bound, lower);
    if (upper - lower <= RELATIVE_WIDTH * lower || count === LARGEST_CELLS) return { lower, upper };
    const middle = split(cell.from, cell.to);
    const low = new Float64Array(size);
    const high = new Float64Array(size);
    family.enclose(middle, low, high);
    lower = Math.max(lower, bound.at(low));
    push(cell.from, middle, cell.low, high);
    push(middle, cell.to, low, cell.high);
  }
}

/** The midpoint, or a point twice as far out on an unbounded side. */
function split(from: number, to: number): number {
  if (from === -Infinity) return to === Infinity ? 0 : 2 * to - 1;
  return to === Infinity ? 2 * from + 1 : from + (to - from) / 2;
}

/** Constants of Assumptions 1(d) and 2(d); a field is absent when it is infinite or not certified. */
export interface NoiseConstants {
  readonly sigma?: number;
  readonly coordinateSigma?: Float64Array;
  readonly attainedSigma?: Float64Array;
  readonly sigmaExact?: boolean;
  readonly deviation?: number;
}

/** sup over y of one coordinate. */
interface CoordinateNoise {
  readonly sigma: number;
  readonly attained: number;
  /** sup |τ_k − Σθ_jτ_j| for each occurring component. */
  readonly deviations: readonly number[];
  readonly exact: boolean;
}

/** Relative error allowed for a divided residual that is accurate to a few units in the last place. */
const ROUNDING = 2 ** -48;

/**
 * σ, σ_i and the almost-sure bound S of P_k(x) − P(x) = γ(Στ_jθ_j − τ_k)(y), τ_k = ρ_k/γ, y = x − γ∇d(x), whatever d is. The
 * suprema run over all y. Exact (to rounding) where P_k − P does not depend on x: linear r_k, quadratics of one curvature, one
 * component. Else an upper end within 0.1 % per coordinate, from two facts only: τ_k less its quadratic part is nondecreasing,
 * and its range is known. Where a supremum is attained all along an interval, as of two Huber functions that are shifted against
 * each other, these facts leave more, some per cent: `attainedSigma` says how much. Quadratic parts of different curvature make σ
 * infinite; then, and where a range is unbounded or an r_k is not separable, the fields are absent, so that nobody can mistake an
 * infinite bound for one that holds.
 *
 * @param step γ > 0; or 0 for the limit γ → 0, in which τ_k = ∇r_k: the constants of the fixed objective d + Σθ_kr_k, for
 *   differentiable r_k
 */
export function noiseConstants(terms: ProblemTerms, step: number, dimension: number): NoiseConstants {
  const components = occurring(terms);
  const [first, ...rest] = components.map((component) => keyOf([{ ...component, probability: 1 }]));
  if (rest.every((key) => key === first)) {
    const none = new Float64Array(dimension);
    return { sigma: 0, coordinateSigma: none, attainedSigma: none, sigmaExact: true, deviation: 0 };
  }
  if (components.some(({ function: fn }) => fn.coordinate === undefined)) return {};
  if (step === 0 && components.some(({ function: fn }) => fn.gradient === undefined)) return {};
  const noises = byCoordinate(
    dimension,
    (i) => {
      const parts = coordinateComponents(components, i);
      return { key: keyOf(parts), parts };
    },
    (parts) => coordinateNoise(parts, step),
  );
  const certified = noises.filter((noise) => noise !== undefined);
  if (certified.length < dimension) return {};
  const norm = (entry: (noise: CoordinateNoise) => number) =>
    Math.sqrt(certified.reduce((sum, noise) => sum + entry(noise) * entry(noise), 0));
  const sigma = norm((noise) => noise.sigma);
  const deviation = Math.max(...components.map((_, k) => norm(({ deviations }) => deviations[k]!)));
  // Squares beyond the doubles, and the differences of such: no number that could be certified.
  if (!Number.isFinite(sigma) || !Number.isFinite(deviation)) return {};
  return {
    sigma,
    coordinateSigma: Float64Array.from(certified, (noise) => noise.sigma),
    attainedSigma: Float64Array.from(certified, (noise) => noise.attained),
    sigmaExact: certified.every(({ exact }) => exact),
    deviation,
  };
}

function coordinateNoise(components: readonly Component[], step: number): CoordinateNoise | undefined {
  const parts = components.map(({ function: fn }) => quadraticPart(fn));
  const curvature = parts[0]!.curvature;
  if (parts.some((part) => part.curvature !== curvature || !part.slopes.every(Number.isFinite))) return undefined;
  // With r = (a/2)u² + s: ρ(y)/γ = a·y/(1 + γa) + s′/(1 + γa), so the differences are those of the second term.
  const shrink = 1 + step * curvature;
  const ranges = parts.map(({ slopes: [low, high] }) => [low / shrink, high / shrink] as const);
  const point = new Float64Array(1);
  const image = new Float64Array(1);
  const family: MonotoneFamily = {
    size: components.length,
    range: (k) => ranges[k]!,
    enclose(y, low, high) {
      point[0] = y;
      components.forEach(({ function: fn }, k) => {
        const residual = (step === 0 ? fn.gradient!(point, image) : fn.dividedResidual(point, step, image))[0]!;
        const quadratic = (curvature * y) / shrink;
        const error = Math.max(ROUNDING, fn.accuracy ?? 0) * (Math.abs(residual) + Math.abs(quadratic));
        const [least, largest] = ranges[k]!;
        low[k] = Math.min(Math.max(residual - quadratic - error, least), largest);
        high[k] = Math.max(Math.min(residual - quadratic + error, largest), least);
      });
    },
  };
  const theta = components.map(({ probability }) => probability);
  const variance = supremumOverLine(family, varianceUnder(theta));
  const deviations = theta.map((_, k) => supremumOverLine(family, deviationUnder(theta, k)).upper);
  return {
    sigma: Math.sqrt(variance.upper),
    attained: Math.sqrt(variance.lower),
    deviations,
    exact: ranges.every(([low, high]) => low === high),
  };
}

/** Var_θ(τ) = min_c Σθ_k(τ_k − c)², bounded over a box with c at the mean of its centre. */
function varianceUnder(theta: readonly number[]): BoxBound {
  const over = (low: Float64Array, high: Float64Array) => {
    let center = 0;
    for (let k = 0; k < theta.length; k++) center += (theta[k]! * (low[k]! + high[k]!)) / 2;
    let bound = 0;
    for (let k = 0; k < theta.length; k++) {
      const farthest = Math.max(center - low[k]!, high[k]! - center);
      bound += theta[k]! * farthest * farthest;
    }
    return bound;
  };
  return { at: (values) => over(values, values), over };
}

/** |τ_k − Σθ_jτ_j| = |(1 − θ_k)τ_k − Σ_{j≠k} θ_jτ_j|. */
function deviationUnder(theta: readonly number[], k: number): BoxBound {
  const over = (low: Float64Array, high: Float64Array) => {
    let above = (1 - theta[k]!) * high[k]!;
    let below = (1 - theta[k]!) * low[k]!;
    for (let j = 0; j < theta.length; j++) {
      if (j === k) continue;
      above -= theta[j]! * low[j]!;
      below -= theta[j]! * high[j]!;
    }
    return Math.max(above, -below);
  };
  return { at: (values) => over(values, values), over };
}
