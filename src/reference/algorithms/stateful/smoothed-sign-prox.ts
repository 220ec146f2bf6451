import { moreauEnvelope } from '../../functions/calculus/moreau-envelope.js';
import { createProblem } from '../../problem/create-problem.js';
import type { Problem } from '../../problem/problem.js';
import { signProxStep } from '../sign-prox.js';
import { smoothing as smoothingParameter } from './hyperparameters.js';
import { defineAlgorithm, withHyperparameters } from './stateful-algorithm.js';

const known = new WeakMap<Problem, Map<number, Problem>>();

/**
 * d with the Moreau envelopes of the r_k in their place, r_k^μ(u) = min_v r_k(v) + ‖v − u‖²/(2μ), which are 1/μ-smooth whatever kinks the r_k have. Their proxes are
 * prox_{γr^μ}(y) = y + (γ/(γ + μ))(prox_{(γ+μ)r}(y) − y). Signs and bounds of signProx that need smooth r_k are those of this problem.
 *
 * @param problem d, convex r_k and θ
 * @param smoothing μ > 0
 * @throws ParameterError if μ is no positive number
 * @example
 * const problem = parseProblem({ smooth: { type: 'zero' }, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] });
 * // G(x) is x/(γ + μ), cut at ±1.
 * assert.equal(smoothedProblem(problem, 0.75).at(0.25).gradientMapping(Float64Array.of(0.5))[0], 0.5);
 */
export function smoothedProblem(problem: Problem, smoothing: number): Problem {
  const own = known.get(problem) ?? new Map<number, Problem>();
  known.set(problem, own);
  const found =
    own.get(smoothing) ??
    createProblem({
      smooth: problem.smooth,
      functions: problem.functions.map((inner) => moreauEnvelope({ smoothing, inner })),
      probabilities: problem.probabilities,
    });
  own.set(smoothing, found);
  return found;
}

/**
 * signProx on the Moreau envelopes of the r_k, for r_k with kinks: x^t = x^{t−1} − γ sgn(x^{t−1} − P̂(x^{t−1})) where each prox_{γr_k}(y) is replaced by
 *
 *     y + (γ/(γ + μ))(prox_{(γ+μ)r_k}(y) − y).
 *
 * It remembers nothing. What it converges to, and how fast, is proved in PROOFS.md, "Kinks".
 */
export const smoothedSignProx = defineAlgorithm<Record<string, never>>()({
  name: 'smoothed-sign-prox',
  takes: 'proxes',
  parameters: { smoothing: smoothingParameter },
  signs: true,
  update({ x, problem, step, batch, options, hyperparameters: { smoothing } }) {
    return { x: signProxStep(smoothedProblem(problem.problem, smoothing).at(step), x, batch, options), memory: {} };
  },
  errors: {
    'no envelope: signProx itself':
      () =>
      ({ x, problem, batch, options }) => ({
        x: signProxStep(problem, x, batch, options),
        memory: {},
      }),
    'the prox has the step γ in place of γ + μ':
      () =>
      ({ x, problem, step, batch, sign, hyperparameters: { smoothing } }) => {
        const gradient = problem.problem.smooth.gradient(x);
        const direction =
          'counts' in batch
            ? problem.stochasticGradientMappingFromCounts(batch.counts, x)
            : problem.stochasticGradientMapping(batch, x);
        const share = step / (step + smoothing);
        const next = x.map((value, i) => {
          const slope = share * (direction[i]! - gradient[i]!);
          return value - step * sign(gradient[i]! + slope);
        });
        return { x: next, memory: {} };
      },
    'half of the smoothing': withHyperparameters(({ smoothing }) => ({ smoothing: smoothing / 2 })),
  },
});
