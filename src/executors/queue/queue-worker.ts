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
  /** Threads, at least one: the number of ranges that are computed at once. */
  readonly workers: number;
  /** Milliseconds of silence after which a worker's ranges go to another. */
  readonly lock: number;
  /** Milliseconds for which Redis may be unreachable, once connected. */
  readonly patience: number;
  /** Aborting it returns unfinished ranges to the queue, and ends the worker. */
  readonly signal: AbortSignal;
  /** Receives lines that say what happens. */
  readonly say: (line: string) => void;
}

/** How often a range may be lost with its worker: one that kills every worker must not circulate forever. */
const maxStalledCount = 5;

/** After the last attempt a failure is an answer: the replicates before it have values, and the failed one may not be needed. */
const isLastTry = ({ attemptsMade, opts }: Job): boolean => attemptsMade + 1 >= (opts.attempts ?? 1);

/** A running worker. */
export interface QueueWorker {
  /** Resolves when the worker has stopped as told; rejects with an `ExecutorError` of one line if Redis was unreachable for too long. */
  readonly ended: Promise<void>;
}

/**
 * Computes ranges of replicates from a queue in Redis until it is told to stop. Other threads compute, so that this one can renew the locks of
 * their ranges, however long they take.
 *
 * @throws ExecutorError of one line if Redis cannot be reached, or if the packages for it are not installed
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
  // `watchRedis` reports a connection that is lost and restored. A range that comes back too late counts only where it arrived first.
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
