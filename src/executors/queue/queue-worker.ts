import type { Job } from 'bullmq';
import type { ReplicateTask, TimedPart } from '../replicate-worker.js';
import { firstLine } from '../replicates.js';
import { startThreads } from '../threads.js';
import { nameOfJob, type RangeMessage, readRange, refusal, type ValuesMessage, valuesMessage } from './messages.js';
import { closeAll, loadQueuePackages, parseRedisAddress, queueName, queuePrefix, watchRedis } from './redis.js';

/** Options of `startQueueWorker`. */
export interface QueueWorkerOptions {
  /** `redis://user:password@host:port/database`. */
  readonly redis: string;
  /** Threads, at least one: so many ranges are computed at once. */
  readonly workers: number;
  /** Milliseconds without a sign of life after which what a worker was computing is given to another. */
  readonly lock: number;
  /** Milliseconds for which a Redis that was there may be gone. */
  readonly patience: number;
  /** Aborting it gives back what is being computed, and ends the worker. */
  readonly signal: AbortSignal;
  /** Told in one line what happens. */
  readonly say: (line: string) => void;
}

/** How often a range may be lost with its worker: one that kills every worker must not go round for ever. */
const maxStalledCount = 5;

/** What fails then is an answer: of the replicates before it there are values, and nobody may want the one that failed. */
const isLastTry = ({ attemptsMade, opts }: Job): boolean => attemptsMade + 1 >= (opts.attempts ?? 1);

/** A worker that has begun. */
export interface QueueWorker {
  /** Fulfilled when it was told to stop and has; an `ExecutorError` in one line when its Redis was gone for longer than the patience. */
  readonly ended: Promise<void>;
}

/**
 * Computes ranges of replicates from a queue in Redis until it is told to stop. Threads compute, so this one renews the locks of what they
 * compute, however long that takes.
 *
 * @throws ExecutorError in one line when there is no such Redis, or when the packages that speak to it are not installed
 */
export async function startQueueWorker(options: QueueWorkerOptions): Promise<QueueWorker> {
  const { workers, lock, patience, signal, say } = options;
  const address = parseRedisAddress(options.redis);
  const { Worker, UnrecoverableError, WaitingError } = await loadQueuePackages();
  let end = (_error?: Error): void => undefined;
  const told = new Promise<void>((resolve, reject) => {
    end = (error) => (error === undefined ? resolve() : reject(error));
  });
  told.catch(() => undefined);
  const watch = await watchRedis(
    address,
    patience,
    () => undefined,
    (error) => end(error),
  );
  const module = new URL('../replicate-worker.js', import.meta.url).href;
  const threads = await startThreads<ReplicateTask, TimedPart>(module, workers);
  let stopping = false;

  const task = (data: unknown): ReplicateTask => {
    try {
      const range = readRange(data);
      return {
        ...range,
        name: nameOfJob(data as RangeMessage),
        part: 0,
        last: new Int32Array(new SharedArrayBuffer(4)).fill(1),
      };
    } catch (error) {
      const why = firstLine(error);
      say(`refused what the queue holds: ${why}`);
      throw new UnrecoverableError(`${refusal}${why}`);
    }
  };
  const compute = async (job: Job, token?: string): Promise<ValuesMessage> => {
    const range = task(job.data);
    const started = performance.now();
    try {
      const part = await threads.run(range);
      if (part.failure !== undefined && !isLastTry(job)) throw new Error(part.failure);
      return valuesMessage(part, (performance.now() - started) / 1000);
    } catch (error) {
      if (!stopping) throw new Error(firstLine(error));
      await job.moveToWait(token);
      throw new WaitingError();
    }
  };
  const worker = new Worker(queueName, compute, {
    ...{ connection: address.options, prefix: queuePrefix, concurrency: workers },
    ...{ lockDuration: lock, stalledInterval: lock, maxStalledCount, runRetryDelay: 1000 },
  });
  // A connection that is lost and found again is told of by `watchRedis`, and a range that came back too late counts where it came first.
  worker.on('error', () => undefined);
  const stop = (): void => end();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  say(`${workers} ${workers === 1 ? 'thread serves' : 'threads serve'} ${address.text}`);
  const serve = async (): Promise<void> => {
    try {
      await told;
      stopping = true;
      const closed = worker.close();
      await threads.end();
      await closed;
    } finally {
      signal.removeEventListener('abort', stop);
      watch.stop();
      await threads.end();
      await closeAll(address, worker.close(true), worker.disconnect());
    }
  };
  return { ended: serve() };
}
