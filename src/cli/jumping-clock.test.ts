import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { startRedis, testWithRedis } from '../executors/queue/redis.test.helper.js';
import { startCommand } from './command-process.test.helper.js';
import { startWorker } from './queue-worker.test.helper.js';
import { directory, recordIn } from './run-directory.test.helper.js';

const helper = fileURLToPath(new URL('./jumping-clock.test.helper.js', import.meta.url));
const asked = ['verify', '--claims', 'eq12*,majority-vote-noise', '--depth', 'quick'];

/** Has every process that the test starts from now on, and its threads, live with a clock that jumps. */
function jumping(t: ExecutionContext): void {
  const before = process.env['NODE_OPTIONS'];
  process.env['NODE_OPTIONS'] = `${before ?? ''} --import=${helper}`;
  t.teardown(() => {
    if (before === undefined) delete process.env['NODE_OPTIONS'];
    else process.env['NODE_OPTIONS'] = before;
  });
}

async function found(t: ExecutionContext, cwd: string, out: string, ...options: readonly string[]): Promise<object> {
  const { code, stderr } = await startCommand(cwd, [...asked, '--out', out, ...options]);
  t.is(code, 0, stderr);
  const { timing, ...record } = await recordIn(cwd, `${out}/selection`);
  t.true(timing!.seconds > 0 && timing!.seconds < 600, `${timing!.seconds} s`);
  return record;
}

test.serial('a clock that is set while a run goes on changes nothing of it', async (t) => {
  const cwd = await directory(t);
  const expected = await found(t, cwd, 'steady');
  jumping(t);
  t.deepEqual(await found(t, cwd, 'jumping'), expected);
});

testWithRedis('nor do the clocks of a worker and of its run, each set by itself', async (t) => {
  const cwd = await directory(t);
  const redis = await startRedis(t);
  const expected = await found(t, cwd, 'steady');
  jumping(t);
  await startWorker(t, redis.url);
  await startWorker(t, redis.url);
  t.deepEqual(await found(t, cwd, 'queue', '--executor', 'bullmq', '--redis', redis.url), expected);
});
