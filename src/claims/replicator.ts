import type { SignConvention } from '../algorithms/algorithm.js';
import { type ProblemSpecification, parseProblem } from '../problem.js';
import { keyedStream, streamKey } from '../sampling/keyed-stream.js';
import { multinomialSampler } from '../sampling/multinomial.js';
import type { Theorem } from './theorem.js';

/** Everything one replicate of a bound check depends on, as data. */
export interface BoundJob {
  readonly problem: ProblemSpecification;
  readonly start: readonly number[];
  readonly iterations: number;
  readonly step: number;
  readonly miniBatch: number;
  readonly signOfZero: SignConvention;
  /** Parts of the stream key: master seed, check id (claim, instance and T) and version of the check. */
  readonly seed: string;
  readonly check: string;
  readonly version: number;
}

/** The left side of one replicate: (1/T) Σ_t term(x^{t−1}) along one run of the theorem's algorithm. */
export type Replicate = (parameters: unknown, index: number) => number;

/**
 * The `replicate` export of a theorem's module. Mini-batches are drawn as multinomial counts, because P̂ depends on nothing
 * else, and the sum over t is compensated. What a job needs is prepared once per parameters object.
 */
export function replicator(theorem: Theorem): Replicate {
  const prepared = new WeakMap<object, (index: number) => number>();
  return (parameters, index) => {
    const job = parameters as BoundJob;
    let run = prepared.get(job);
    if (run === undefined) {
      run = prepare(theorem, job);
      prepared.set(job, run);
    }
    return run(index);
  };
}

function prepare(theorem: Theorem, job: BoundJob): (index: number) => number {
  const problem = parseProblem(job.problem);
  const atStep = problem.at(job.step);
  const start = Float64Array.from(job.start);
  const sample = multinomialSampler(problem.probabilities, job.miniBatch);
  const counts = new Int32Array(problem.probabilities.length);
  const batch = { counts };

  return (index) => {
    const random = keyedStream(streamKey(job.seed, job.check, job.version, index));
    const iterate = theorem.iteration(atStep, start.length, { signOfZero: job.signOfZero, random });
    let x = start.slice();
    let next = new Float64Array(start.length);
    let sum = theorem.term(atStep, x);
    let lost = 0;
    for (let t = 1; t < job.iterations; t++) {
      sample(random, counts);
      iterate(x, batch, next);
      [x, next] = [next, x];
      const summand = theorem.term(atStep, x) - lost;
      const total = sum + summand;
      lost = total - sum - summand;
      sum = total;
    }
    return sum / job.iterations;
  };
}
