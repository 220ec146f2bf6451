import type { ReplicateJob } from '../claims/claim.js';
import { computeReplicates, firstCopies, firstLine } from './replicates.js';

/** A contiguous part of a run, as it is sent to a worker thread. */
export interface ReplicateTask {
  readonly job: ReplicateJob;
  /** The same for every part of a job: the thread keeps to the copy of the job that it got first. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Number of this part in the run. */
  readonly part: number;
  /** One shared number: the last part that is wanted. The lowest that failed is; parts after it have no use any more. */
  readonly last: Int32Array;
}

/** What a worker thread has computed of a part. */
export interface ReplicatePart {
  /** The replicates of the part, or those before the one that failed. */
  readonly values: Float64Array;
  /** Why the next one has no value. */
  readonly failure?: string;
}

/** The same with what it took, by which later parts are cut. */
export interface TimedPart extends ReplicatePart {
  /** Milliseconds of one replicate. */
  readonly each: number;
}

/** Jobs whose parameters a thread keeps: of a few claims that are checked side by side, a row of each. */
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
