import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { ExecutorError, firstLine } from '../replicates.js';

/** Where a Redis (or a Valkey) is, and how one gets in. */
export interface RedisAddress {
  /** Without the password: what may be printed. */
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
  /** Connections with these options that are lost from now on, or have been, are not sought again: they would keep the process from its end. */
  end(): void;
}

const wanted =
  'a Redis is given as redis://host:port/database, or rediss:// for TLS, with user:password@ before the host where it asks';

/**
 * Reads `redis://user:password@host:port/database`.
 *
 * @throws ExecutorError in one line, without what was given: that may hold a password
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
      // A command waits for a connection that is lost; how long is for `watchRedis` to say.
      maxRetriesPerRequest: null,
      retryStrategy: (attempt) => (ended ? null : Math.min(50 * attempt, 1000)),
    },
    end() {
      ended = true;
    },
  };
}

/** The packages that speak to a queue, which are optional. */
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

/** The names of the queue, and of what belongs to it in Redis. */
export const queueName = 'replicates';
export const queuePrefix = 'signprox';

/** Questions without an answer after which a Redis is gone. */
const beats = 6;

/** A connection that tells whether Redis answers. */
export interface RedisWatch {
  stop(): void;
}

/**
 * Connects to Redis, and asks it again and again whether it is there.
 *
 * @param patience milliseconds for which a Redis that was there may be gone
 * @param beat called after each answer
 * @param gone called once, when the patience is at its end
 * @throws ExecutorError in one line when there is none, or it does not let us in
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
    // Neither error may leave as it is: what a refused command was given, the password, is a field of it.
    await first.connect();
    await first.ping();
  } catch (error) {
    const why = trouble === 'it does not answer' ? firstLine(error) : trouble;
    throw new ExecutorError(`cannot use the Redis at ${text}: ${why}; is it there, and does it let you in?`);
  } finally {
    first.disconnect();
  }
  const client = listen(new Redis({ ...options, enableOfflineQueue: false }));
  let silent = 0;
  let asking = false;
  const ask = async (): Promise<void> => {
    // Questions are counted and not seconds: a computation that kept this thread busy is no silence of Redis.
    if (silent === beats) {
      stop();
      gone(new ExecutorError(`the Redis at ${text} has been gone for ${patience / 1000} s (${trouble})`));
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
      // That there is no connection says less than why there is none.
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

/** Ends connections of BullMQ, some of which wait for a Redis that is gone: these are left to `RedisAddress.end`. */
export async function closeAll(address: RedisAddress, ...endings: readonly Promise<void>[]): Promise<void> {
  address.end();
  const closed = Promise.allSettled(endings);
  await Promise.race([closed, sleep(1000, undefined, { ref: false })]);
}
