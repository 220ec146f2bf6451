import type { ReplicateJob } from '../claims/claim.js';
import { computeReplicates, firstCopies, firstLine } from './replicates.js';

/** A contiguous part of a run, as sent to a worker thread. */
export interface ReplicateTask {
  readonly job: ReplicateJob;
  /** The same for every part of a job: the thread uses its first copy of the job. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Number of this part in the run. */
  readonly part: number;
  /** A shared number: the last part that is needed. If parts failed, that is the lowest of them; later parts are useless. */
  readonly last: Int32Array;
}

/** The result of a worker thread for a part. */
export interface ReplicatePart {
  /** The replicates of the part, or those before the one that failed. */
  readonly values: Float64Array;
  /** Why the next replicate has no value. */
  readonly failure?: string;
}

/** The same with its time, which determines the size of later parts. */
export interface TimedPart extends ReplicatePart {
  /** Milliseconds of one replicate. */
  readonly each: number;
}

/** Number of jobs whose parameters a thread keeps: one row each of a few claims that are checked in parallel. */
const firstCopy = firstCopies(8);

/** The task of a worker thread: the replicates of the part; on an error it tells the later parts to stop. */
export default async function computeTask({ job, name, from, to, part, last }: ReplicateTask): Promise<TimedPart> {
  const stopped = () => (Atomics.load(last, 0) < part ? 'no part as late as this is wanted' : undefined);
  const values = new Float64Array(to - from);
  let count = 0;
  const started = performance.now();
  const each = (): number => (performance.now() - started) / Math.max(1, count);
  try {
    await computeReplicates(firstCopy(name, job), from, to, stopped, ([value]) => {
      values[count++] = value!;
      return true;
    });
    return { values, each: each() };
  } catch (error) {
    lower(last, part);
    return { values: values.slice(0, count), failure: firstLine(error), each: each() };
  }
}

function lower(cell: Int32Array, value: number): void {
  let current = Atomics.load(cell, 0);
  while (value < current) current = Math.min(current, Atomics.compareExchange(cell, 0, current, value));
}
