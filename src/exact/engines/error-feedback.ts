import { type Rational, rational, sum } from '../arithmetic/rational.js';
import type { RationalProblemAtStep } from '../problem/rational-problem.js';
import { type SignOfZero, signsOf } from './algorithms.js';

/** The message of a vector m; the rest m − C(m) is kept for the next iteration. */
export type Compressor = (m: readonly Rational[]) => readonly Rational[];

/**
 * C(m) = (‖m‖₁/n) sgn m with a fixed value of sgn(0).
 *
 * @example
 * assert.deepEqual(scaledSigns('zero')([rational(3n), rational(-1n)]).map(toDouble), [2, -2]);
 */
export function scaledSigns(signOfZero: Exclude<SignOfZero, 'random'>): Compressor {
  return (m) => {
    const scale = sum(m.map((entry) => entry.abs())).div(rational(BigInt(m.length)));
    return m.map((entry) => signsOf(entry, signOfZero)[0]!.mul(scale));
  };
}

/** An iterate, and the accumulated error of its messages. */
export interface RationalFeedbackState {
  readonly x: readonly Rational[];
  readonly error: readonly Rational[];
}

/** An iteration, and the message m = e + γĜ(x) that it compressed. */
export interface RationalFeedback extends RationalFeedbackState {
  readonly message: readonly Rational[];
}

/**
 * x⁺ = x − C(m) and e⁺ = m − C(m) for m = e + x − P̂(x), with the mini-batch weights c_k/B.
 *
 * @example
 * const problem = atStep(
 *   rationalProblem({ smooth: { type: 'quadratic', curvature: 1, center: 0 }, functions: [{ type: 'zero' }], probabilities: [1] }, 1),
 *   rational(1n, 2n),
 * );
 * const next = errorFeedbackIteration(problem, [one], { x: [one], error: [two] }, scaledSigns('zero'));
 * assert.deepEqual([...next.message, ...next.x, ...next.error].map(toDouble), [2.5, -1.5, 0]);
 */
export function errorFeedbackIteration(
  problem: RationalProblemAtStep,
  weights: readonly Rational[],
  { x, error }: RationalFeedbackState,
  compress: Compressor,
): RationalFeedback {
  const mean = problem.weightedMean(weights, x);
  const message = error.map((entry, i) => entry.add(x[i]!).sub(mean[i]!));
  const sent = compress(message);
  return {
    message,
    x: x.map((entry, i) => entry.sub(sent[i]!)),
    error: message.map((entry, i) => entry.sub(sent[i]!)),
  };
}
