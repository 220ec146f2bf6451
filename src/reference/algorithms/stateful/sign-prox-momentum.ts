import type { MiniBatch } from '../../problem/mini-batch.js';
import type { Problem, ProblemAtStep } from '../../problem/problem.js';
import type { RunOptions, StepOptions } from '../algorithm.js';
import { type IterationFactory, runAlgorithm } from '../iteration.js';
import { signOf, signRule } from '../sign.js';
import { miniBatchMapping, stochasticGradientMapping } from '../stochastic-mapping.js';
import { momentum } from './hyperparameters.js';
import {
  defineAlgorithm,
  forgetting,
  iterationOf,
  requireState,
  type StatefulAlgorithm,
  type StatefulInput,
  type StatefulPoint,
} from './stateful-algorithm.js';

type Mean = { readonly mean: Float64Array };

/** m ← (1 − α)m + αĜ(x), or Ĝ(x) where nothing is remembered, then x⁺ = x − γ sgn m. */
function advance(
  {
    x,
    problem,
    step,
    batch,
    memory,
    sign,
    options,
    conventions: { first } = {},
  }: Omit<StatefulInput<unknown, Mean>, 'hyperparameters' | 'shape' | 'stochasticGradient' | 'gradient'>,
  newestWeight: number,
): StatefulPoint<Mean> {
  const next = new Float64Array(x.length);
  const mean = new Float64Array(x.length);
  const literal = options.form === 'literal';
  const weight = memory === undefined && first !== 'weighted' ? 1 : newestWeight;
  if (literal) miniBatchMapping(problem, batch, x, next);
  else stochasticGradientMapping(problem, batch, x, next);
  for (let i = 0; i < x.length; i++) {
    const newest = literal ? x[i]! - next[i]! : next[i]!;
    mean[i] = (1 - weight) * (memory?.mean[i] ?? 0) + weight * newest;
    next[i] = x[i]! - step * sign(mean[i]!);
  }
  return { x: next, memory: { mean } };
}

/** signProx with momentum β, whose newest Ĝ has the weight α = 1 − β: see `signProxMomentum`, which is given α. */
export const signProxWithMomentum = defineAlgorithm<Mean>()({
  name: 'sign-prox-momentum',
  takes: 'proxes',
  parameters: { momentum },
  signs: true,
  signOfMean: { direction: 'momentum', memory: 'momentum', whole: true },
  update: (input) => advance(input, 1 - input.hyperparameters.momentum),
  errors: {
    'every step is the first: signProx': forgetting,
    'what is remembered is the sign of the mean': (update) => (input) => {
      const { x, memory } = update(input);
      return { x, memory: { mean: memory.mean.map(Math.sign) } };
    },
    'nothing that the mean holds loses weight': () => (input) => {
      const { memory } = advance({ ...input, memory: undefined }, 1);
      const mean = memory.mean.map((g, i) => g + (input.memory?.mean[i] ?? 0));
      return { x: input.x.map((value, i) => value - input.step * input.sign(mean[i]!)), memory: { mean } };
    },
  },
});

/** The same for a weight α, which 1 − (1 − α) is not in doubles. */
function withWeight(newestWeight: number): StatefulAlgorithm {
  requireWeight(newestWeight);
  const { name, takes } = signProxWithMomentum;
  return defineAlgorithm<Mean>()({
    name,
    takes,
    parameters: {},
    errors: {},
    update: (input) => advance(input, newestWeight),
  });
}

function requireWeight(newestWeight: number): void {
  if (!(newestWeight > 0 && newestWeight <= 1)) {
    throw new RangeError(`newestWeight must lie in (0, 1], got ${newestWeight}`);
  }
}

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
  return iterationOf(withWeight(newestWeight), {});
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
  requireWeight(newestWeight);
  const memory = mean && { mean };
  requireState(x, memory);
  const { convention, random } = signRule(options);
  const sign = (value: number): number => signOf(value, convention, random);
  const next = advance({ x, problem, step: problem.step, batch, memory, sign, options }, newestWeight);
  return { x: next.x, mean: next.memory.mean };
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
