import type { ProblemAtStep } from '../../../reference/problem/problem.js';
import { keyedStream, streamKey } from '../../../reference/sampling/keyed-stream.js';
import type { Theorem } from '../../theorem/theorem.js';
import { type OwnAlgorithm, ownIteration } from '../../theorem/theorem-algorithm.js';
import { NoModelError } from '../../theorem/theorem-fields.js';
import type { Weights } from './momentum-steps.js';
import { dimensions, type TrialCount } from './own-algorithm.js';
import { scheduleFor, unitOf } from './read-theorem.js';

/** A run of a program on gradients that belong to no function. */
interface LongTrial {
  readonly iterations: number;
  /** How many of them are compared. */
  readonly compared: number;
  readonly dimension: number;
  readonly lipschitz: number;
  /** Lengths of x⁰ and of the gradients divided by L. */
  readonly units: readonly [number, number];
  readonly miniBatch: number;
}

/** What the formula is made of: ∇f(x), ĝ(x), Ĝ(x) and P̂(x), G(x) and P(x), or s(x). */
export type Answers =
  | 'gradients'
  | 'stochastic gradients'
  | 'proximal steps'
  | 'proximal gradient steps'
  | 'subgradients';

/** T at which the first steps are compared: small ones, powers of 2 and of 10, and neighbours of these. */
const comparedAt = [
  ...[1, 2, 3, 4, 5, 7, 9, 16, 20, 33, 50, 64, 100, 257, 1000, 4096, 10_001, 100_000, 2 ** 17],
  ...[1_000_000, 2 ** 24, 123_456_789, 2 ** 30 + 1, 2 ** 35, 1e11, 2 ** 40],
];
const firstSteps = 64;
/** Whole runs, of which the longest takes less than a second. */
const wholeRuns = [
  [1000, 3],
  [1_000_000, 1],
] as const;
/** Draws of a run in all. */
const mostDraws = 2 ** 20;

/**
 * Compares a program with a formula: its first 64 steps at T up to 2⁴⁰, and whole runs of up to 10⁶ steps; with the steps and the parameters of the schedule.
 *
 * @param weightsAt the weights of the formula at T
 * @param iterations the T that are proved; every T if left out
 * @throws NoModelError where they differ
 */
export function compareLong(
  theorem: Theorem & { readonly algorithm: OwnAlgorithm },
  weightsAt: (iterations: number) => Weights | undefined,
  {
    answers,
    iterations,
    trials,
  }: { readonly answers: Answers; readonly iterations?: readonly number[]; readonly trials: TrialCount },
): void {
  const random = keyedStream(streamKey('1', 'long trials of an own algorithm', 1, 0));
  const exponent = (most: number) => Math.round((2 * random() - 1) * most);
  const drawn = (T: number, compared: number, dimension: number, batch: number): LongTrial => {
    const unit = exponent(24);
    const other = Math.max(-24, Math.min(24, unit + exponent(12)));
    const [lipschitz, units] = [2 ** exponent(24), [2 ** unit, 2 ** other] as const];
    return { iterations: T, compared, dimension, lipschitz, units, miniBatch: batch };
  };
  const planned: LongTrial[] = [];
  for (const T of iterations ?? comparedAt.filter((each) => each >= (theorem.from ?? 1))) {
    const { miniBatch } = scheduleFor(theorem, T, 1);
    const steps = Math.min(T, firstSteps);
    for (let k = 0; k < 3; k++) {
      const dimension = dimensions[Math.floor(random() * dimensions.length)]!;
      planned.push(drawn(T, steps, dimension, Math.min(miniBatch, 16)));
    }
    if (miniBatch > 1000) planned.push(drawn(T, Math.min(T, 2), 2, Math.min(miniBatch, mostDraws)));
  }
  const whole =
    iterations === undefined ? wholeRuns : iterations.filter((T) => T > firstSteps).map((T) => [T, 1] as const);
  for (const [T, dimension] of whole) {
    const { miniBatch } = scheduleFor(theorem, T, 1);
    planned.push(drawn(T, T, dimension, Math.max(1, Math.min(miniBatch, Math.floor(mostDraws / T)))));
  }
  for (const trial of planned) {
    const weights = weightsAt(trial.iterations);
    if (weights === undefined) continue;
    trials.count++;
    compareOnce(theorem, weights, answers, trial);
  }
}

/** Relative to the largest of what is added up. */
const rounding = 2 ** -40;

/** The same point, up to the rounding of what is as large as it, or has a given size. */
function isSame(at: Float64Array, x: Float64Array, least = 0): boolean {
  if (at.length !== x.length) return false;
  let [size, difference] = [least, 0];
  for (let i = 0; i < x.length; i++) {
    size = Math.max(size, Math.abs(x[i]!));
    difference = Math.max(difference, Math.abs(at[i]! - x[i]!));
  }
  return difference <= rounding * size;
}

/** Up to this many the iterations of a run each get gradients of their own. */
const keptGradients = 4096;

function compareOnce(
  theorem: Theorem & { readonly algorithm: OwnAlgorithm },
  { step: a, newestWeight: α, firstWeight: c, ahead }: Weights,
  answers: Answers,
  { iterations, compared, dimension, lipschitz, units, miniBatch }: LongTrial,
): void {
  const { algorithm } = theorem;
  const { step, parameters = {} } = scheduleFor(theorem, iterations, lipschitz);
  const random = keyedStream(streamKey('1', 'gradients of a long trial', iterations, dimension));
  const vector = (size: number) => Float64Array.from({ length: dimension }, () => size * (2 * random() - 1));
  let x: Float64Array = vector(units[0]);
  const gradients = Array.from({ length: Math.min(compared, keptGradients) }, (_, k) =>
    vector(k % 17 === 16 ? 0 : lipschitz * units[1]),
  );
  const fails = (t: number, what: string) =>
    new NoModelError(
      `${algorithm.name} is another algorithm at T = ${iterations}, L = ${lipschitz}, with ${dimension} coordinates: in iteration ${t + 1} ${what}`,
    );
  const batch = new Int32Array(miniBatch);
  let asked = false;
  let asksAt = x;
  /** How large the parts of the last step were, where y is made of them. */
  let reached = 0;
  let t = 0;
  const answer = (at: Float64Array, out: Float64Array = new Float64Array(dimension)) => {
    if (!isSame(at, asksAt, reached)) throw fails(t, 'it asks for the gradient at another point');
    // Each step is compared, and not what rounding has added up.
    if (ahead !== undefined) asksAt = at.slice();
    asked = true;
    out.set(gradients[t % keptGradients]!);
    return out;
  };
  const ofBatch: ProblemAtStep['stochasticGradient'] = (taken, at, out) => {
    if ('counts' in taken || taken.length !== batch.length || batch.some((k, i) => k !== taken[i]))
      throw fails(t, 'it takes another mini-batch');
    return answer(at, out);
  };
  const movedBack = (at: Float64Array, g: Float64Array, out: Float64Array = new Float64Array(dimension)) => {
    for (let i = 0; i < dimension; i++) out[i] = at[i]! - step * g[i]!;
    return out;
  };
  const oracles: Partial<ProblemAtStep> = {
    step,
    ...(answers === 'gradients' && { gradient: answer }),
    ...(answers === 'subgradients' && { subgradient: answer }),
    ...(answers === 'proximal gradient steps' && {
      gradientMapping: answer,
      mean: (at, out) => movedBack(at, answer(at), out),
    }),
    ...(answers === 'stochastic gradients' && { stochasticGradient: ofBatch }),
    ...(answers === 'proximal steps' && {
      stochasticGradientMapping: ofBatch,
      miniBatch: (taken, at, out) => movedBack(at, ofBatch(taken, at), out),
    }),
  };
  const problem = new Proxy(oracles as ProblemAtStep, {
    get(target, name) {
      if (name in target) return Reflect.get(target, name);
      throw fails(t, `it asks for problem.${String(name)}`);
    },
  });
  const noNumbers = () => {
    throw fails(t, 'it draws random numbers');
  };
  // Without an L the step is γ whatever the sizes are.
  const factor = unitOf(theorem) === 'step' ? a : a / lipschitz;
  let state = algorithm.start?.(x.slice());
  const mean = new Float64Array(dimension);
  /** y − x. */
  const way = new Float64Array(dimension);
  for (; t < compared; t++) {
    // Every other mini-batch has its components twice.
    for (let k = 0; k < miniBatch; k++) batch[k] = t * miniBatch + (k >> (t & 1));
    asked = false;
    asksAt = ahead === undefined ? x : x.map((entry, i) => entry + way[i]!);
    const next = ownIteration(algorithm, {
      ...{ problem, step, x: x.slice(), state, parameters, batch: batch.slice(), random: noNumbers },
    });
    if (!asked) throw fails(t, 'it asks for no gradient');
    const g = gradients[t % keptGradients]!;
    const { moved, kept: p, newest: q } = ahead?.(t) ?? { moved: 0, kept: 0, newest: 0 };
    const [kept, newest] = t === 0 ? [0, c] : [1 - α, α];
    let [size, difference] = [0, 0];
    for (let i = 0; i < dimension; i++) {
      const before = mean[i]!;
      mean[i] = kept * before + newest * g[i]!;
      size = Math.max(
        size,
        Math.abs(x[i]!),
        Math.abs(asksAt[i]!),
        factor * Math.abs(before),
        factor * newest * Math.abs(g[i]!),
      );
      difference = Math.max(
        difference,
        Math.abs(next.x[i]! - (x[i]! + moved * (asksAt[i]! - x[i]!) - factor * mean[i]!)),
      );
    }
    if (!(difference <= rounding * size)) throw fails(t, 'it takes another step');
    if (ahead !== undefined) {
      for (let i = 0; i < dimension; i++) way[i] = p * (asksAt[i]! - x[i]!) - q * factor * g[i]!;
      reached = size;
    }
    ({ x, state } = next);
  }
}
