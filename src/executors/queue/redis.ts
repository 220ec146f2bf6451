import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { ExecutorError, firstLine } from '../replicates.js';

/** The address of a Redis (or Valkey), and its credentials. */
export interface RedisAddress {
  /** The address without the password, for messages. */
  readonly text: string;
  readonly options: {
    readonly host: string;
    readonly port: number;
    readonly username?: string;
    readonly password?: string;
    readonly db?: number;
    readonly tls?: Record<never, never>;
    readonly maxRetriesPerRequest: null;
    readonly retryStrategy: (attempt: number) => number | null;
  };
  /** Lost connections with these options are no longer reopened: they would keep the process alive. */
  end(): void;
}

const wanted =
  'a Redis is given as redis://host:port/database, or rediss:// for TLS, with user:password@ before the host where it asks';

/**
 * Reads `redis://user:password@host:port/database`.
 *
 * @throws ExecutorError of one line, without the given address: it may hold a password
 */
export function parseRedisAddress(address: string): RedisAddress {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const [, database] = /^\/?(\d{0,4})$/.exec(url?.pathname ?? '-') ?? [];
  if (url === undefined || !/^rediss?:$/.test(url.protocol) || url.hostname === '' || database === undefined) {
    throw new ExecutorError(wanted);
  }
  let ended = false;
  const port = Number(url.port || 6379);
  const text = `${url.protocol}//${url.hostname}:${port}${database === '' ? '' : `/${database}`}`;
  return {
    text,
    options: {
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port,
      ...(url.username !== '' && { username: decodeURIComponent(url.username) }),
      ...(url.password !== '' && { password: decodeURIComponent(url.password) }),
      ...(database !== '' && { db: Number(database) }),
      ...(url.protocol === 'rediss:' && { tls: {} }),
      // Commands wait for a lost connection; `watchRedis` decides how long.
      maxRetriesPerRequest: null,
      retryStrategy: (attempt) => (ended ? null : Math.min(50 * attempt, 1000)),
    },
    end() {
      ended = true;
    },
  };
}

/** The optional packages for a queue. */
export async function loadQueuePackages() {
  try {
    const [bullmq, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
    const { Queue, QueueEvents, UnrecoverableError, WaitingError, Worker } = bullmq;
    return { Queue, QueueEvents, Redis, UnrecoverableError, WaitingError, Worker };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new ExecutorError('a queue needs two optional packages: npm install bullmq ioredis adds them');
  }
}

/** The names of the queue and its keys in Redis. */
export const queueName = 'replicates';
export const queuePrefix = 'signprox';

/** Unanswered pings after which Redis counts as unreachable. */
const beats = 6;

/** A connection that checks whether Redis answers. */
export interface RedisWatch {
  stop(): void;
}

/**
 * Connects to Redis, and pings it regularly.
 *
 * @param patience milliseconds for which Redis may be unreachable, once connected
 * @param beat called after each answer
 * @param gone called once, when Redis has been unreachable for that long
 * @throws ExecutorError of one line if Redis cannot be reached or rejects the credentials
 */
export async function watchRedis(
  { text, options }: RedisAddress,
  patience: number,
  beat: () => void,
  gone: (error: ExecutorError) => void,
): Promise<RedisWatch> {
  const { Redis } = await loadQueuePackages();
  let trouble = 'it does not answer';
  const listen = (client: Redis): Redis =>
    client.on('error', (error) => {
      trouble = firstLine(error);
    });
  const first = listen(
    new Redis({ ...options, lazyConnect: true, connectTimeout: patience, retryStrategy: () => null }),
  );
  try {
    // Neither error may be passed on: the arguments of a refused command, with the password, are a field of it.
    await first.connect();
    await first.ping();
  } catch (error) {
    const why = trouble === 'it does not answer' ? firstLine(error) : trouble;
    throw new ExecutorError(`cannot use the Redis at ${text}: ${why}; check that it runs, and the password`);
  } finally {
    first.disconnect();
  }
  const client = listen(new Redis({ ...options, enableOfflineQueue: false }));
  let silent = 0;
  let asking = false;
  const ask = async (): Promise<void> => {
    // Pings are counted, not seconds: if a computation keeps this thread busy, Redis is not to blame.
    if (silent === beats) {
      stop();
      gone(new ExecutorError(`the Redis at ${text} has been unreachable for ${patience / 1000} s (${trouble})`));
      return;
    }
    silent++;
    if (asking) return;
    asking = true;
    try {
      await client.ping();
      silent = 0;
      beat();
    } catch (error) {
      // The reason why there is no connection is more useful than the fact.
      if (client.status === 'ready') trouble = firstLine(error);
    } finally {
      asking = false;
    }
  };
  const timer = setInterval(ask, patience / beats);
  const stop = (): void => {
    clearInterval(timer);
    client.disconnect();
  };
  return { stop };
}

/** Closes connections of BullMQ. Those that wait for an unreachable Redis are left to `RedisAddress.end`. */
export async function closeAll(address: RedisAddress, ...endings: readonly Promise<void>[]): Promise<void> {
  address.end();
  const closed = Promise.allSettled(endings);
  await Promise.race([closed, sleep(1000, undefined, { ref: false })]);
}
