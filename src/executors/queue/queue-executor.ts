import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from 'bullmq';
import type { Executor, ReplicateJob } from '../../claims/replicate-job.js';
import { ExecutorError } from '../executor-error.js';
import { firstLine, requireRange } from '../replicates.js';
import { messageOf, type RangeMessage, readValues } from './messages.js';
import { type RangeSizes, rangeSizes } from './range-sizes.js';
import { closeAll, loadQueuePackages, parseRedisAddress, queueName, queuePrefix, watchRedis } from './redis.js';
import { refusal } from './refusal.js';

/** Options of `queueExecutor`. */
export interface QueueExecutorOptions {
  /** `redis://user:password@host:port/database`. */
  readonly redis: string;
  /** Milliseconds for which a Redis that was there may be gone. */
  readonly patience: number;
  /** Aborting it stops waiting for replicates and refuses new ones. */
  readonly signal?: AbortSignal;
  /** Told in one line what keeps the run waiting. */
  readonly notice?: (line: string) => void;
}

/** An executor that can be lost while it is used. */
export interface QueueExecutor extends Executor {
  /** Aborted with an `ExecutorError` when the replicates of this run will not be computed. */
  readonly lost: AbortSignal;
}

/** A range that was sent. */
interface Waiting {
  readonly data: RangeMessage;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  /** Beats of the connection since it was sent. */
  beats: number;
}

/** How often a range that fails is tried. */
const attempts = 3;

/** Seconds after which Redis forgets an answer that nobody has taken: that of a run which was killed. */
const keep = { age: 3600 };

/** Jobs whose ranges are remembered. */
const mostLearned = 1000;

/** Milliseconds for taking back what nobody waits for any more. */
const patientEnd = 1000;

/** Beats without an answer after which one looks whether there is a worker at all. */
const lonely = 3;

/**
 * Has replicates computed by the workers of a queue in Redis (`signprox worker`). A run is cut into ranges; their values are put together
 * in index order, so they are the same bytes for any number of workers, any cut, and any order of arrival. A range that a worker has lost is
 * given to another, and one whose values come twice counts once. When replicates fail, the error is that of the one with the lowest index.
 *
 * @throws ExecutorError in one line when there is no such Redis, or the packages that speak to it are not installed
 */
export async function queueExecutor(options: QueueExecutorOptions): Promise<QueueExecutor> {
  const { signal, notice } = options;
  const address = parseRedisAddress(options.redis);
  const { Queue, QueueEvents } = await loadQueuePackages();
  const run = randomUUID();
  const waiting = new Map<string, Waiting>();
  const learned = new Map<string, RangeSizes>();
  const lost = new AbortController();
  /** What was sent in vain: taken back at the end. */
  const abandoned: string[] = [];
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
  // Whoever waits looks after his ranges himself: of the events, which hold the values too, few need to be kept.
  const queue = new Queue(queueName, { connection, prefix: queuePrefix, streams: { events: { maxLen: 256 } } });
  const events = new QueueEvents(queueName, { connection, prefix: queuePrefix, lastEventId: '0-0' });
  // A connection that is lost and found again is told of by `watchRedis`.
  queue.on('error', () => undefined);
  events.on('error', () => undefined);
  for (const event of ['completed', 'failed'] as const) {
    events.on(event, ({ jobId }: { jobId: string }) => void look(jobId));
  }

  /** Sends a range; under the same name again it does nothing where the range is still there. */
  const send = async (id: string, data: RangeMessage): Promise<void> => {
    await queue.add('range', data, { jobId: id, attempts, removeOnComplete: keep, removeOnFail: keep });
  };

  /** Takes the answer to a range, if there is one. */
  async function look(id: string): Promise<void> {
    const range = waiting.get(id);
    if (range === undefined) return;
    const job = await queue.getJob(id).catch(() => null);
    if (job === null || !waiting.has(id)) return;
    // A Redis that was started anew may have forgotten it.
    if (job === undefined) return send(id, range.data).catch(() => undefined);
    if (job.finishedOn === undefined) return;
    waiting.delete(id);
    quiet = 0;
    if (job.returnvalue === null || job.returnvalue === undefined) range.reject(failureOf(job));
    else range.resolve(job.returnvalue);
    job.remove().catch(() => undefined);
  }

  function failureOf({ failedReason }: Job): Error {
    const reason = firstLine(failedReason).slice(0, 1000);
    if (!reason.startsWith(refusal)) return new Error(reason);
    const error = new ExecutorError(`a worker at ${address.text} refused replicates: ${reason.slice(refusal.length)}`);
    lose(error);
    return error;
  }

  /** Events may be missed: whatever has waited for a while is looked at. */
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

  function answerTo(data: RangeMessage): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = `${run}-${sent++}`;
      waiting.set(id, { data, resolve, reject, beats: 0 });
      send(id, data).catch(reject);
    });
  }

  /** What was learned of a job when replicates of it were asked for last. */
  function sizesOf(message: object, replicates: number): RangeSizes {
    const key = createHash('sha256').update(JSON.stringify(message)).digest('hex');
    const known = learned.get(key) ?? rangeSizes(replicates);
    learned.delete(key);
    learned.set(key, known);
    if (learned.size > mostLearned) learned.delete(learned.keys().next().value!);
    return known;
  }

  async function compute(job: ReplicateJob, from: number, to: number): Promise<Float64Array> {
    const message = messageOf(job);
    const values = new Float64Array(to - from);
    const sizes = sizesOf(message, to - from);
    const failed: { readonly start: number; readonly error: unknown }[] = [];
    const open = new Set<Promise<unknown>>();
    for (let start = from; start < to && failed.length === 0; ) {
      if (open.size >= sizes.window()) {
        await Promise.race(open);
        continue;
      }
      const [first, end] = [start, Math.min(to, start + sizes.next())];
      const range: Promise<unknown> = answerTo({ ...message, from: first, to: end })
        .then((answer) => {
          const read = readValues(answer, end - first);
          values.set(read.values, first - from);
          sizes.learn(end - first, read.seconds);
        })
        .catch((error) => failed.push({ start: first, error }))
        .finally(() => open.delete(range));
      open.add(range);
      start = end;
    }
    // The ranges before one that failed were all sent before it.
    await Promise.all(open);
    const [lowest] = failed.toSorted((a, b) => a.start - b.start);
    if (lowest !== undefined) throw lowest.error;
    return values;
  }

  return {
    name: `bullmq (${address.text})`,
    lost: lost.signal,
    async run(job, from, to) {
      requireRange(from, to);
      lost.signal.throwIfAborted();
      try {
        return await compute(job, from, to);
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
      // Workers that have begun one of these keep it; and Redis may be gone.
      const taken = Promise.allSettled(abandoned.map((id) => queue.remove(id)));
      await Promise.race([taken, sleep(patientEnd, undefined, { ref: false })]);
      await closeAll(address, events.close(), queue.disconnect());
    },
  };
}
