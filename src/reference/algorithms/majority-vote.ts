import type { MiniBatch } from '../problem/mini-batch.js';
import type { Problem, ProblemAtStep } from '../problem/problem.js';
import { keyedStream, streamKey } from '../sampling/keyed-stream.js';
import type { RunOptions, SignConvention, StepOptions } from './algorithm.js';
import { requireIterations, requirePoint } from './iteration.js';
import { miniBatchSource } from './mini-batch.js';
import { signOf, signRule } from './sign.js';
import { miniBatchMapping, stochasticGradientMapping } from './stochastic-mapping.js';

/** Conventions of one iteration by vote. */
export interface MajorityVoteOptions extends StepOptions {
  /**
   * What the sign of a sum of votes that is 0 counts as: with an even number of workers, or when workers abstain (signOfZero `zero`).
   * Default: the value of `signOfZero`, with which a single worker is signProx bit for bit.
   */
  readonly tie?: SignConvention | undefined;
}

export interface MajorityVoteRunOptions extends MajorityVoteOptions, Omit<RunOptions, 'indices' | 'counts'> {
  /** M ≥ 1. */
  readonly workers: number;
  /** Fills `indices` with the mini-batch of a worker (from 0) in an iteration (from 1). Default: one keyed stream per worker. */
  readonly indices?: (iteration: number, worker: number, indices: Int32Array) => void;
  /** The same by multinomial counts, in place of `indices`. */
  readonly counts?: (iteration: number, worker: number, counts: Int32Array) => void;
}

/** One iteration: writes x_t to `out` (another array than x) given x = x_{t−1} and one mini-batch per worker. Allocates nothing. */
export type VotingIteration = (x: Float64Array, batches: readonly MiniBatch[], out: Float64Array) => void;

/**
 * signProx with a majority vote among M workers, each with a mini-batch k^m of its own:
 *
 *     x^t = x^{t−1} − γ sgn(Σ_m sgn(x^{t−1} − P̂_{k^m}(x^{t−1}))).
 *
 * A worker that sees exactly 0 votes as `signOfZero` says (and abstains for `zero`); a sum of votes that is 0 is settled by `tie`.
 */
function majorityVote(problem: ProblemAtStep, dimension: number, options: MajorityVoteOptions = {}): VotingIteration {
  const { step } = problem;
  const { convention, random } = signRule(options);
  const { convention: tie } = signRule({ signOfZero: options.tie ?? convention, random: options.random });
  const literal = options.form === 'literal';
  const mapping = new Float64Array(dimension);
  return (x, batches, out) => {
    requireWorkers(batches.length);
    out.fill(0);
    for (let m = 0; m < batches.length; m++) {
      if (literal) {
        miniBatchMapping(problem, batches[m]!, x, mapping);
        for (let i = 0; i < dimension; i++) mapping[i] = x[i]! - mapping[i]!;
      } else {
        stochasticGradientMapping(problem, batches[m]!, x, mapping);
      }
      for (let i = 0; i < dimension; i++) out[i] = out[i]! + signOf(mapping[i]!, convention, random);
    }
    for (let i = 0; i < dimension; i++) out[i] = x[i]! - step * signOf(out[i]!, tie, random);
  };
}

/**
 * One step by vote.
 *
 * @param x x_{t−1}, not written to unless it is `out`
 * @param batches one mini-batch per worker, at least one
 * @returns x_t, in `out` when given
 */
export function majorityVoteStep(
  problem: ProblemAtStep,
  x: Float64Array,
  batches: readonly MiniBatch[],
  options: MajorityVoteOptions = {},
  out: Float64Array = new Float64Array(x.length),
): Float64Array {
  requirePoint('x', x);
  if (out.length !== x.length) throw new RangeError(`out must have length ${x.length}, got ${out.length}`);
  majorityVote(problem, x.length, options)(out === x ? x.slice() : x, batches, out);
  return out;
}

/**
 * T steps by vote from x⁰ at a constant step. Worker 0 draws the mini-batches that the other algorithms draw from the same seed.
 *
 * @param start x⁰, not written to
 * @returns x_T
 * @throws RangeError that names the option, its value and the allowed range
 */
export function runMajorityVote(problem: Problem, start: Float64Array, options: MajorityVoteRunOptions): Float64Array {
  const { step, iterations, workers, observer, seed, indices, counts, ...rest } = options;
  requirePoint('start', start);
  requireIterations(iterations);
  requireWorkers(workers);
  const sources = Array.from({ length: workers }, (_, worker) =>
    miniBatchSource(
      problem.probabilities,
      {
        miniBatch: options.miniBatch,
        ...(indices && { indices: (iteration: number, buffer: Int32Array) => indices(iteration, worker, buffer) }),
        ...(counts && { counts: (iteration: number, buffer: Int32Array) => counts(iteration, worker, buffer) }),
        ...(seed !== undefined && { seed }),
      },
      worker,
    ),
  );
  const random =
    options.random ?? (seed === undefined ? undefined : keyedStream(streamKey(seed, 'sign-of-zero', 1, 0)));
  const iterate = majorityVote(problem.at(step), start.length, { ...rest, random });
  const batches = new Array<MiniBatch>(workers);
  let x = start.slice();
  let next = new Float64Array(start.length);
  observer?.(0, x);
  for (let iteration = 1; iteration <= iterations; iteration++) {
    for (let worker = 0; worker < workers; worker++) batches[worker] = sources[worker]!(iteration);
    iterate(x, batches, next);
    [x, next] = [next, x];
    observer?.(iteration, x);
  }
  return x;
}

function requireWorkers(workers: number): void {
  if (!Number.isSafeInteger(workers) || workers < 1) {
    throw new RangeError(`workers must be an integer ≥ 1 (one mini-batch per worker), got ${workers}`);
  }
}
