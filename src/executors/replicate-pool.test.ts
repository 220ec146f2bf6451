import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { decideBound } from '../statistics/decision.js';
import { localExecutor } from './replicate-pool.js';
import computeTask from './replicate-worker.js';

/** A job whose module is the given source text. */
function job(source: string, parameters: unknown = {}) {
  return { module: `data:text/javascript,${encodeURIComponent(source)}`, parameters };
}

/** Independent uniforms by the keyed streams themselves, imported by address. */
const uniform = job(
  `import { keyedStream, streamKey } from '${new URL('../reference/sampling/keyed-stream.js', import.meta.url).href}';
   export const replicate = ({ seed }, index) => keyedStream(streamKey(seed, 'executor-test', 1, index))();`,
  { seed: '5' },
);
const slow = job(
  `export const replicate = (_, index) => { const end = performance.now() + 20; while (performance.now() < end); return index; };`,
);

test('the same bytes for any number of workers and any cut of the range', async (t) => {
  const reference = localExecutor({ workers: 0 });
  const expected = await reference.run(uniform, 0, 101);
  t.is(new Set(expected).size, 101);
  t.deepEqual((await reference.run(uniform, 40, 101)).subarray(0, 20), expected.subarray(40, 60));
  t.deepEqual(await reference.run(uniform, 7, 7), new Float64Array(0));
  const decided = (executor: typeof reference) =>
    decideBound({ bound: 0.6, cap: 1, maximumReplicates: 3000 }, (from, to) => executor.run(uniform, from, to));
  const verdict = JSON.stringify(await decided(reference));
  t.regex(verdict, /"holds"/);
  for (const workers of [1, 2, 3]) {
    const executor = localExecutor({ workers });
    t.deepEqual(await executor.run(uniform, 0, 101), expected, executor.name);
    const [early, late] = await Promise.all([executor.run(uniform, 0, 50), executor.run(uniform, 50, 101)]);
    t.deepEqual(early, expected.slice(0, 50));
    t.deepEqual(late, expected.slice(50));
    t.is(JSON.stringify(await decided(executor)), verdict);
    await executor.close();
  }
});

test('a part stops when an earlier one failed, and tells the later ones when it fails itself', async (t) => {
  const last = Int32Array.of(5);
  const compute = async (...task: Parameters<typeof computeTask>) => {
    const { each, ...part } = await computeTask(...task);
    t.true(each >= 0);
    return part;
  };
  const count = job('export const replicate = (_, index) => index;');
  t.deepEqual(await compute({ job: count, name: 'count', from: 3, to: 5, part: 5, last }), {
    values: Float64Array.of(3, 4),
  });
  const late = await compute({ job: count, name: 'count', from: 3, to: 5, part: 6, last });
  t.deepEqual(late, { values: new Float64Array(0), failure: 'no part as late as this is wanted' });
  t.is(last[0], 5);
  const broken = job(`export const replicate = (_, i) => { if (i === 2) throw new Error('broken'); return i; };`);
  const { values, failure } = await compute({ job: broken, name: 'broken', from: 0, to: 9, part: 2, last });
  t.deepEqual(values, Float64Array.of(0, 1));
  t.regex(failure!, /^replicate 2 of .* failed: broken$/);
  t.is(last[0], 2);
});

test("a module's derived data is computed once in each thread, for all parts and ranges of a job", async (t) => {
  const preparing = job(
    `const prepared = new WeakMap();
     let count = 0;
     export const replicate = (parameters) => {
       if (!prepared.has(parameters)) prepared.set(parameters, ++count);
       return prepared.get(parameters);
     };`,
  );
  const executor = localExecutor({ workers: 1 });
  t.deepEqual(new Set(await executor.run(preparing, 0, 64)), new Set([1]));
  t.deepEqual(new Set(await executor.run({ ...preparing }, 64, 128)), new Set([1]));
  t.deepEqual(new Set(await executor.run({ ...preparing, parameters: {} }, 0, 64)), new Set([2]));
  await executor.close();
});

test('parts are computed in order, so that the first results come first', async (t) => {
  const counting = job('let count = 0; export const replicate = () => count++;');
  const executor = localExecutor({ workers: 1 });
  t.deepEqual([...(await executor.run(counting, 0, 64))], [...Array(64).keys()]);
  await executor.close();
});

test('parts are as long as 50 ms, once the time of a replicate is known', async (t) => {
  const executor = localExecutor({ workers: 1 });
  const parts: number[] = [];
  const run = async (own: typeof slow) => {
    parts.length = 0;
    await executor.run(own, 0, 24, (values) => parts.push(values.length) > 0);
    return parts.slice();
  };
  t.deepEqual(await run(slow), [3, 3, 3, 3, 3, 3, 3, 3]);
  // 20 ms each, or more on a machine that is busy: two at most.
  t.true((await run(slow)).every((length) => length <= 2));
  t.deepEqual(await run({ ...slow, parameters: {} }), [3, 3, 3, 3, 3, 3, 3, 3]);
  await executor.close();
});

/** Replicates that are above every bound and count themselves in a file that is as long as there were; of index `poisoned` and beyond there is none. */
const counted = (file: string, poisoned = Number.POSITIVE_INFINITY) =>
  job(
    `import { appendFileSync } from 'node:fs';
     export const replicate = ({ file, poisoned }, index) => {
       appendFileSync(file, '.');
       if (index >= poisoned) throw new Error('poisoned');
       const end = performance.now() + 2;
       while (performance.now() < end);
       return 1;
     };`,
    { file, poisoned },
  );

test('a decision inside a chunk ends it: little unneeded work is started', async (t) => {
  const cwd = await mkdtemp(join(tmpdir(), 'signprox-executor-'));
  t.teardown(() => rm(cwd, { recursive: true }));
  const decisions = new Set<string>();
  for (const workers of [0, 1, 2]) {
    const executor = localExecutor({ workers });
    const [file, poisonedFile] = ['begun', 'poisoned'].map((name) => join(cwd, `${name}-${workers}`)) as [
      string,
      string,
    ];
    const check = { bound: 0.5, cap: 1, maximumReplicates: 8192, firstChunk: 4096 };
    const decision = await decideBound(check, (...range) => executor.run(counted(file), ...range));
    t.is(decision.verdict, 'violated');
    decisions.add(JSON.stringify(decision));
    // A replicate that would fail after the crossing fails nothing.
    const at = decision.crossing!;
    const spared = await decideBound(check, (...range) => executor.run(counted(poisonedFile, at), ...range));
    decisions.add(JSON.stringify(spared));
    const fails = executor.run(counted(poisonedFile, at - 1), 0, 4096, () => true);
    await t.throwsAsync(fails, { message: new RegExp(`^replicate ${at - 1} of .* failed: poisoned$`) });
    await executor.close();
    const begun = (await stat(file)).size;
    // In this thread none; else at most the part in which it is, and as much of the others as was computed meanwhile.
    const most = workers === 0 ? at : (workers + 1) * Math.ceil(4096 / (8 * workers));
    t.true(begun >= at && begun <= most, `${begun} were begun on ${workers} workers for ${at}, at most ${most}`);
  }
  t.is(decisions.size, 1);
});

test("an executor's name says where replicates run, and the default is worker threads", async (t) => {
  t.is(localExecutor({ workers: 0 }).name, 'in-process');
  t.is(localExecutor({ workers: 1 }).name, 'local (1 worker)');
  t.is(localExecutor({ workers: 2 }).name, 'local (2 workers)');
  t.regex(localExecutor().name, /^local/);
});

test('a failing job gives one line that names the lowest failing replicate, on every executor', async (t) => {
  const failing = job(
    `export const replicate = ({ at }, index) => { if (index >= at) throw new Error('broken ' + index + '\\nsecond line'); return index; };`,
    { at: 13 },
  );
  for (const workers of [0, 2]) {
    const executor = localExecutor({ workers });
    await t.throwsAsync(executor.run(failing, 0, 100), { message: /^replicate 13 of data:.* failed: broken 13$/ });
    // Replicate 8 fails at once, replicate 3 after a while in another thread.
    const race = job(
      `export const replicate = (_, index) => {
         const end = performance.now() + (index < 8 ? 30 : 0);
         while (performance.now() < end);
         if (index === 3 || index === 8) throw new Error('raced');
         return 0;
       };`,
    );
    await t.throwsAsync(executor.run(race, 0, 64), { message: /^replicate 3 of / });
    // The executor survives it.
    t.deepEqual(await executor.run(failing, 0, 3), Float64Array.of(0, 1, 2));
    await t.throwsAsync(executor.run(job(`export const replicate = () => 'one';`), 0, 2), {
      message: /^replicate 0 of .* must return a number, got string$/,
    });
    await t.throwsAsync(executor.run(job(`export const replicate = () => { throw 'text'; };`), 0, 2), {
      message: /failed: text$/,
    });
    await t.throwsAsync(executor.run(job('export const other = 1;'), 0, 2), {
      message: /must export a function replicate/,
    });
    await t.throwsAsync(executor.run({ module: 'file:///does/not/exist.js', parameters: 0 }, 0, 2), {
      message: /^cannot import file:\/\/\/does\/not\/exist\.js: Cannot find module.*$/,
    });
    await executor.close();
  }
});

test('a worker that dies fails the run instead of hanging it', async (t) => {
  const executor = localExecutor({ workers: 1 });
  await t.throwsAsync(executor.run(job('export const replicate = () => process.exit(3);'), 0, 4));
  t.deepEqual(await executor.run(job('export const replicate = (_, i) => i;'), 0, 2), Float64Array.of(0, 1));
  await executor.close();
});

test('abort and close stop running replicates and refuse new ones', async (t) => {
  for (const workers of [0, 2]) {
    const controller = new AbortController();
    const executor = localExecutor({ workers, signal: controller.signal });
    const running = t.throwsAsync(executor.run(slow, 0, 10_000), { message: 'the run was aborted' });
    setTimeout(() => controller.abort(), 100);
    await running;
    await t.throwsAsync(executor.run(slow, 0, 1), { message: 'the run was aborted' });
    await executor.close();

    const closing = localExecutor({ workers });
    const interrupted = t.throwsAsync(closing.run(slow, 0, 10_000), { message: 'the executor is closed' });
    setTimeout(() => closing.close(), 100);
    await interrupted;
    await closing.close();
    await t.throwsAsync(closing.run(slow, 0, 1), { message: 'the executor is closed' });
  }
});

test('bad options and ranges are refused by name', async (t) => {
  for (const workers of [-1, 1.5, Number.NaN]) t.throws(() => localExecutor({ workers }), { message: /^workers/ });
  const executor = localExecutor({ workers: 0 });
  for (const [from, to] of [
    [-1, 2],
    [3, 2],
    [0.5, 2],
    [0, Number.NaN],
  ] as const) {
    await t.throwsAsync(executor.run(uniform, from, to), { message: /^replicates must be a range/ });
  }
});
