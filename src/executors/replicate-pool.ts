import { availableParallelism } from 'node:os';
import type { Executor, ReplicateJob } from '../claims/replicate-job.js';
import type { ReplicateTask } from './replicate-worker.js';
import { computeReplicates, firstLine, requireRange } from './replicates.js';
import { startThreads, type Threads } from './threads.js';

/** Options of `localExecutor`. */
export interface LocalExecutorOptions {
  /** Worker threads; 0 computes in the calling thread. Default: one for each processor. */
  readonly workers?: number;
  /** Aborting it stops running replicates and refuses new ones. */
  readonly signal?: AbortSignal;
}

type Pool = Threads<ReplicateTask, Float64Array>;

/** Parts into which a run is cut per worker, so that workers finish at about the same time. */
const partsPerWorker = 4;

/**
 * Runs replicates on this machine. Worker threads start with the first run and stay until `close`. Results are in index order and the same
 * bytes for any number of workers; when replicates fail, the error is that of the one with the lowest index.
 *
 * @throws RangeError unless `workers` is a non-negative integer
 * @example
 * const executor = localExecutor({ workers: 0 });
 * assert.equal(executor.name, 'in-process');
 * await executor.close();
 */
export function localExecutor(options: LocalExecutorOptions = {}): Executor {
  const { workers = availableParallelism(), signal } = options;
  if (!Number.isSafeInteger(workers) || workers < 0) {
    throw new RangeError(`workers must be a non-negative integer, got ${workers}`);
  }
  let closed = false;
  let pool: Promise<Pool> | undefined;
  const stopped = () => {
    if (closed) return 'the executor is closed';
    return signal?.aborted ? 'the run was aborted' : undefined;
  };
  const terminate = async () => (await pool)?.end();
  signal?.addEventListener('abort', terminate, { once: true });
  return {
    name: workers === 0 ? 'in-process' : `local (${workers} worker${workers === 1 ? '' : 's'})`,
    async run(job, from, to) {
      requireRange(from, to);
      const message = stopped();
      if (message !== undefined) throw new Error(message);
      if (workers === 0) return computeReplicates(job, from, to, stopped);
      pool ??= startThreads(new URL('./replicate-worker.js', import.meta.url).href, workers);
      try {
        return await runInParts(await pool, job, from, to, Math.ceil((to - from) / (workers * partsPerWorker)));
      } catch (error) {
        throw new Error(stopped() ?? firstLine(error));
      }
    },
    async close() {
      closed = true;
      signal?.removeEventListener('abort', terminate);
      await terminate();
    },
  };
}

/** Cuts the range into parts of the given size and joins their results in order. */
async function runInParts(
  pool: Pool,
  job: ReplicateJob,
  from: number,
  to: number,
  size: number,
): Promise<Float64Array> {
  const values = new Float64Array(to - from);
  const failed = new Int32Array(new SharedArrayBuffer(4)).fill(2 ** 31 - 1);
  const parts: Promise<void>[] = [];
  for (let start = from; start < to; start += size) {
    const task = { job, from: start, to: Math.min(start + size, to), part: parts.length, failed };
    parts.push(pool.run(task).then((result) => values.set(result, start - from)));
  }
  for (const outcome of await Promise.allSettled(parts)) if (outcome.status === 'rejected') throw outcome.reason;
  return values;
}
