import { startQueueWorker } from '../../executors/queue/queue-worker.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { Interrupted, interruptible } from '../threads/interruptible.js';
import { asUsageError } from '../threads/open-executor.js';
import { type RedisOptions, redisOf } from '../words/executor-options.js';

/** Options of `signprox worker`. */
export interface WorkerOptions extends RedisOptions {
  readonly workers: number;
  /** Milliseconds. */
  readonly lock?: number;
}

/** `signprox worker`: computes replicates of a queue until it is interrupted, and gives back what it was at. */
export function worker({ workers, lock = 30_000, ...options }: WorkerOptions): Promise<number> {
  const say = (line: string): void => void process.stderr.write(`signprox worker: ${printableLine(line)}\n`);
  return interruptible(async (signal) => {
    const { ended } = await asUsageError(() => startQueueWorker({ ...redisOf(options), workers, lock, signal, say }));
    await ended;
    throw new Interrupted('what was being computed is given back to the queue');
  });
}
