import type { RowFinding } from '../../src/library/claims.js';
import { latticeLeft, type SignLaw } from '../../src/library/exact.js';
import { voteOf } from '../majority-vote/vote-coefficients.js';

/** Beyond, the tail is below 10⁻¹⁵. */
const farthest = 8;

/**
 * P[Z < −z] of a standard normal Z for z ≥ 0, as ½ − φ(z)(z + z³/3 + z⁵/(3 · 5) + …). The terms are positive, so that the sum is off by few roundings; the error function
 * of simple-statistics is off by 10⁻⁷, too much for a law that is followed over thousands of steps.
 */
export function normalTail(z: number): number {
  if (z >= farthest) return 0;
  let [term, sum] = [z, z];
  for (let k = 3; term > sum * 2 ** -60; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return Math.max(0, 1 / 2 - (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI));
}

/** Its absolute error: fewer than 2⁹ terms, each of as many roundings as it has factors, of a number below ½. */
export const normalTailError = 2 ** -42;

/** A symmetric law, of variance 1 where it has one. */
export interface UnitNoise {
  readonly name: string;
  /** P[e < −z] for z > 0. */
  tail(z: number): number;
  /** What a tail in doubles may be off by. */
  readonly tailError: number;
}

const tailError = 2 ** -50;

export const uniform: UnitNoise = {
  name: 'uniform',
  tail: (z) => Math.max(0, (1 - z / Math.sqrt(3)) / 2),
  tailError,
};

export const normal: UnitNoise = { name: 'normal', tail: normalTail, tailError: normalTailError };

export const laplace: UnitNoise = { name: 'Laplace', tail: (z) => Math.exp(-Math.SQRT2 * z) / 2, tailError };

/** Without a variance. */
export const cauchy: UnitNoise = { name: 'Cauchy', tail: (z) => Math.atan2(1, z) / Math.PI, tailError };

/** ±1, which is not unimodal: where |G| < σ the sign is a fair coin. */
export const bimodal: UnitNoise = { name: 'bimodal', tail: (z) => (z < 1 ? 1 / 2 : 0), tailError };

/** One coordinate of a problem, by G, and the additive noise of its Ĝ_i. */
export interface NoisyCoordinate {
  /** L_i. */
  readonly lipschitz: number;
  /** G_i at x_i for the step γ. */
  mapping(x: number, step: number): number;
  /** f_i(x_i) − f_i*. */
  gap(x: number): number;
  /** √v_i, or the scale of a law without a variance. */
  readonly deviation: number;
  /** x_i⁰ for T iterations at the step γ. */
  start(iterations: number, step: number): number;
}

/** Coordinates that do not interact. */
export interface NoisyProblem {
  readonly name: string;
  readonly coordinates: readonly NoisyCoordinate[];
}

/** What is known of one coordinate at one point. */
export interface AtPoint {
  /** |G_i|. */
  readonly size: number;
  /** √v_i. */
  readonly deviation: number;
  /** E[s_i] sgn G_i of one worker. */
  readonly margin: number;
}

/** signProx from x⁰ under additive noise, the same at every x: the law of the sign follows from the tail of the noise. */
export interface AdditiveRun {
  readonly problem: NoisyProblem;
  readonly noise: UnitNoise;
  readonly iterations: number;
  readonly step: number;
  /** M, an odd number of workers with noise of their own; default: 1. */
  readonly workers?: number;
  /** The law of the sign that moves x_i, from that of one worker's; default: that of the vote of the workers. */
  decided?(law: SignLaw): SignLaw;
  /** What is summed over the coordinates and averaged over the iterations, at most |G_i|. */
  term(point: AtPoint): number;
}

/** What a term may be off by, in units of the largest |G_i| on the way: tails and margins of votes are known to fewer digits than G. */
const termError = 2 ** -34;

/** An enclosure of (1/T) Σ_t E Σ_i term, from the law of each coordinate on x_i⁰ + γZ; sgn(0) is a fair coin. */
export function additiveLeft(run: AdditiveRun): readonly [number, number] {
  const enclosures = run.problem.coordinates.map((coordinate) => coordinateLeft(coordinate, run));
  const lower = enclosures.reduce((sum, [end]) => sum + end, 0);
  const upper = enclosures.reduce((sum, [, end]) => sum + end, 0);
  return [lower * (1 - 2 ** -50), upper * (1 + 2 ** -50)];
}

function coordinateLeft(
  { mapping, deviation, start }: NoisyCoordinate,
  { noise, iterations, step, workers = 1, decided, term }: AdditiveRun,
): readonly [number, number] {
  const first = start(iterations, step);
  const valueAt = (j: number): number => mapping(first + j * step, step);
  const wrongAt = (value: number): number => (value === 0 ? 1 / 2 : noise.tail(Math.abs(value) / deviation));
  const vote = decided ?? (workers === 1 ? (law) => law : voteOf(workers));
  // A slope has the same G at many points, and the law of a vote is a sum.
  const lawOf = byNumber((value): SignLaw => {
    const wrong = wrongAt(value);
    const [positive, negative] = value >= 0 ? [1 - wrong, wrong] : [wrong, 1 - wrong];
    return vote({ positive, negative, tie: 0, uncertain: noise.tailError });
  });
  const termOf = byNumber((value) => term({ size: Math.abs(value), deviation, margin: 1 - 2 * wrongAt(value) }));
  const largest = Math.max(1, Math.abs(valueAt(-iterations)), Math.abs(valueAt(iterations)));
  return latticeLeft(
    { term: (j) => termOf(valueAt(j)), termError: termError * largest, law: (j) => lawOf(valueAt(j)) },
    iterations,
    'zero',
  );
}

/** `make`, which computes nothing twice. */
function byNumber<Value>(make: (key: number) => Value): (key: number) => Value {
  const known = new Map<number, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

/** Δ, ‖L‖₁ and Σ√v_i of the run. */
export function constantsOf({ problem: { coordinates }, iterations, step }: Omit<AdditiveRun, 'term'>) {
  const total = (of: (coordinate: NoisyCoordinate) => number): number =>
    coordinates.reduce((sum, coordinate) => sum + of(coordinate), 0);
  return {
    gap: total(({ gap, start }) => gap(start(iterations, step))),
    lipschitz: total(({ lipschitz }) => lipschitz),
    deviation: total(({ deviation }) => deviation),
  };
}

/** Δ/(γT) + γ‖L‖₁, the bound of the lemma of margins. */
export function marginBound(run: Omit<AdditiveRun, 'term'>): number {
  const { gap, lipschitz } = constantsOf(run);
  return gap / (run.step * run.iterations) + run.step * lipschitz;
}

/** The left side of the run against a bound. */
export function additiveRow(run: AdditiveRun, bound: number): RowFinding {
  const [lower, upper] = additiveLeft(run);
  const { problem, noise, iterations, step, workers } = run;
  const { gap, lipschitz, deviation } = constantsOf(run);
  const voters = workers === undefined ? '' : `, M = ${workers}`;
  return {
    ...{ instance: `${problem.name}, ${noise.name} noise${voters}`, iterations, step, miniBatch: 1, replicates: 1 },
    ...{ engine: 'lattice', left: lower + (upper - lower) / 2, leftInterval: [lower, upper], bound },
    verdict: upper <= bound ? 'holds' : lower > bound ? 'violated' : 'inconclusive',
    reason: `the left side is enclosed to within ${(upper - lower).toExponential(1)}`,
    constants: { sigma: deviation, gapUpper: gap, L: lipschitz },
  };
}

/** A coordinate before its noise and x⁰. */
export type Plain = Omit<NoisyCoordinate, 'deviation' | 'start'>;

/** d = ½x², r = 0: G = x. */
export const parabola: Plain = { lipschitz: 1, mapping: (x) => x, gap: (x) => x ** 2 / 2 };

/** d = 1 − cos x, not convex. */
export const cosine: Plain = { lipschitz: 1, mapping: Math.sin, gap: (x) => 2 * Math.sin(x / 2) ** 2 };

/** d = Huber of curvature 1 and the slope. */
export const huber = (slope: number): Plain => ({
  lipschitz: 1,
  mapping: (x) => Math.max(-slope, Math.min(slope, x)),
  gap: (x) => (Math.abs(x) <= slope ? x ** 2 / 2 : slope * Math.abs(x) - slope ** 2 / 2),
});

/** x⁰ on a point of (½ + Z)γ, so that no G on the way is 0. */
export const near =
  (place: number) =>
  (_iterations: number, step: number): number =>
    (Math.round(place / step) + 1 / 2) * step;

/** A problem of one coordinate. */
export const single = (name: string, coordinate: NoisyCoordinate): NoisyProblem => ({
  name,
  coordinates: [coordinate],
});
