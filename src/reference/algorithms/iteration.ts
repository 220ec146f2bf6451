import type { MiniBatch } from '../problem/mini-batch.js';
import type { Problem, ProblemAtStep } from '../problem/problem.js';
import { keyedStream, streamKey } from '../sampling/keyed-stream.js';
import type { RunOptions, StepOptions } from './algorithm.js';
import { miniBatchSource } from './mini-batch.js';

/** One iteration: writes x_t to `out` (another array than x) given x = x_{t−1} and the mini-batch. Allocates nothing. */
export type Iteration = (x: Float64Array, batch: MiniBatch, out: Float64Array) => void;

/** An algorithm: binds the problem and the conventions, allocates the workspace for vectors of length `dimension`. */
export type IterationFactory = (problem: ProblemAtStep, dimension: number, options: StepOptions) => Iteration;

/**
 * A single iteration of an algorithm.
 *
 * @param algorithm one of `algorithms`, or your own
 * @param problem f = d + r_γ at the step γ
 * @param x x_{t−1}, not written to unless it is `out`
 * @param batch the components of the mini-batch, or `{ counts }`
 * @param options conventions of the iteration
 * @param out where x_t is written, of the length of x; a new vector if left out
 * @returns x_t
 * @throws RangeError unless x is finite and `out` of its length
 * @example
 * const problem = parseProblem({ smooth: { type: 'zero' }, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] });
 * assert.equal(takeStep(algorithms.spgm, problem.at(0.25), Float64Array.of(3), [0])[0], 2.75);
 */
export function takeStep(
  algorithm: IterationFactory,
  problem: ProblemAtStep,
  x: Float64Array,
  batch: MiniBatch,
  options: StepOptions = {},
  out: Float64Array = new Float64Array(x.length),
): Float64Array {
  requirePoint('x', x);
  if (out.length !== x.length) throw new RangeError(`out must have length ${x.length}, got ${out.length}`);
  algorithm(problem, x.length, options)(out === x ? x.slice() : x, batch, out);
  return out;
}

/**
 * T iterations from x⁰ at a constant step. The loop allocates nothing; the observer sees every iterate.
 *
 * @param algorithm one of `algorithms`, or your own
 * @param problem f = d + r_γ for any step
 * @param options γ, T, mini-batches and conventions
 * @param start x⁰, not written to
 * @returns x_T
 * @throws RangeError that names the option, its value and the allowed range
 * @example
 * const problem = parseProblem({ smooth: { type: 'zero' }, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] });
 * const visited = [];
 * const observer = (_, x) => visited.push(x[0]);
 * runAlgorithm(algorithms.spgm, problem, Float64Array.of(3), { step: 1, iterations: 2, miniBatch: 1, seed: '1', observer });
 * assert.deepEqual(visited, [3, 2, 1]);
 */
export function runAlgorithm(
  algorithm: IterationFactory,
  problem: Problem,
  start: Float64Array,
  options: RunOptions,
): Float64Array {
  const { step, iterations, observer, seed } = options;
  requirePoint('start', start);
  requireIterations(iterations);
  const draw = miniBatchSource(problem.probabilities, options);
  const random =
    options.random ?? (seed === undefined ? undefined : keyedStream(streamKey(seed, 'sign-of-zero', 1, 0)));
  const iterate = algorithm(problem.at(step), start.length, { ...options, random });
  let x = start.slice();
  let next = new Float64Array(start.length);
  observer?.(0, x);
  for (let iteration = 1; iteration <= iterations; iteration++) {
    iterate(x, draw(iteration), next);
    const previous = x;
    x = next;
    next = previous;
    observer?.(iteration, x);
  }
  return x;
}

/** @throws RangeError unless `iterations` is a non-negative integer */
export function requireIterations(iterations: number): void {
  if (!Number.isSafeInteger(iterations) || iterations < 0) {
    throw new RangeError(`iterations must be a non-negative integer, got ${iterations}`);
  }
}

/** @throws RangeError unless `x` has at least one entry and all are finite */
export function requirePoint(name: string, x: Float64Array): void {
  if (!(x.length > 0)) throw new RangeError(`${name} must have at least one entry, got none`);
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i])) throw new RangeError(`${name}[${i}] must be finite, got ${x[i]}`);
  }
}
