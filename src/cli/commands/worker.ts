import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { startQueueWorker } from '../../executors/queue/queue-worker.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { type RedisOptions, redisOf, withRedisOptions } from '../options/executor-options.js';
import { parseDuration } from '../options/numbers.js';
import { examples, parseThreads } from '../options/options.js';
import { Interrupted, interruptible } from '../threads/interruptible.js';
import { asUsageError } from '../threads/open-executor.js';

/** `signprox worker`: computes the jobs that runs with `--executor bullmq` put into a queue. */
export function declare(command: Command): void {
  withRedisOptions(command)
    .option(
      '--workers <count>',
      'worker threads, which is how many jobs run at once',
      parseThreads,
      availableParallelism(),
    )
    .option(
      '--lock <duration>',
      'silence after which another worker takes over the jobs of this one (default: 30s)',
      parseDuration,
    )
    .addHelpText(
      'after',
      examples([
        'signprox worker --redis redis://queue.local:6379',
        'signprox worker --redis-timeout 600s --workers 4',
      ]),
    )
    .action(async (options: WorkerOptions) => {
      process.exitCode = await worker(options);
    });
}

/** Options of `signprox worker`. */
interface WorkerOptions extends RedisOptions {
  readonly workers: number;
  /** Milliseconds. */
  readonly lock?: number;
}

/** Computes replicates from a queue until it is interrupted. Returns its unfinished jobs to the queue. */
export function worker({ workers, lock = 30_000, ...options }: WorkerOptions): Promise<number> {
  const say = (line: string): void => void process.stderr.write(`signprox worker: ${printableLine(line)}\n`);
  return interruptible(async (signal) => {
    const { ended } = await asUsageError(() => startQueueWorker({ ...redisOf(options), workers, lock, signal, say }));
    await ended;
    throw new Interrupted('unfinished jobs are back in the queue');
  });
}
