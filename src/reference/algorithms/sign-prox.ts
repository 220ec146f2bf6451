import type { MiniBatch } from '../problem/mini-batch.js';
import type { Problem, ProblemAtStep } from '../problem/problem.js';
import type { RunOptions, StepOptions } from './algorithm.js';
import { type IterationFactory, runAlgorithm, takeStep } from './iteration.js';
import { signOf, signRule } from './sign.js';
import { miniBatchMapping, stochasticGradientMapping } from './stochastic-mapping.js';

/**
 * signProx, Algorithm 2:
 *
 *     x^t = x^{t−1} − γ sgn(x^{t−1} − P̂(x^{t−1})),
 *
 * with P̂ of Algorithm 1 and an explicit convention for sgn(0). `residual` (default) takes the signs of Ĝ(x) = (x − P̂(x))/γ computed without the
 * cancellation of that difference, and on linear r_k equals signSGD bit for bit; `literal` subtracts as printed and loses the
 * sign where γ|Ĝ_i| is below half a unit in the last place of x_i.
 */
export const signProx: IterationFactory = (problem, dimension, options) => {
  const { step } = problem;
  const { convention, random } = signRule(options);
  if (options.form === 'literal') {
    return (x, batch, out) => {
      miniBatchMapping(problem, batch, x, out);
      for (let i = 0; i < dimension; i++) out[i] = x[i]! - step * signOf(x[i]! - out[i]!, convention, random);
    };
  }
  return (x, batch, out) => {
    stochasticGradientMapping(problem, batch, x, out);
    for (let i = 0; i < dimension; i++) out[i] = x[i]! - step * signOf(out[i]!, convention, random);
  };
};

/** One step of signProx; see `takeStep`. */
export function signProxStep(
  problem: ProblemAtStep,
  x: Float64Array,
  batch: MiniBatch,
  options?: StepOptions,
  out?: Float64Array,
): Float64Array {
  return takeStep(signProx, problem, x, batch, options, out);
}

/**
 * T steps of signProx; see `runAlgorithm`.
 *
 * @param problem f = d + r_γ for any step
 * @param start x⁰, not written to
 * @param options γ, T, mini-batches and conventions
 * @returns x_T
 * @throws RangeError that names the option, its value and the allowed range
 * @example
 * const problem = parseProblem({ smooth: { type: 'zero' }, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] });
 * assert.equal(runSignProx(problem, Float64Array.of(3), { step: 0.25, iterations: 4, miniBatch: 1, seed: '1' })[0], 2);
 */
export function runSignProx(problem: Problem, start: Float64Array, options: RunOptions): Float64Array {
  return runAlgorithm(signProx, problem, start, options);
}
