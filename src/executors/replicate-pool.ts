import { availableParallelism } from 'node:os';
import type { Executor } from '../claims/claim.js';
import { requireOptions } from '../claims/text.js';
import type { ReplicateTask, TimedPart } from './replicate-worker.js';
import { computeReplicates, firstLine, jobNames, requireRange } from './replicates.js';
import { startThreads, type Threads } from './threads.js';

/** Options of `localExecutor`. */
export interface LocalExecutorOptions {
  /** Worker threads; 0 computes in the calling thread. Default: one for each processor. */
  readonly workers?: number;
  /** Aborting it stops running replicates and refuses new ones. */
  readonly signal?: AbortSignal;
}

type Pool = Threads<ReplicateTask, TimedPart>;

/** Number of parts of a run for each worker, so that workers finish at about the same time and little unneeded work is done. */
const partsPerWorker = 8;

/** Longest intended part in milliseconds: work after the decision of a run is wasted. */
const longestPart = 50;

/**
 * Runs replicates on this machine. Worker threads start with the first run and stay until `close`. Results are in index order and the same
 * bytes for any number of workers; if replicates fail, the error is that of the lowest index.
 *
 * @throws RangeError unless `workers` is a non-negative integer; TypeError for an unknown option
 * @example
 * const executor = localExecutor({ workers: 0 });
 * assert.equal(executor.name, 'in-process');
 * await executor.close();
 */
export function localExecutor(options: LocalExecutorOptions = {}): Executor {
  requireOptions('localExecutor', options, { workers: true, signal: true } satisfies Record<
    keyof LocalExecutorOptions,
    true
  >);
  const { workers = availableParallelism(), signal } = options;
  if (!Number.isSafeInteger(workers) || workers < 0) {
    throw new RangeError(`workers must be a non-negative integer, got ${workers}`);
  }
  const nameOf = jobNames();
  /** Milliseconds of one replicate, if known, by the parameters. */
  const known = new WeakMap<object, number>();
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
    async run(job, from, to, take) {
      requireRange(from, to);
      const message = stopped();
      if (message !== undefined) throw new Error(message);
      if (workers === 0) return computeReplicates(job, from, to, stopped, take);
      pool ??= startThreads(new URL('./replicate-worker.js', import.meta.url).href, workers);
      try {
        const key = Object(job.parameters) as object;
        const most = Math.ceil((to - from) / (workers * partsPerWorker));
        const size = Math.max(1, Math.min(most, Math.floor(longestPart / (known.get(key) ?? 0))));
        const learn = (each: number): unknown => known.set(key, each);
        return await runInParts(await pool, { job, name: nameOf(job), from, to }, size, learn, take);
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

/** Cuts the range into parts of the given size and joins their results in order, until no more are needed. */
async function runInParts(
  pool: Pool,
  { job, name, from, to }: Pick<ReplicateTask, 'job' | 'name' | 'from' | 'to'>,
  size: number,
  learn: (each: number) => unknown,
  take: ((values: Float64Array) => boolean) | undefined,
): Promise<Float64Array> {
  const values = new Float64Array(to - from);
  const last = new Int32Array(new SharedArrayBuffer(4)).fill(2 ** 31 - 1);
  const parts: Promise<TimedPart>[] = [];
  for (let start = from; start < to; start += size) {
    parts.push(pool.run({ job, name, from: start, to: Math.min(start + size, to), part: parts.length, last }));
  }
  // Parts that nobody waits for may fail.
  for (const part of parts) part.catch(() => undefined);
  let count = 0;
  for (const part of parts) {
    const { values: found, failure, each } = await part;
    if (found.length > 0) learn(each);
    values.set(found, count);
    count += found.length;
    if (take?.(found) === false) {
      Atomics.store(last, 0, -1);
      return values.subarray(0, count);
    }
    if (failure !== undefined) throw new Error(failure);
  }
  return values;
}
