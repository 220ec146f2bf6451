import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Engine, ReplicateJob } from '../claims/engine.js';
import type { ReplicateTask } from './replicate-worker.js';
import { computeReplicates, firstLine } from './replicates.js';

export interface LocalEngineOptions {
  /** Worker threads; 0 computes in the calling thread. Default: one for each processor. */
  readonly workers?: number;
  /** Aborting it stops running replicates and refuses new ones. */
  readonly signal?: AbortSignal;
}

/** Parts into which a run is cut per worker, so that workers finish at about the same time. */
const partsPerWorker = 4;

/**
 * Runs replicates on this machine. Worker threads start with the first run and stay until `close`. Results are in index order and the same
 * bytes for any number of workers; when replicates fail, the error is that of the one with the lowest index.
 */
export function localEngine(options: LocalEngineOptions = {}): Engine {
  const { workers = availableParallelism(), signal } = options;
  if (!Number.isSafeInteger(workers) || workers < 0) {
    throw new RangeError(`workers must be a non-negative integer, got ${workers}`);
  }
  let closed = false;
  let pool: Piscina<ReplicateTask, Float64Array> | undefined;
  const stopped = () => {
    if (closed) return 'the engine is closed';
    return signal?.aborted ? 'the run was aborted' : undefined;
  };
  return {
    name: workers === 0 ? 'in-process' : `local (${workers} worker${workers === 1 ? '' : 's'})`,
    async run(job, from, to) {
      requireRange(from, to);
      const message = stopped();
      if (message !== undefined) throw new Error(message);
      if (workers === 0) return computeReplicates(job, from, to, stopped);
      pool ??= new Piscina({
        filename: new URL('./replicate-worker.js', import.meta.url).href,
        minThreads: workers,
        maxThreads: workers,
      });
      const values = new Float64Array(to - from);
      await runInParts(pool, job, from, to, Math.ceil((to - from) / (workers * partsPerWorker)), values, signal).catch(
        (error: unknown) => {
          throw new Error(stopped() ?? firstLine(error));
        },
      );
      return values;
    },
    async close() {
      closed = true;
      await pool?.destroy();
    },
  };
}

/** Cuts the range into parts, and fills in their results; a failing part cancels the later ones, not the earlier. */
async function runInParts(
  pool: Piscina<ReplicateTask, Float64Array>,
  job: ReplicateJob,
  from: number,
  to: number,
  size: number,
  values: Float64Array,
  signal: AbortSignal | undefined,
): Promise<void> {
  const cancel: AbortController[] = [];
  const parts: Promise<void>[] = [];
  for (let start = from; start < to; start += size) {
    const part = parts.length;
    const controller = new AbortController();
    cancel.push(controller);
    const task = { job, from: start, to: Math.min(start + size, to) };
    const stop = signal === undefined ? controller.signal : AbortSignal.any([controller.signal, signal]);
    parts.push(
      pool.run(task, { signal: stop }).then(
        (result) => values.set(result, start - from),
        (error: unknown) => {
          for (const later of cancel.slice(part + 1)) later.abort();
          throw error;
        },
      ),
    );
  }
  for (const outcome of await Promise.allSettled(parts)) if (outcome.status === 'rejected') throw outcome.reason;
}

function requireRange(from: number, to: number): void {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || to < from) {
    throw new RangeError(`replicates must be a range 0 ≤ from ≤ to of integers, got ${from} to ${to}`);
  }
}
