import type { MiniBatch } from '../problem/mini-batch.js';
import type { Problem, ProblemAtStep } from '../problem/problem.js';
import type { RunOptions, StepOptions } from './algorithm.js';
import { type Iteration, type IterationFactory, requirePoint, runAlgorithm } from './iteration.js';
import { signOf, signRule } from './sign.js';
import { miniBatchMapping, stochasticGradientMapping } from './stochastic-mapping.js';

/** Options of signProx with momentum beside the conventions of signProx. */
export interface MomentumOptions extends StepOptions {
  /** α in (0, 1], the weight of the newest Ĝ(x) in the mean. If a momentum β is given, α = 1 − β. */
  readonly newestWeight: number;
}

/** A run of signProx with momentum. */
export interface MomentumRunOptions extends RunOptions, MomentumOptions {}

/** Where signProx with momentum is after an iteration. */
export interface MomentumState {
  /** x^t. */
  readonly x: Float64Array;
  /** The running mean of Ĝ for its next iteration. */
  readonly mean: Float64Array;
}

/**
 * signProx with momentum, where a running mean of the stochastic gradient mappings replaces a large mini-batch:
 *
 *     m⁰ = Ĝ(x⁰),   m^t = (1 − α)m^{t−1} + αĜ(x^t),   x^{t+1} = x^t − γ sgn m^t,
 *
 * which for r = 0 is Signum. For α = 1 it is signProx bit for bit. In the form `literal` the mean is that of x − P̂(x).
 *
 * @param newestWeight α in (0, 1]
 * @returns an algorithm for `runAlgorithm`, which keeps m between iterations
 * @throws RangeError unless 0 < α ≤ 1
 * @example
 * const problem = parseProblem({ smooth: { type: 'zero' }, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] });
 * const options = { step: 0.25, iterations: 4, miniBatch: 1, seed: '1' };
 * assert.equal(runAlgorithm(signProxMomentum(0.5), problem, Float64Array.of(3), options)[0], 2);
 */
export function signProxMomentum(newestWeight: number): IterationFactory {
  requireWeight(newestWeight);
  return (problem, dimension, options) => {
    const mean = new Float64Array(dimension);
    const first = momentumIteration(problem, mean, 1, options);
    const later = momentumIteration(problem, mean, newestWeight, options);
    let iterate = first;
    return (x, batch, out) => {
      iterate(x, batch, out);
      iterate = later;
    };
  };
}

/**
 * One iteration of signProx with momentum; the caller keeps the running mean. The direction of the first iteration is Ĝ(x) itself.
 *
 * @param problem f = d + r_γ at the step γ
 * @param x x^t, not written to
 * @param mean m^{t−1}, not written to; undefined in the first iteration
 * @param batch the components of the mini-batch, or `{ counts }`
 * @param options α, and conventions of the iteration
 * @returns x^{t+1} and m^t
 * @throws RangeError unless x is finite, `mean` of its length and 0 < α ≤ 1
 * @example
 * // d = 0 and r = |·|: Ĝ(3) = 1 whatever is drawn, and m = ¾·(−2) + ¼·1.
 * const problem = parseProblem({ smooth: { type: 'zero' }, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] });
 * const state = signProxMomentumStep(problem.at(0.5), Float64Array.of(3), Float64Array.of(-2), [0], { newestWeight: 0.25 });
 * assert.deepEqual([state.x[0], state.mean[0]], [3.5, -1.25]);
 */
export function signProxMomentumStep(
  problem: ProblemAtStep,
  x: Float64Array,
  mean: Float64Array | undefined,
  batch: MiniBatch,
  { newestWeight, ...options }: MomentumOptions,
): MomentumState {
  requirePoint('x', x);
  requireWeight(newestWeight);
  if (mean !== undefined && mean.length !== x.length) {
    throw new RangeError(`mean must have length ${x.length}, got ${mean.length}`);
  }
  const state = { x: new Float64Array(x.length), mean: mean?.slice() ?? new Float64Array(x.length) };
  momentumIteration(problem, state.mean, mean === undefined ? 1 : newestWeight, options)(x, batch, state.x);
  return state;
}

/**
 * T steps of signProx with momentum; see `runAlgorithm`.
 *
 * @param problem f = d + r_γ for any step
 * @param start x⁰, not written to
 * @param options γ, α, T, mini-batches and conventions
 * @returns x_T
 * @throws RangeError that names the option, its value and the allowed range
 * @example
 * const problem = parseProblem({ smooth: { type: 'zero' }, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] });
 * const options = { step: 0.25, newestWeight: 0.1, iterations: 4, miniBatch: 1, seed: '1' };
 * assert.equal(runSignProxMomentum(problem, Float64Array.of(3), options)[0], 2);
 */
export function runSignProxMomentum(
  problem: Problem,
  start: Float64Array,
  { newestWeight, ...options }: MomentumRunOptions,
): Float64Array {
  return runAlgorithm(signProxMomentum(newestWeight), problem, start, options);
}

/** mean ← (1 − α)·mean + αĜ(x), then x⁺ = x − γ sgn(mean). */
function momentumIteration(
  problem: ProblemAtStep,
  mean: Float64Array,
  newestWeight: number,
  options: StepOptions,
): Iteration {
  const { step } = problem;
  const { convention, random } = signRule(options);
  const literal = options.form === 'literal';
  return (x, batch, out) => {
    if (literal) miniBatchMapping(problem, batch, x, out);
    else stochasticGradientMapping(problem, batch, x, out);
    for (let i = 0; i < mean.length; i++) {
      const newest = literal ? x[i]! - out[i]! : out[i]!;
      mean[i] = (1 - newestWeight) * mean[i]! + newestWeight * newest;
      out[i] = x[i]! - step * signOf(mean[i]!, convention, random);
    }
  };
}

function requireWeight(newestWeight: number): void {
  if (!(newestWeight > 0 && newestWeight <= 1)) {
    throw new RangeError(`newestWeight must lie in (0, 1], got ${newestWeight}`);
  }
}
