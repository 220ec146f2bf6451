import { gradientOracle } from '../problem/gradients.js';
import type { MiniBatch } from '../problem/mini-batch.js';
import type { Problem, ProblemAtStep } from '../problem/problem.js';
import type { RunOptions, StepOptions } from './algorithm.js';
import { type IterationFactory, runAlgorithm, takeStep } from './iteration.js';

/**
 * Stochastic gradient descent, equations (3) and (4):
 *
 *     x^t = x^{t−1} − γ∇f̂(x^{t−1}),   ∇f̂(x) = ∇d(x) + (1/B) Σ_b ∇r_{k_b}(x),   k_b ~ θ i.i.d.
 */
export const sgd: IterationFactory = ({ problem, step }, dimension) => {
  const oracle = gradientOracle(problem, dimension);
  return (x, batch, out) => {
    oracle.stochastic(x, batch, out);
    for (let i = 0; i < dimension; i++) out[i] = x[i]! - step * out[i]!;
  };
};

/** One step of SGD; see `takeStep`. */
export function sgdStep(
  problem: ProblemAtStep,
  x: Float64Array,
  batch: MiniBatch,
  options?: StepOptions,
  out?: Float64Array,
): Float64Array {
  return takeStep(sgd, problem, x, batch, options, out);
}

/**
 * T steps of SGD; see `runAlgorithm`.
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
 * assert.equal(runSgd(problem, Float64Array.of(3), { step: 0.25, iterations: 4, miniBatch: 1, seed: '1' })[0], 2);
 */
export function runSgd(problem: Problem, start: Float64Array, options: RunOptions): Float64Array {
  return runAlgorithm(sgd, problem, start, options);
}
