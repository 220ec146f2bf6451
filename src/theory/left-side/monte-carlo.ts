import { parseProblem } from '../../reference/problem/create-problem.js';
import type { MiniBatch } from '../../reference/problem/mini-batch.js';
import { categoricalSampler } from '../../reference/sampling/categorical.js';
import { keyedStream, streamKey } from '../../reference/sampling/keyed-stream.js';
import { multinomialSampler } from '../../reference/sampling/multinomial.js';
import { guarded } from '../theorem/guarded.js';
import { type LeftSideOf, leftTerm } from '../theorem/left-term.js';
import type { Theorem } from '../theorem/theorem.js';
import { iterationOf } from '../theorem/theorem-algorithm.js';
import { theoremExports } from '../theorem/theorem-exports.js';
import { TheoremError } from '../theorem/theorem-fields.js';
import { compiledFields } from '../theorem/written-theorem.js';
import type { BoundJob } from './bound-job.js';
import { kernelLeftSide, type LeftSide } from './monte-carlo-kernel.js';

/** A theorem as another process finds it. */
export interface TheoremReference {
  /** URL of the module that exports the theorem; none where nothing is imported. */
  readonly module?: string;
  /** The theorem's id. */
  readonly id: string;
}

/** The parameters of a replicate job: a theorem, and what its left side is computed on. */
export interface TheoremJob extends BoundJob {
  readonly theorem: TheoremReference;
}

/**
 * The left side of one replicate of a theorem. The theorem is looked up, and what the replicates of a `TheoremJob` share is prepared, at
 * the first call with it.
 */
export function replicatesOf(
  find: (theorem: TheoremReference) => Promise<Theorem>,
): (parameters: unknown, index: number) => number | Promise<number> {
  const leftSides = new WeakMap<object, LeftSide>();
  const prepare = async (job: TheoremJob): Promise<LeftSide> => {
    const left = leftSide(await find(job.theorem), job);
    leftSides.set(job, left);
    return left;
  };
  return (parameters, index) => {
    const job = parameters as TheoremJob;
    return leftSides.get(job)?.(index) ?? prepare(job).then((left) => left(index));
  };
}

/** What a job's module exports: theorems are imported. */
export const replicate = replicatesOf(importTheorem);

async function importTheorem({ module, id }: TheoremReference): Promise<Theorem> {
  if (module === undefined)
    throw new TheoremError(
      `${id}: its replicates are computed where its module is imported: give it module: import.meta.url`,
    );
  const exported = Object.values(
    (await theoremExports(module)) as Readonly<Record<string, Partial<Theorem> | undefined>>,
  );
  const found = exported.find((value) => value?.id === id && value.term !== undefined);
  if (found === undefined)
    throw new TheoremError(
      `${module} must export the theorem ${id}: the module of a theorem is its own, import.meta.url`,
    );
  return guarded(compiledFields(found as Theorem & Readonly<Record<string, unknown>>) as unknown as Theorem);
}

/** The left side of a replicate of the theorem, (1/T) Σ_t term(x^{t−1}) along one run: by a kernel where there is one, and by the reference. */
export function leftSide(theorem: Theorem, job: BoundJob): LeftSide {
  const reference = referenceLeftSide(theorem, job);
  const kernel = kernelLeftSide(theorem, job);
  if (kernel === undefined) return reference;
  return (index) => {
    const left = kernel(index);
    // A kernel checks nothing: the reference knows whether and why this is an error.
    return Number.isFinite(left) ? left : reference(index);
  };
}

/** Sees x^{t−1} and the mini-batch before every iteration. */
type Watcher = (x: Float64Array, batch: MiniBatch) => void;

/**
 * The definition of a replicate. Mini-batches are drawn as multinomial counts when B > K, because P̂ depends on nothing else, and as B
 * components otherwise and for an algorithm of the theorem's own; the sum over t is compensated.
 */
export function referenceLeftSide(theorem: LeftSideOf, job: BoundJob, watch?: Watcher): LeftSide {
  const problem = parseProblem(job.problem);
  const atStep = problem.at(job.step);
  const start = Float64Array.from(job.start);
  const draw = batchSource(problem.probabilities, job.miniBatch, typeof theorem.algorithm === 'string');
  const term = leftTerm(theorem, atStep, start.length);
  const factory = iterationOf(theorem.algorithm, atStep, job.parameters);

  return (index) => {
    const random = keyedStream(streamKey(job.seed, job.check, job.version, index));
    const iterate = factory(atStep, start.length, { signOfZero: job.signOfZero, random });
    let x = start.slice();
    let next = new Float64Array(start.length);
    const advance = () => {
      const batch = draw(random);
      watch?.(x, batch);
      iterate(x, batch, next);
      [x, next] = [next, x];
    };
    if (theorem.onlyLast) {
      for (let t = 1; t <= job.iterations; t++) advance();
      return term.at(x);
    }
    let sum = term.at(x);
    let lost = 0;
    for (let t = 1; t < job.iterations; t++) {
      advance();
      const summand = term.at(x) - lost;
      const total = sum + summand;
      lost = total - sum - summand;
      sum = total;
    }
    return sum / job.iterations;
  };
}

/** Mini-batches in one buffer. */
function batchSource(
  probabilities: Float64Array,
  miniBatch: number,
  mayCount: boolean,
): (random: () => number) => MiniBatch {
  if (mayCount && miniBatch > probabilities.length) {
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
