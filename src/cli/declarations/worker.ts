import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import type { WorkerOptions } from '../commands/worker.js';
import { parseDuration } from '../words/duration.js';
import { examples } from '../words/examples.js';
import { withRedisOptions } from '../words/executor-options.js';
import { parseThreads } from '../words/options.js';

/** `signprox worker`: computes what runs with `--executor bullmq` put into a queue. */
export function declareWorker(program: Command): void {
  withRedisOptions(
    program
      .command('worker')
      .description('compute what verify and bounds with --executor bullmq put into a queue, until it is interrupted'),
  )
    .option('--workers <count>', 'worker threads: so much is computed at once', parseThreads, availableParallelism())
    .option(
      '--lock <duration>',
      'silence after which another worker takes over what this one was at (default: 30s)',
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
      const { worker } = await import('../commands/worker.js');
      process.exitCode = await worker(options);
    });
}
