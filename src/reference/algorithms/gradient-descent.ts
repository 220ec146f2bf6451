import { gradientOracle } from '../problem/gradients.js';
import type { Problem, ProblemAtStep } from '../problem/problem.js';
import type { RunOptions } from './algorithm.js';
import { type IterationFactory, runAlgorithm, takeStep } from './iteration.js';

/**
 * Gradient descent, equation (2):
 *
 *     x^t = x^{t−1} − γ∇f(x^{t−1}),   f = d + Σ θ_k r_k, every r_k differentiable.
 *
 * The mini-batch is ignored.
 */
export const gradientDescent: IterationFactory = ({ problem, step }, dimension) => {
  const oracle = gradientOracle(problem, dimension);
  return (x, _batch, out) => {
    oracle.full(x, out);
    for (let i = 0; i < dimension; i++) out[i] = x[i]! - step * out[i]!;
  };
};

/** One step of gradient descent; see `takeStep`. */
export function gradientDescentStep(problem: ProblemAtStep, x: Float64Array, out?: Float64Array): Float64Array {
  return takeStep(gradientDescent, problem, x, [], {}, out);
}

/**
 * T steps of gradient descent; see `runAlgorithm`.
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
 * assert.equal(runGradientDescent(problem, Float64Array.of(3), { step: 0.25, iterations: 4 })[0], 2);
 */
export function runGradientDescent(
  problem: Problem,
  start: Float64Array,
  options: Pick<RunOptions, 'step' | 'iterations' | 'observer'>,
): Float64Array {
  return runAlgorithm(gradientDescent, problem, start, { ...options, miniBatch: 1, indices: () => {} });
}
