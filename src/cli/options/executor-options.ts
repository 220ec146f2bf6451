import { type Command, Option } from 'commander';
import { parseDuration } from './numbers.js';
import { UsageError } from './usage-error.js';

/** Where replicates of Monte Carlo run. */
const executorNames = ['local', 'bullmq'] as const;

/** Where the Redis of a queue is, and how long it may be gone. */
export interface RedisOptions {
  readonly redis?: string;
  /** Milliseconds. */
  readonly redisTimeout?: number;
}

/** Options of the commands that run replicates. */
export interface ExecutorOptions extends RedisOptions {
  readonly executor?: (typeof executorNames)[number];
  readonly workers: number;
}

/** The variable that holds an address in place of `--redis`: what stands on a command line is seen by everybody on the machine. */
const redisVariable = 'SIGNPROX_REDIS';

/** Milliseconds for which a Redis may be gone. */
const defaultPatience = 30_000;

/** Adds the options that say where a queue is. */
export function withRedisOptions(command: Command): Command {
  return command
    .option('--redis <url>', `redis://host:port of the queue; with a password better in ${redisVariable}`)
    .option('--redis-timeout <duration>', 'how long that Redis may be gone (default: 30s)', parseDuration);
}

/** Adds the options that say where replicates run. */
export const withExecutorOptions = (command: Command): Command =>
  withRedisOptions(
    command.addOption(
      new Option('--executor <executor>', 'where Monte Carlo runs: here, or on a queue that signprox worker serves')
        .choices(executorNames)
        .default('local'),
    ),
  );

/**
 * The address of the queue and the patience with it.
 *
 * @throws UsageError when no address was given
 */
export function redisOf({ redis = process.env[redisVariable], redisTimeout = defaultPatience }: RedisOptions) {
  if (redis) return { redis, patience: redisTimeout };
  throw new UsageError(`a queue needs to know where Redis is: give --redis redis://host:port, or set ${redisVariable}`);
}
