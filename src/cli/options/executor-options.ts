import { type Command, Option } from 'commander';
import { parseDuration } from './numbers.js';
import { UsageError } from './usage-error.js';

/** Where Monte Carlo replicates run. */
const executorNames = ['local', 'bullmq'] as const;

/** The address of the queue's Redis, and how long it may be unreachable. */
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

/** The environment variable that replaces `--redis`: everybody on the machine can read a command line. */
const redisVariable = 'SIGNPROX_REDIS';

/** Milliseconds for which Redis may be unreachable. */
const defaultPatience = 30_000;

/** Adds the options for the address of a queue. */
export function withRedisOptions(command: Command): Command {
  return command
    .option('--redis <url>', `redis://host:port of the queue; if it holds a password, set ${redisVariable} instead`)
    .option('--redis-timeout <duration>', 'how long Redis may be unreachable (default: 30s)', parseDuration);
}

/** Adds the options for where replicates run. */
export const withExecutorOptions = (command: Command): Command =>
  withRedisOptions(
    command.addOption(
      new Option('--executor <executor>', 'run Monte Carlo here, or on a queue that signprox worker serves')
        .choices(executorNames)
        .default('local'),
    ),
  );

/**
 * The address of the queue, and how long it may be unreachable.
 *
 * @throws UsageError when no address was given
 */
export function redisOf({ redis = process.env[redisVariable], redisTimeout = defaultPatience }: RedisOptions) {
  if (redis) return { redis, patience: redisTimeout };
  throw new UsageError(`a queue needs the address of Redis: give --redis redis://host:port, or set ${redisVariable}`);
}
