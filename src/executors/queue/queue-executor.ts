import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from 'bullmq';
import type { Executor } from '../../claims/claim.js';
import { ExecutorError, firstLine, requireRange } from '../replicates.js';
import {
  type JobMessage,
  longestRange,
  longestReason,
  messageOf,
  nameOfJob,
  type RangeMessage,
  readValues,
  refusal,
} from './messages.js';
import { closeAll, loadQueuePackages, parseRedisAddress, queueName, queuePrefix, watchRedis } from './redis.js';

/** Seconds of computing in one range: little to lose with a killed worker, much compared with the overhead of the queue. */
const goal = 1;

/** Ranges of one run in the queue at once, at first and at most: enough for that many workers, and little of Redis's memory. */
const window = { first: 16, most: 256 };

/** Sizes of the ranges of one job: small at first, then about a second each. The values of replicates do not depend on it. */
interface RangeSizes {
  /** Replicates of the next range. */
  next(): number;
  /** The number of ranges that may be in the queue at once. */
  window(): number;
  /** Learns the time that a range of `count` replicates took. */
  learn(count: number, seconds: number): void;
}

/** @param replicates the size of the first request, about whose cost nothing is known */
export function rangeSizes(replicates: number): RangeSizes {
  let size = Math.max(1, Math.min(16, Math.ceil(replicates / 8)));
  let open = window.first;
  return {
    next: () => size,
    window: () => open,
    learn(count, seconds) {
      open = Math.min(window.most, open + 1);
      const fitting = seconds > 0 ? Math.floor((goal * count) / seconds) : longestRange;
      // The size grows slowly: the first replicate of a thread takes longer, and others may too.
      size = Math.max(1, Math.min(fitting, 8 * size, longestRange));
    },
  };
}

/** Options of `queueExecutor`. */
export interface QueueExecutorOptions {
  /** `redis://user:password@host:port/database`. */
  readonly redis: string;
  /** Milliseconds for which Redis may be unreachable, once connected. */
  readonly patience: number;
  /** Aborting it stops waiting for replicates and refuses new ones. */
  readonly signal?: AbortSignal;
  /** Receives one line that says what keeps the run waiting. */
  readonly notice?: (line: string) => void;
}

/** An executor that can be lost during a run. */
export interface QueueExecutor extends Executor {
  /** Aborted with an `ExecutorError` when the replicates of this run will not be computed. */
  readonly lost: AbortSignal;
}

/** A range that was sent. */
interface Waiting {
  readonly data: RangeMessage;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  /** Heartbeats of the connection since it was sent. */
  beats: number;
}

/** The answer to a range that was sent; none if the range has been dropped. */
interface Asked {
  readonly answer: Promise<unknown>;
  drop(): Promise<void>;
}

/** The number of attempts for a failing range. */
const attempts = 3;

/** BullMQ's message for a range that was lost with its workers more often than `maxStalledCount`. */
const stalled = 'job stalled more than';

/** Seconds after which Redis deletes an unclaimed answer, as of a run that was killed. */
const keep = { age: 3600 };

/** Number of jobs whose ranges are remembered. */
const mostLearned = 1000;

/** Milliseconds for withdrawing ranges that nobody waits for. */
const patientEnd = 1000;

/** Heartbeats without an answer after which the run checks whether there is a worker at all. */
const lonely = 3;

/**
 * Has replicates computed by the workers of a queue in Redis (`signprox worker`). A run is cut into ranges, whose values are joined in index
 * order: they are the same bytes for any number of workers, any cut, and any order of arrival. A range that is lost with its worker goes to
 * another one, and values that arrive twice count once. If replicates fail, the error is that of the lowest index.
 *
 * @throws ExecutorError of one line if Redis cannot be reached, or if the packages for it are not installed
 */
export async function queueExecutor(options: QueueExecutorOptions): Promise<QueueExecutor> {
  const { signal, notice } = options;
  const address = parseRedisAddress(options.redis);
  const { Queue, QueueEvents } = await loadQueuePackages();
  const run = randomUUID();
  const waiting = new Map<string, Waiting>();
  const learned = new Map<string, RangeSizes>();
  const lost = new AbortController();
  /** Ranges that are not needed after all: they are withdrawn at the end. */
  const abandoned: string[] = [];
  /** Unneeded ranges that a worker may have started: their answers are removed from Redis when they arrive. */
  const unwanted = new Set<string>();
  let sent = 0;
  let told = false;
  let quiet = 0;

  const lose = (error: Error): void => {
    lost.abort(error);
    for (const [id, { reject }] of waiting) {
      reject(error);
      abandoned.push(id);
    }
    waiting.clear();
  };
  const stop = (): void => lose(new ExecutorError('the run was aborted'));
  const watch = await watchRedis(address, options.patience, () => void beat(), lose);
  signal?.addEventListener('abort', stop, { once: true });
  const connection = address.options;
  // Every caller polls its own ranges, so Redis need keep only few events: they hold the values too.
  const queue = new Queue(queueName, { connection, prefix: queuePrefix, streams: { events: { maxLen: 256 } } });
  const events = new QueueEvents(queueName, { connection, prefix: queuePrefix, lastEventId: '0-0' });
  // `watchRedis` reports a connection that is lost and restored.
  queue.on('error', () => undefined);
  events.on('error', () => undefined);
  for (const event of ['completed', 'failed'] as const) {
    events.on(event, ({ jobId }: { jobId: string }) => void look(jobId));
  }

  /** Sends a range. Under the same name again it does nothing while the range is still there. */
  const send = async (id: string, data: RangeMessage): Promise<void> => {
    await queue.add('range', data, { jobId: id, attempts, removeOnComplete: keep, removeOnFail: keep });
  };

  /** Takes the answer to a range, if there is one. */
  async function look(id: string): Promise<void> {
    if (unwanted.delete(id)) await queue.remove(id).catch(() => 0);
    const range = waiting.get(id);
    if (range === undefined) return;
    const job = await queue.getJob(id).catch(() => null);
    if (job === null || !waiting.has(id)) return;
    // A restarted Redis may have lost it.
    if (job === undefined) return send(id, range.data).catch(() => undefined);
    if (job.finishedOn === undefined) return;
    waiting.delete(id);
    quiet = 0;
    if (job.returnvalue === null || job.returnvalue === undefined) range.reject(failureOf(job, range.data));
    else range.resolve(job.returnvalue);
    job.remove().catch(() => undefined);
  }

  function failureOf({ failedReason, stalledCounter }: Job, { module, from, to }: RangeMessage): Error {
    const reason = firstLine(failedReason).slice(0, longestReason);
    if (reason.startsWith(stalled)) {
      const range = `replicates ${from} to ${to - 1} of ${module}`;
      return new Error(`each of ${stalledCounter} workers in turn was lost while it computed ${range}`);
    }
    if (!reason.startsWith(refusal)) return new Error(reason);
    const error = new ExecutorError(`a worker at ${address.text} refused replicates: ${reason.slice(refusal.length)}`);
    lose(error);
    return error;
  }

  /** Events may be missed, so ranges that have waited for a while are checked. */
  async function beat(): Promise<void> {
    if (waiting.size === 0) return;
    if (!told && notice !== undefined && ++quiet >= lonely) {
      const workers = await queue.getWorkersCount().catch(() => 1);
      told ||= workers === 0;
      if (workers === 0)
        notice(`no worker serves ${address.text} yet: signprox worker --redis ${address.text} starts one`);
    }
    for (const [id, range] of waiting) if (range.beats++ > 0) await look(id);
  }

  function ask(data: RangeMessage): Asked {
    const id = `${run}-${sent++}`;
    let sending = Promise.resolve();
    const answer = new Promise<unknown>((resolve, reject) => {
      waiting.set(id, { data, resolve, reject, beats: 0 });
      sending = send(id, data).catch(reject);
    });
    return {
      answer,
      async drop() {
        if (!waiting.delete(id)) return;
        unwanted.add(id);
        await sending;
        // A range that a worker has started cannot be withdrawn, but its answer can be removed.
        if ((await queue.remove(id).catch(() => 0)) === 1) unwanted.delete(id);
      },
    };
  }

  /** What was learnt about a job from its last request for replicates. */
  function sizesOf(message: JobMessage, replicates: number): RangeSizes {
    const key = nameOfJob(message);
    const known = learned.get(key) ?? rangeSizes(replicates);
    learned.delete(key);
    learned.set(key, known);
    if (learned.size > mostLearned) learned.delete(learned.keys().next().value!);
    return known;
  }

  return {
    name: `bullmq (${address.text})`,
    lost: lost.signal,
    async run(job, from, to, take) {
      requireRange(from, to);
      lost.signal.throwIfAborted();
      try {
        const message = messageOf(job);
        return await joinRanges(message, [from, to], sizesOf(message, to - from), ask, take);
      } catch (error) {
        lost.signal.throwIfAborted();
        if (error instanceof ExecutorError) throw error;
        throw new Error(firstLine(error));
      }
    },
    async close() {
      signal?.removeEventListener('abort', stop);
      watch.stop();
      lose(new ExecutorError('the executor is closed'));
      // Workers that have started one of these keep it, and Redis may be unreachable.
      const taken = Promise.allSettled(abandoned.map((id) => queue.remove(id)));
      await Promise.race([taken, sleep(patientEnd, undefined, { ref: false })]);
      await closeAll(address, events.close(), queue.disconnect());
    },
  };
}

/** Asks for ranges of a run, as many at a time as keeps the workers busy, and joins their values in index order. */
async function joinRanges(
  message: JobMessage,
  [from, to]: readonly [from: number, to: number],
  sizes: RangeSizes,
  ask: (data: RangeMessage) => Asked,
  take: (values: Float64Array) => boolean = () => true,
): Promise<Float64Array> {
  const values = new Float64Array(to - from);
  const arrived = new Map<number, Float64Array>();
  const failed = new Map<number, unknown>();
  const open = new Map<Promise<unknown>, Asked>();
  let next = from;
  let enough = false;
  const takeArrived = (): void => {
    for (let piece = arrived.get(next); piece !== undefined && !enough; piece = arrived.get(next)) {
      arrived.delete(next);
      values.set(piece, next - from);
      next += piece.length;
      enough = !take(piece);
    }
  };
  // A failed replicate counts only once all before it have arrived and more are needed.
  const isOver = (): boolean => enough || failed.has(next);
  for (let start = from; (start < to && failed.size === 0) || open.size > 0; ) {
    if (isOver()) break;
    if (start === to || failed.size > 0 || open.size >= sizes.window()) {
      await Promise.race(open.keys());
      continue;
    }
    const [first, end] = [start, Math.min(to, start + sizes.next())];
    const asked = ask({ ...message, from: first, to: end });
    const range: Promise<unknown> = asked.answer
      .then((answer) => {
        const { values: piece, seconds, failure } = readValues(answer, end - first);
        if (failure !== undefined) failed.set(first + piece.length, new Error(failure));
        if (piece.length === 0) return;
        arrived.set(first, piece);
        sizes.learn(piece.length, seconds);
        takeArrived();
      })
      .catch((error) => failed.set(first, error))
      .finally(() => open.delete(range));
    open.set(range, asked);
    start = end;
  }
  for (const asked of open.values()) void asked.drop();
  if (!enough && failed.size > 0) throw failed.get(next);
  return values.subarray(0, next - from);
}
