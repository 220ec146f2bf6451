import type { MiniBatch } from '../../reference/algorithms/mini-batch.js';
import { parseProblem } from '../../reference/problem/create-problem.js';
import { categoricalSampler } from '../../reference/sampling/categorical.js';
import { keyedStream, streamKey } from '../../reference/sampling/keyed-stream.js';
import { multinomialSampler } from '../../reference/sampling/multinomial.js';
import type { Theorem } from '../theorems/theorem.js';
import type { BoundJob } from './bound-job.js';
import { kernelLeftSide, type LeftSide } from './monte-carlo-kernel.js';

/** The left side of one replicate: (1/T) Σ_t term(x^{t−1}) along one run of the theorem's algorithm. */
export type Replicate = (parameters: unknown, index: number) => number;

/**
 * The `replicate` export of a theorem's module: by a kernel where there is one, and by the reference. What a job needs is prepared once per
 * parameters object.
 */
export function replicator(theorem: Theorem): Replicate {
  const prepared = new WeakMap<object, LeftSide>();
  return (parameters, index) => {
    const job = parameters as BoundJob;
    let run = prepared.get(job);
    if (run === undefined) {
      run = leftSide(theorem, job);
      prepared.set(job, run);
    }
    return run(index);
  };
}

function leftSide(theorem: Theorem, job: BoundJob): LeftSide {
  const reference = referenceLeftSide(theorem, job);
  const kernel = kernelLeftSide(theorem, job);
  if (kernel === undefined) return reference;
  return (index) => {
    const left = kernel(index);
    // A kernel checks nothing: the reference knows whether and why this is an error.
    return Number.isFinite(left) ? left : reference(index);
  };
}

/**
 * The definition of a replicate. Mini-batches are drawn as multinomial counts when B > K, because P̂ depends on nothing else, and as B
 * components otherwise; the sum over t is compensated.
 */
export function referenceLeftSide(theorem: Theorem, job: BoundJob): LeftSide {
  const problem = parseProblem(job.problem);
  const atStep = problem.at(job.step);
  const start = Float64Array.from(job.start);
  const draw = batchSource(problem.probabilities, job.miniBatch);

  return (index) => {
    const random = keyedStream(streamKey(job.seed, job.check, job.version, index));
    const iterate = theorem.iteration(atStep, start.length, { signOfZero: job.signOfZero, random });
    let x = start.slice();
    let next = new Float64Array(start.length);
    let sum = theorem.term(atStep, x);
    let lost = 0;
    for (let t = 1; t < job.iterations; t++) {
      iterate(x, draw(random), next);
      [x, next] = [next, x];
      const summand = theorem.term(atStep, x) - lost;
      const total = sum + summand;
      lost = total - sum - summand;
      sum = total;
    }
    return sum / job.iterations;
  };
}

/** Mini-batches in one buffer. */
function batchSource(probabilities: Float64Array, miniBatch: number): (random: () => number) => MiniBatch {
  if (miniBatch > probabilities.length) {
    const sample = multinomialSampler(probabilities, miniBatch);
    const batch = { counts: new Int32Array(probabilities.length) };
    return (random) => {
      sample(random, batch.counts);
      return batch;
    };
  }
  const sample = categoricalSampler(probabilities);
  const batch = new Int32Array(miniBatch);
  return (random) => {
    sample(random, batch);
    return batch;
  };
}
