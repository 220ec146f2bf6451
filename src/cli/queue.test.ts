import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { startRedis, testWithRedis } from '../executors/queue/redis.test.helper.js';
import { startCommand } from './command-process.test.helper.js';
import { commandRunner } from './command-runner.test.helper.js';
import { startWorker } from './queue-worker.test.helper.js';
import { directory, recordIn } from './run-directory.test.helper.js';

const run = commandRunner();
const fixture = (path: string): string => fileURLToPath(new URL(`../../../fixtures/${path}`, import.meta.url));
const problem = fixture('problems/cosine-linear.json');
const ownTheorem = fixture('theorems/sgd-textbook.mjs');
const asked = ['--claims', 'theorem-2,majority-vote-noise', '--depth', 'quick'];

testWithRedis(
  'the report is the same bytes in process, on threads, from shards and from any number of workers',
  async (t) => {
    const cwd = await directory(t);
    const redis = await startRedis(t);
    const verify = async (out: string, ...options: readonly string[]): Promise<object> => {
      const { code, stderr } = await run(cwd, ['verify', ...asked, '--out', out, ...options]);
      t.is(code, 0, stderr);
      return { ...(await recordIn(cwd, `${out}/selection`)), timing: undefined };
    };
    const expected = await verify('in-process', '--workers', '0');
    t.deepEqual(await verify('threads', '--workers', '2'), expected);
    for (const place of ['1/2', '2/2']) await run(cwd, ['verify', ...asked, '--shard', place, '--out', 'parts']);
    await run(cwd, ['merge', 'parts/shard-1-of-2', 'parts/shard-2-of-2', '--out', 'merged']);
    t.deepEqual({ ...(await recordIn(cwd, 'merged/selection')), timing: undefined }, expected);
    const queue = ['--executor', 'bullmq', '--redis', redis.url];
    const workers = [await startWorker(t, redis.url)];
    t.deepEqual(await verify('one', ...queue, '--workers', '0'), expected);
    workers.push(await startWorker(t, redis.url, '--workers', '2'), await startWorker(t, redis.url));
    t.deepEqual(await verify('three', ...queue), expected);

    const bounds = ['bounds', '--problem', problem, '--theorem', '2', '--iterations', '1,4', '--start', '[1.25]'];
    const sampled = [...bounds, '--engine', 'monte-carlo', '--format', 'json'];
    const [here, there] = [await run(cwd, sampled), await run(cwd, [...sampled, ...queue])];
    t.is(here.code, 0, here.stderr);
    t.deepEqual(there, here);
    for (const worker of workers) {
      t.is(await worker.end(), 143);
      t.regex(
        worker.said(),
        /^signprox worker: \d threads? serves? redis:\/\/127\.0\.0\.1:\d+\nsignprox: interrupted; [^\n]+\n$/,
      );
    }
  },
);

testWithRedis('the rows of a grid are the same bytes on a queue, even if Redis was lost for a while', async (t) => {
  const cwd = await directory(t);
  const redis = await startRedis(t);
  const several = ['cosine-linear', 'geman-mcclure-huber'].flatMap((name) => [
    ...['--problem', fixture(`problems/${name}.json`)],
    ...['--start', fixture(`problems/${name}.start.json`)],
  ]);
  const theorems = ['--theorem', '1', '--theorem', 'theorem-2-sharp', '--iterations', '1,16'];
  const grid = ['bounds', ...several, ...theorems, '--engine', 'monte-carlo', '--out'];
  const queue = ['--executor', 'bullmq', '--redis', redis.url];
  const rows = (out: string): Promise<string> => readFile(join(cwd, out, 'rows.ndjson'), 'utf8');
  const here = await run(cwd, [...grid, 'here']);
  t.is(here.code, 0, here.stderr);
  const worker = await startWorker(t, redis.url, '--workers', '2');
  const there = await run(cwd, [...grid, 'there', ...queue]);
  t.deepEqual([there.code, there.stdout], [0, here.stdout], there.stderr);
  t.is(await rows('there'), await rows('here'));

  await worker.end();
  const lost = await startCommand(cwd, [...grid, 'lost', ...queue, '--redis-timeout', '1s'], (child) => {
    child.stderr!.on('data', (text) => {
      if (String(text).includes('no worker serves')) redis.kill();
    });
  });
  t.is(lost.code, 75, lost.stderr);
  t.regex(
    lost.stderr,
    /^signprox: the Redis at \S+ has been unreachable for 1 s \(.*\); \d of 8 rows are in lost\/rows\.ndjson; for the rest: node \S+main\.js bounds .* --out lost --resume$/m,
  );
  await redis.restart();
  await startWorker(t, redis.url);
  const rest = await run(cwd, [...grid, 'lost', '--resume', ...queue]);
  t.is(rest.code, 0, rest.stderr);
  t.is(await rows('lost'), await rows('here'));
});

test.serial('missing requirements of a queue give one line before anything runs', async (t) => {
  const cwd = await directory(t);
  const queue = ['verify', ...asked, '--executor', 'bullmq'];
  const refused = async (args: readonly string[], message: RegExp): Promise<void> => {
    const { code, stdout, stderr } = await run(cwd, args);
    t.deepEqual([code, stdout], [2, ''], stderr);
    t.regex(stderr, message);
    t.is(stderr.split('\n').length, 2);
  };
  await refused(
    queue,
    /^signprox: a queue needs the address of Redis: give --redis redis:\/\/host:port, or set SIGNPROX_REDIS/,
  );
  await refused(['worker'], /^signprox: a queue needs the address of Redis/);
  const wrong = [
    'http://:secret@127.0.0.1',
    'redis://',
    'secret',
    'redis://:secret@127.0.0.1/words',
    'redis://:secret@[::1',
  ];
  for (const address of wrong) {
    await refused([...queue, '--redis', address], /^signprox: a Redis is given as redis:\/\/host:port/);
    await refused(['worker', '--redis', address], /^signprox: a Redis is given as redis:\/\/host:port/);
  }
  const nobody = 'redis://user:secret@127.0.0.1:1/2';
  await refused(
    [...queue, '--redis', nobody],
    /^signprox: cannot use the Redis at redis:\/\/127\.0\.0\.1:1\/2: connect ECONNREFUSED/,
  );
  await refused(
    ['worker', '--redis', nobody],
    /^signprox: cannot use the Redis at redis:\/\/127\.0\.0\.1:1\/2: connect/,
  );
  await refused(['worker', nobody], /^signprox: worker takes no argument[^\n]*redis:\/\/\*\*\*@127\.0\.0\.1:1\/2/);
  await refused(['worker', '--redis', nobody, '--workers', '0'], /the number of workers is an integer from 1 to 256/);
  const own = ['--theorem', ownTheorem, '--executor', 'bullmq', '--redis', nobody];
  await refused(
    ['verify', ...own],
    /^signprox: file:\S+sgd-textbook\.mjs is not of this package, so the workers of a queue do not have it/,
  );
  await refused(
    ['bounds', '--problem', problem, '--start', '[1]', '--iterations', '1', ...own],
    /sgd-textbook\.mjs is not of this package/,
  );
  const grid = ['bounds', '--problem', problem, '--theorem', '1', '--start', '[1]', '--iterations', '1', ...own];
  await refused(grid, /^signprox: file:\S+sgd-textbook\.mjs is not of this package/);
  t.false(existsSync(join(cwd, 'reports/sweep')));
});
