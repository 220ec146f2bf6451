import type { ReplicateJob } from '../claims/engine.js';
import { computeReplicates } from './replicates.js';

/** A contiguous part of a job, as it is sent to a worker thread. */
export interface ReplicateTask {
  readonly job: ReplicateJob;
  readonly from: number;
  readonly to: number;
}

/** The task of a worker thread: what `computeReplicates` gives for the range. */
export default function computeTask({ job, from, to }: ReplicateTask): Promise<Float64Array> {
  return computeReplicates(job, from, to);
}
