import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionContext } from 'ava';
import { Queue } from 'bullmq';
import { type QueueExecutor, queueExecutor } from '../executors/queue/queue-executor.js';
import { queueName, queuePrefix } from '../executors/queue/redis.js';
import { startRedis, type TestRedis, testWithRedis } from '../executors/queue/redis.test.helper.js';
import { localExecutor } from '../executors/replicate-pool.js';
import { keyedStream, streamKey } from '../reference/sampling/keyed-stream.js';
import { decideBound } from '../statistics/decision.js';
import type { Faults } from '../theory/left-side/faulty-replicates.test.helper.js';
import { startWorker, type TestWorker } from './queue-worker.test.helper.js';
import { directory } from './run-directory.test.helper.js';

const module = new URL('../theory/left-side/faulty-replicates.test.helper.js', import.meta.url).href;

/** A queue, what runs on it, and what the same computation gives here. */
async function faulty(t: ExecutionContext, faults: Omit<Faults, 'folder'>) {
  const [redis, folder] = await Promise.all([startRedis(t), directory(t)]);
  const executor = await openQueue(t, redis);
  const replicates = 100;
  const expected = await localExecutor({ workers: 0 }).run(
    { module, parameters: { folder: await directory(t) } },
    0,
    replicates,
  );
  let running: Promise<unknown> | undefined;
  return {
    ...{ redis, folder, executor, expected },
    run: () => {
      const values = executor.run({ module, parameters: { folder, ...faults } }, 0, replicates);
      running = values;
      return values;
    },
    /** When some replicates have been begun. */
    underWay: () => until(() => existsSync(join(folder, 'begun')), running),
    /** When the one that hangs has been begun. */
    hanging: () => until(() => existsSync(join(folder, 'hanging')), running),
    /** How often each replicate was begun. */
    async begun(): Promise<ReadonlyMap<number, number>> {
      const lines = (await readFile(join(folder, 'begun'), 'utf8')).trim().split('\n');
      return lines.reduce((counts, line) => counts.set(+line, (counts.get(+line) ?? 0) + 1), new Map<number, number>());
    },
  };
}

async function openQueue(t: ExecutionContext, { url }: TestRedis, patience = 20_000): Promise<QueueExecutor> {
  const executor = await queueExecutor({ redis: url, patience });
  t.teardown(() => executor.close());
  return executor;
}

/** Waits until it has happened. A run that ends before, with its reason, ends the wait too. */
async function until(happened: () => boolean, running?: Promise<unknown>): Promise<void> {
  const ended = running?.then(() => {
    if (!happened()) throw new Error('the run ended first');
  });
  while (!happened()) await Promise.race([sleep(20), ended ?? sleep(20)]);
}

testWithRedis('a worker that is killed while it computes loses no work', async (t) => {
  const { redis, run, hanging, begun, expected } = await faulty(t, { hangs: 50 });
  const worker = await startWorker(t, redis.url);
  const running = run();
  await hanging();
  await worker.end('SIGKILL');
  await startWorker(t, redis.url);
  t.deepEqual(await running, expected);
  t.true((await begun()).get(50)! >= 2);
});

testWithRedis('a worker that is told to stop returns its jobs and leaves no process', async (t) => {
  const { redis, run, hanging, expected } = await faulty(t, { hangs: 50 });
  // Nobody would take it away from this worker during the test.
  const worker = await startWorker(t, redis.url, '--lock', '600s');
  const running = run();
  await hanging();
  t.is(await worker.end('SIGTERM'), 143);
  t.regex(worker.said(), /unfinished jobs are back in the queue\n$/);
  // It has not failed: none of its attempts is used up.
  const queue = new Queue(queueName, { connection: { port: redis.port }, prefix: queuePrefix });
  const waiting = await queue.getWaiting();
  await queue.close();
  t.true(waiting.length > 0);
  for (const { attemptsMade } of waiting) t.is(attemptsMade, 0);
  await startWorker(t, redis.url);
  t.deepEqual(await running, expected);
});

testWithRedis(
  'a worker that comes back after being taken for dead delivers a duplicate, which counts once',
  async (t) => {
    const { redis, folder, executor, run, hanging, begun, expected } = await faulty(t, { hangs: 50 });
    const late = await startWorker(t, redis.url);
    const running = run();
    await hanging();
    late.process.kill('SIGSTOP');
    const other = await startWorker(t, redis.url);
    t.deepEqual(await running, expected);
    t.is(await other.end(), 143);
    await writeFile(join(folder, 'go'), '');
    late.process.kill('SIGCONT');
    // What comes after it, from the same worker, is right too, and nothing of it is new.
    t.deepEqual(await executor.run({ module, parameters: { folder } }, 0, 100), expected);
    t.true((await begun()).get(50)! >= 3);
    t.is(await late.end(), 143);
  },
);

testWithRedis('a Redis that restarts, with its data or empty, loses no work', async (t) => {
  const { redis, run, begun, underWay, expected, executor } = await faulty(t, { slow: 20 });
  await startWorker(t, redis.url);
  const running = run();
  await underWay();
  await redis.restart();
  await redis.restart('empty');
  t.deepEqual(await running, expected);
  t.is((await begun()).size, 100);
  t.false(executor.lost.aborted);
});

testWithRedis('a replicate that no worker can compute ends the run with its reason, after its attempts', async (t) => {
  const { redis, run, begun } = await faulty(t, { fails: 60 });
  await startWorker(t, redis.url, '--workers', '2', '--lock', '30s');
  await t.throwsAsync(run(), { message: /^replicate 60 of file:\S+ failed: nobody can compute replicate 60$/ });
  t.is((await begun()).get(60), 3);
});

testWithRedis(
  'a failing replicate after the crossing does not matter, even in the range of the crossing',
  async (t) => {
    const { redis, folder, executor } = await faulty(t, {});
    await startWorker(t, redis.url);
    const check = { bound: 0.01, cap: 1, maximumReplicates: 4000, firstChunk: 4000 };
    const threads = localExecutor({ workers: 2 });
    t.teardown(() => threads.close());
    const executors = [localExecutor({ workers: 0 }), threads, executor];
    const decided = async (fails: number, on: Pick<QueueExecutor, 'run'>) =>
      decideBound(check, (...range) => on.run({ module, parameters: { folder, fails } }, ...range));
    const { crossing } = await decided(-1, executors[0]!);
    t.true(crossing! < 16, 'ranges begin with 16 replicates');
    const decisions = await Promise.all(executors.map((on) => decided(crossing!, on)));
    for (const { verdict } of decisions) t.is(verdict, 'violated');
    t.deepEqual(decisions, [decisions[0]!, decisions[0]!, decisions[0]!]);
    // The replicate of the crossing is wanted.
    for (const on of executors) {
      const message = new RegExp(`^replicate ${crossing! - 1} of .* failed: nobody can compute`);
      await t.throwsAsync(decided(crossing! - 1, on), { message });
    }
  },
);

testWithRedis('a decision ends a chunk: ranges that nobody needs are withdrawn', async (t) => {
  const { redis, folder, executor, begun } = await faulty(t, {});
  await startWorker(t, redis.url);
  const check = { bound: 0.2, cap: 1, maximumReplicates: 4000, firstChunk: 4000 };
  const here = localExecutor({ workers: 0 });
  const own = await directory(t);
  const job = (parameters: Faults) => ({ module, parameters });
  const expected = await decideBound(check, (...range) => here.run(job({ folder: own }), ...range));
  t.is(expected.verdict, 'violated');
  t.true(expected.crossing! > 16, 'the crossing is in the first range');
  const decided = await decideBound(check, (...range) => executor.run(job({ folder, slow: 5 }), ...range));
  t.deepEqual(decided, expected);
  const queue = new Queue(queueName, { connection: { port: redis.port }, prefix: queuePrefix });
  while ((await queue.getJobCountByTypes('waiting', 'active')) > 0) await sleep(20);
  // What a worker has begun it ends, and nobody keeps it.
  while ((await queue.getCompletedCount()) > 0) await sleep(20);
  await queue.close();
  // Ranges grow eightfold at most, and one was being computed when the crossing was known.
  const { size } = await begun();
  t.true(size >= expected.crossing! && size <= expected.crossing! + 16 * 8 * 2, `${size} for ${expected.crossing}`);
});

testWithRedis('a range that kills its workers fails after the sixth one, and is named', async (t) => {
  const { redis, run, begun } = await faulty(t, { kills: 40 });
  let over = false;
  const failed = t.throwsAsync(run(), {
    message:
      'each of 6 workers in turn was lost while it computed replicates 39 to 51 of src/theory/left-side/faulty-replicates.test.helper.js',
  });
  const ended = failed.finally(() => {
    over = true;
  });
  const workers: TestWorker[] = [];
  while (!over) {
    const worker = await startWorker(t, redis.url);
    workers.push(worker);
    await Promise.race([ended, once(worker.process, 'exit')]);
  }
  await failed;
  t.is((await begun()).get(40), 6);
  // The seventh is there to see that the sixth is gone.
  t.is(workers.length, 7);
});

testWithRedis('a lost Redis ends a run and its worker in one line', async (t) => {
  const redis = await startRedis(t);
  const executor = await openQueue(t, redis, 600);
  const worker = await startWorker(t, redis.url, '--redis-timeout', '600ms');
  const running = executor.run({ module, parameters: { folder: await directory(t), hangs: 0 } }, 0, 10);
  running.catch(() => undefined);
  await redis.kill();
  const gone = `the Redis at ${redis.url} has been unreachable for 0.6 s (connect ECONNREFUSED 127.0.0.1:${redis.port})`;
  await t.throwsAsync(running, { name: 'ExecutorError', message: gone });
  await t.throwsAsync(executor.run({ module, parameters: {} }, 0, 1), { message: gone });
  if (worker.process.exitCode === null) await once(worker.process, 'exit');
  t.is(worker.process.exitCode, 75);
  t.regex(worker.said(), /^signprox: the Redis at \S+ has been unreachable for 0\.6 s \([^\n]*\)\n$/m);
});

/** Workers that are killed in the next test; a hundred have been, for docs/scale.md. */
const kills = Number(process.env['SIGNPROX_KILLS'] ?? 12);

testWithRedis('workers that are killed again and again lose no work', async (t) => {
  const { redis, folder, executor, expected } = await faulty(t, {});
  const random = keyedStream(streamKey('1', 'kills', 1, 0));
  const start = () => startWorker(t, redis.url);
  let workers: readonly TestWorker[] = await Promise.all([start(), start(), start()]);
  for (let killed = 0; killed < kills; killed += workers.length) {
    const running = executor.run({ module, parameters: { folder, slow: 10 } }, 0, 100);
    const killing = workers.map(async (worker) => {
      await sleep(random() * 1000);
      await worker.end('SIGKILL');
      return start();
    });
    t.deepEqual(await running, expected);
    workers = await Promise.all(killing);
  }
});
