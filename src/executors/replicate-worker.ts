import type { ReplicateJob } from '../claims/replicate-job.js';
import { computeReplicates } from './replicates.js';

/** A contiguous part of a run, as it is sent to a worker thread. */
export interface ReplicateTask {
  readonly job: ReplicateJob;
  readonly from: number;
  readonly to: number;
  /** Number of this part in the run. */
  readonly part: number;
  /** One shared number: the lowest part that failed. Parts after it have no use any more. */
  readonly failed: Int32Array;
}

/** The task of a worker thread: the replicates of the part; on an error it tells the later parts to stop. */
export default async function computeTask({ job, from, to, part, failed }: ReplicateTask): Promise<Float64Array> {
  const stopped = () => (Atomics.load(failed, 0) < part ? 'an earlier part failed' : undefined);
  try {
    return await computeReplicates(job, from, to, stopped);
  } catch (error) {
    lower(failed, part);
    throw error;
  }
}

function lower(cell: Int32Array, value: number): void {
  let current = Atomics.load(cell, 0);
  while (value < current) current = Math.min(current, Atomics.compareExchange(cell, 0, current, value));
}
