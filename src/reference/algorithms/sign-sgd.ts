import { gradientOracle } from '../problem/gradients.js';
import type { MiniBatch } from '../problem/mini-batch.js';
import type { Problem, ProblemAtStep } from '../problem/problem.js';
import type { RunOptions, StepOptions } from './algorithm.js';
import { type IterationFactory, runAlgorithm, takeStep } from './iteration.js';
import { signOf, signRule } from './sign.js';

/**
 * signSGD, equation (5):
 *
 *     x^t = x^{t−1} − γ sgn(∇f̂(x^{t−1})),
 *
 * with the mini-batch gradient of SGD and an explicit convention for sgn(0).
 */
export const signSgd: IterationFactory = ({ problem, step }, dimension, options) => {
  const oracle = gradientOracle(problem, dimension);
  const { convention, random } = signRule(options);
  return (x, batch, out) => {
    oracle.stochastic(x, batch, out);
    for (let i = 0; i < dimension; i++) out[i] = x[i]! - step * signOf(out[i]!, convention, random);
  };
};

/** One step of signSGD; see `takeStep`. */
export function signSgdStep(
  problem: ProblemAtStep,
  x: Float64Array,
  batch: MiniBatch,
  options?: StepOptions,
  out?: Float64Array,
): Float64Array {
  return takeStep(signSgd, problem, x, batch, options, out);
}

/**
 * T steps of signSGD; see `runAlgorithm`.
 *
 * @param problem f = d + r_γ for any step
 * @param start x⁰, not written to
 * @param options γ, T, mini-batches and conventions
 * @returns x_T
 * @throws RangeError that names the option, its value and the allowed range
 * @example
 * const problem = parseProblem({
 *   smooth: { type: 'zero' },
 *   functions: [{ type: 'linear', coefficients: [1] }],
 *   probabilities: [1],
 * });
 * assert.equal(runSignSgd(problem, Float64Array.of(3), { step: 0.25, iterations: 4, miniBatch: 1, seed: '1' })[0], 2);
 */
export function runSignSgd(problem: Problem, start: Float64Array, options: RunOptions): Float64Array {
  return runAlgorithm(signSgd, problem, start, options);
}
