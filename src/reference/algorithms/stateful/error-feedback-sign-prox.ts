import type { MiniBatch } from '../../problem/mini-batch.js';
import type { Problem, ProblemAtStep } from '../../problem/problem.js';
import type { RunOptions, StepOptions } from '../algorithm.js';
import { runAlgorithm } from '../iteration.js';
import { sendScaledSign } from '../scaled-sign.js';
import { signRule } from '../sign.js';
import { miniBatchMapping, stochasticGradientMapping } from '../stochastic-mapping.js';
import {
  defineAlgorithm,
  forgetting,
  iterationOf,
  requireState,
  type StatefulInput,
  type StatefulPoint,
  writtenFirst,
} from './stateful-algorithm.js';

/** An iterate with what its messages have left out so far. */
export interface ErrorFeedbackState {
  /** x^t. */
  readonly x: Float64Array;
  /** e^t, with e⁰ = 0. */
  readonly error: Float64Array;
}

type Remembered = { readonly error: Float64Array };

/** The update of error feedback; what the message leaves out takes its place. */
function advance({
  x,
  problem,
  step,
  batch,
  memory,
  options,
}: Pick<
  StatefulInput<unknown, Remembered>,
  'x' | 'problem' | 'step' | 'batch' | 'memory' | 'options'
>): StatefulPoint<Remembered> {
  const next = new Float64Array(x.length);
  const error = new Float64Array(x.length);
  const literal = options.form === 'literal';
  if (literal) miniBatchMapping(problem, batch, x, next);
  else stochasticGradientMapping(problem, batch, x, next);
  for (let i = 0; i < x.length; i++) {
    error[i] = (memory?.error[i] ?? 0) + (literal ? x[i]! - next[i]! : step * next[i]!);
  }
  sendScaledSign(x, error, signRule(options), next);
  return { x: next, memory: { error } };
}

/**
 * signProx with error feedback. What C(m) = (‖m‖₁/n) sgn m, n bits and one number, leaves out of m is added to the next message: with e⁰ = 0,
 *
 *     m = e^{t−1} + γĜ(x^{t−1}),   x^t = x^{t−1} − C(m),   e^t = m − C(m).
 *
 * y = x − e moves by −γĜ(x), as SPGM does; for n = 1, C(m) = m and it is SPGM. `residual` (default) computes Ĝ(x) = (x − P̂(x))/γ without the
 * cancellation of that difference; `literal` adds x − P̂(x) as printed.
 */
export const errorFeedbackSignProx = defineAlgorithm<Remembered>()({
  name: 'error-feedback-sign-prox',
  takes: 'proxes',
  parameters: {},
  signs: true,
  update: advance,
  errors: {
    'signs of Ĝ alone: the error is never read': forgetting,
    'the error is written before the message is made of it': writtenFirst,
    'x moves by γ sgn m, whatever the size of m is': (update) => (input) => {
      const { x, memory } = update(input);
      const message = memory.error.map((e, i) => e + input.x[i]! - x[i]!);
      const sent = message.map((m) => input.step * Math.sign(m));
      return { x: input.x.map((value, i) => value - sent[i]!), memory: { error: message.map((m, i) => m - sent[i]!) } };
    },
  },
});

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
  const memory = { error: state.error };
  requireState(state.x, memory);
  const next = advance({ x: state.x, problem, step: problem.step, batch, memory, options });
  return { x: next.x, error: next.memory.error };
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
  return runAlgorithm(iterationOf(errorFeedbackSignProx, {}), problem, start, options);
}
