import type { Budget } from '../../claims/claim.js';
import { eventLoopTurns } from '../../claims/claim-in-pieces.js';
import type { Implementation } from '../../claims/implementation/implementation.js';
import { orderedWindow } from '../../claims/ordered-window.js';
import { parseProblem } from '../../reference/problem/create-problem.js';
import { categoricalSampler } from '../../reference/sampling/categorical.js';
import { keyedStream, streamKey } from '../../reference/sampling/keyed-stream.js';
import type { ReplicateSource } from '../../statistics/decision.js';
import { leftTerm } from '../theorem/left-term.js';
import type { Theorem } from '../theorem/theorem.js';
import { knownAlgorithm } from '../theorem/theorem-algorithm.js';
import type { BoundJob } from './bound-job.js';
import type { TheoremJob } from './monte-carlo.js';

/** Runs the replicates of any theorem. The address of a bundle in a blob is no base of others, and nothing is imported there. */
const file = './monte-carlo.js';
const module = URL.canParse(file, import.meta.url) ? new URL(file, import.meta.url).href : file;

/** Replicates of the reference, wherever the executor runs them: there the theorem is imported from its module. */
export function executorReplicates(
  { executor }: Pick<Budget, 'executor'>,
  { id, module: exporter }: Theorem,
): (job: BoundJob) => ReplicateSource {
  return (job) => {
    const parameters: TheoremJob = { ...job, theorem: { ...(exporter !== undefined && { module: exporter }), id } };
    return (...range) => executor.run({ module, parameters }, ...range);
  };
}

/**
 * Replicates of an implementation under test: it runs the algorithm on mini-batches that the suite draws, and the suite evaluates the
 * left side on its iterates. A trajectory is used where the implementation returns one, else one `step` per iteration.
 */
export function implementationReplicates(
  implementation: Implementation,
  theorem: Theorem,
  signal?: AbortSignal,
): (job: BoundJob) => ReplicateSource {
  const turn = eventLoopTurns();
  return (job) => {
    const problem = parseProblem(job.problem);
    const term = leftTerm(theorem, problem.at(job.step), job.start.length);
    const draw = categoricalSampler(problem.probabilities);
    const batch = new Int32Array(job.miniBatch);
    const start = Float64Array.from(job.start);

    const leftSide = async (index: number): Promise<number> => {
      const random = keyedStream(streamKey(job.seed, job.check, job.version, index));
      const indices = Array.from({ length: theorem.onlyLast ? job.iterations : job.iterations - 1 }, () => {
        draw(random, batch);
        return Array.from(batch);
      });
      const visited = await iterates(implementation, theorem, job, indices);
      if (theorem.onlyLast) return term.at(visited.at(-1)!);
      let sum = term.at(start);
      for (const x of visited) sum += term.at(x);
      return sum / job.iterations;
    };
    return async (from, to) => {
      const left = new Float64Array(to - from);
      const window = orderedWindow(implementation.concurrency ?? 1);
      try {
        for (let index = from; index < to; index++) {
          await turn();
          signal?.throwIfAborted();
          await window.add(leftSide(index), (value) => {
            left[index - from] = value;
          });
        }
        await window.drain();
      } finally {
        await window.abandon();
      }
      return left;
    };
  };
}

async function iterates(
  implementation: Implementation,
  theorem: Theorem,
  job: BoundJob,
  indices: readonly (readonly number[])[],
): Promise<readonly Float64Array[]> {
  const algorithm = knownAlgorithm(theorem);
  const { problem, step } = job;
  if (indices.length === 0) return [];
  if (implementation.description.methods.includes('run')) {
    const reply = await implementation.ask({
      method: 'run',
      algorithm,
      problem,
      step,
      x: Float64Array.from(job.start),
      indices,
    });
    if (reply.trajectory?.length === indices.length) return reply.trajectory;
  }
  const visited: Float64Array[] = [];
  for (const batch of indices) {
    const from = visited.at(-1) ?? Float64Array.from(job.start);
    visited.push(
      (await implementation.ask({ method: 'step', algorithm, problem, step, x: from.slice(), indices: batch })).x,
    );
  }
  return visited;
}
