import type { MiniBatch } from '../problem/mini-batch.js';
import type { Problem, ProblemAtStep } from '../problem/problem.js';
import type { RunOptions, StepOptions } from './algorithm.js';
import { type IterationFactory, requirePoint, runAlgorithm } from './iteration.js';
import type { ZeroRule } from './one-bit-codec.js';
import { scaledSign } from './scaled-sign.js';
import { signRule } from './sign.js';
import { miniBatchMapping, stochasticGradientMapping } from './stochastic-mapping.js';

/** An iterate with what its messages have left out so far. */
export interface ErrorFeedbackState {
  /** x^t. */
  readonly x: Float64Array;
  /** e^t, with e⁰ = 0. */
  readonly error: Float64Array;
}

/** Sends C(m): x − C(m) goes to `out`, and m − C(m) takes the place of m. */
export function sendScaledSign(x: Float64Array, message: Float64Array, zero: ZeroRule, out: Float64Array): void {
  scaledSign(message, zero, out);
  for (let i = 0; i < x.length; i++) {
    message[i]! -= out[i]!;
    out[i] = x[i]! - out[i]!;
  }
}

/** One iteration: reads x^{t−1}, writes x^t to `out` (another array) and e^t in place of e^{t−1}. Allocates nothing. */
type ErrorFeedbackIteration = (x: Float64Array, error: Float64Array, batch: MiniBatch, out: Float64Array) => void;

function errorFeedback(problem: ProblemAtStep, dimension: number, options: StepOptions): ErrorFeedbackIteration {
  const { step } = problem;
  const zero = signRule(options);
  const literal = options.form === 'literal';
  const direction = new Float64Array(dimension);
  return (x, error, batch, out) => {
    if (literal) miniBatchMapping(problem, batch, x, direction);
    else stochasticGradientMapping(problem, batch, x, direction);
    for (let i = 0; i < dimension; i++) {
      error[i]! += literal ? x[i]! - direction[i]! : step * direction[i]!;
    }
    sendScaledSign(x, error, zero, out);
  };
}

/**
 * signProx with error feedback. What C(m) = (‖m‖₁/n) sgn m, n bits and one number, leaves out of m is added to the next message: with e⁰ = 0,
 *
 *     m = e^{t−1} + γĜ(x^{t−1}),   x^t = x^{t−1} − C(m),   e^t = m − C(m).
 *
 * y = x − e moves by −γĜ(x), as SPGM does; for n = 1, C(m) = m and it is SPGM. `residual` (default) computes Ĝ(x) = (x − P̂(x))/γ without the
 * cancellation of that difference; `literal` adds x − P̂(x) as printed. The error is kept by what a call of the factory returns, which is for one run.
 */
export const errorFeedbackSignProx: IterationFactory = (problem, dimension, options) => {
  const iterate = errorFeedback(problem, dimension, options);
  const error = new Float64Array(dimension);
  return (x, batch, out) => iterate(x, error, batch, out);
};

/**
 * One step of signProx with error feedback: x − C(m) and m − C(m) for m = e + γĜ(x), C(m) = (‖m‖₁/n) sgn m.
 *
 * @param problem f = d + r_γ at the step γ
 * @param state x and e, of one length; not written to
 * @param batch the components of the mini-batch, or `{ counts }`
 * @param options conventions of the iteration
 * @returns x⁺ and e⁺
 * @throws RangeError unless x and e are finite and of one length
 * @example
 * const problem = parseProblem({
 *   smooth: { type: 'zero' },
 *   functions: [{ type: 'linear', coefficients: [3, -1] }],
 *   probabilities: [1],
 * });
 * const start = { x: Float64Array.of(0, 0), error: Float64Array.of(0, 0) };
 * const { x, error } = errorFeedbackStep(problem.at(0.5), start, [0]);
 * assert.deepEqual([x, error], [Float64Array.of(-1, 1), Float64Array.of(0.5, 0.5)]);
 */
export function errorFeedbackStep(
  problem: ProblemAtStep,
  state: ErrorFeedbackState,
  batch: MiniBatch,
  options: StepOptions = {},
): ErrorFeedbackState {
  requirePoint('x', state.x);
  requirePoint('error', state.error);
  const dimension = state.x.length;
  if (state.error.length !== dimension) {
    throw new RangeError(`error must have length ${dimension}, got ${state.error.length}`);
  }
  const [x, error] = [new Float64Array(dimension), state.error.slice()];
  errorFeedback(problem, dimension, options)(state.x, error, batch, x);
  return { x, error };
}

/**
 * T steps of signProx with error feedback, from e⁰ = 0; see `runAlgorithm`.
 *
 * @param problem f = d + r_γ for any step
 * @param start x⁰, not written to
 * @param options γ, T, mini-batches and conventions
 * @returns x_T
 * @throws RangeError that names the option, its value and the allowed range
 * @example
 * const problem = parseProblem({
 *   smooth: { type: 'zero' },
 *   functions: [{ type: 'linear', coefficients: [3, -1] }],
 *   probabilities: [1],
 * });
 * const run = { step: 0.5, iterations: 2, miniBatch: 1, seed: '1' };
 * assert.deepEqual(runErrorFeedbackSignProx(problem, Float64Array.of(0, 0), run), Float64Array.of(-2, 1));
 */
export function runErrorFeedbackSignProx(problem: Problem, start: Float64Array, options: RunOptions): Float64Array {
  return runAlgorithm(errorFeedbackSignProx, problem, start, options);
}
