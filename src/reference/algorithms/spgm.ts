import type { MiniBatch } from '../problem/mini-batch.js';
import type { Problem, ProblemAtStep } from '../problem/problem.js';
import type { RunOptions, StepOptions } from './algorithm.js';
import { type IterationFactory, runAlgorithm, takeStep } from './iteration.js';
import { miniBatchMapping, stochasticGradientMapping } from './stochastic-mapping.js';

/**
 * The stochastic proximal-gradient method, Algorithm 1:
 *
 *     x^t = P̂(x^{t−1}) = (1/B) Σ_b prox_{γ r_{k_b}}(x^{t−1} − γ∇d(x^{t−1})),   k_b ~ θ i.i.d.
 *
 * `literal` (default) is this formula and keeps the iterate inside the sets of indicator functions; `residual` is
 * x^{t−1} − γĜ(x^{t−1}), which on linear r_k equals SGD bit for bit.
 */
export const spgm: IterationFactory = (problem, dimension, { form = 'literal' }) => {
  if (form === 'literal') return (x, batch, out) => miniBatchMapping(problem, batch, x, out);
  const { step } = problem;
  return (x, batch, out) => {
    stochasticGradientMapping(problem, batch, x, out);
    for (let i = 0; i < dimension; i++) out[i] = x[i]! - step * out[i]!;
  };
};

/** One step of SPGM; see `takeStep`. */
export function spgmStep(
  problem: ProblemAtStep,
  x: Float64Array,
  batch: MiniBatch,
  options?: StepOptions,
  out?: Float64Array,
): Float64Array {
  return takeStep(spgm, problem, x, batch, options, out);
}

/**
 * T steps of SPGM; see `runAlgorithm`.
 *
 * @param problem f = d + r_γ for any step
 * @param start x⁰, not written to
 * @param options γ, T, mini-batches and conventions
 * @returns x_T
 * @throws RangeError that names the option, its value and the allowed range
 * @example
 * const problem = parseProblem({ smooth: { type: 'zero' }, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] });
 * assert.equal(runSpgm(problem, Float64Array.of(3), { step: 0.25, iterations: 4, miniBatch: 1, seed: '1' })[0], 2);
 */
export function runSpgm(problem: Problem, start: Float64Array, options: RunOptions): Float64Array {
  return runAlgorithm(spgm, problem, start, options);
}
