import { Kernel } from '../../reference/algorithms/fast/kernel.js';
import { parseProblem } from '../../reference/problem/create-problem.js';
import { AleaStream } from '../../reference/sampling/alea-stream.js';
import { GuidedCategorical, GuidedMultinomial } from '../../reference/sampling/guided.js';
import { streamKey } from '../../reference/sampling/keyed-stream.js';
import type { LeftSideOf } from '../theorem/left-term.js';
import type { BoundJob } from './bound-job.js';

/** Counts are kept in 16 bits. */
const largestBatch = 2 ** 16;
/** Components times B: entries of the index to the tables of counts. */
const largestTable = 2 ** 22;

/** The left side of replicate `index`. */
export type LeftSide = (index: number) => number;

/**
 * The left sides of a job by a kernel: those of `referenceLeftSide` as `Kernel` says, and not finite where that throws or is not finite. Undefined where there
 * is no kernel: there is one for theorem 1's summand along SPGM with B = 1 and for theorem 2's along signProx with B > K, while the
 * tables of counts are of a reasonable size.
 */
export function kernelLeftSide(theorem: LeftSideOf, job: BoundJob): LeftSide | undefined {
  const { miniBatch } = job;
  const { algorithm, term, onlyLast } = theorem;
  if (onlyLast) return undefined;
  const components = job.problem.probabilities.length;
  if (algorithm === 'spgm' && term === 'squared-gradient-mapping' && miniBatch === 1) return alongSpgm(job);
  const counted = miniBatch > components && miniBatch < largestBatch && miniBatch * components < largestTable;
  if (algorithm === 'sign-prox' && term === 'gradient-mapping-l1' && counted) return alongSignProx(job);
  return undefined;
}

function alongSpgm(job: BoundJob): LeftSide {
  const { kernel, start, theta } = prepare(job);
  const components = new GuidedCategorical(theta);
  return (index) => {
    const stream = new AleaStream(streamKey(job.seed, job.check, job.version, index));
    kernel.start(start);
    let sum = kernel.squaredNorm();
    let lost = 0;
    for (let t = 1; t < job.iterations; t++) {
      const summand = kernel.stepSpgm(components.draw(stream)) - lost;
      const total = sum + summand;
      lost = total - sum - summand;
      sum = total;
    }
    return sum / job.iterations;
  };
}

function alongSignProx(job: BoundJob): LeftSide {
  const { kernel, start, theta } = prepare(job);
  const { miniBatch, signOfZero } = job;
  const batches = new GuidedMultinomial(theta, miniBatch);
  const fixed = { zero: 0, positive: 1, negative: -1 } as const;
  return (index) => {
    const stream = new AleaStream(streamKey(job.seed, job.check, job.version, index));
    const zero = signOfZero === 'random' ? () => (stream.double() < 0.5 ? -1 : 1) : fixed[signOfZero];
    kernel.start(start);
    let sum = kernel.norm1();
    let lost = 0;
    for (let t = 1; t < job.iterations; t++) {
      batches.draw(stream, kernel.counts);
      const summand = kernel.stepSignProx(miniBatch, zero) - lost;
      const total = sum + summand;
      lost = total - sum - summand;
      sum = total;
    }
    return sum / job.iterations;
  };
}

function prepare(job: BoundJob): { kernel: Kernel; start: Float64Array; theta: Float64Array } {
  const problem = parseProblem(job.problem);
  const { probabilities } = problem;
  const occurring = Array.from(probabilities.keys()).filter((k) => probabilities[k]! > 0);
  return {
    kernel: new Kernel(problem.at(job.step), occurring, job.start.length),
    start: Float64Array.from(job.start),
    theta: Float64Array.from(occurring, (k) => probabilities[k]!),
  };
}
