import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { startRedis, testWithRedis } from '../executors/queue/redis.test.helper.js';
import { startCommand } from './command-process.test.helper.js';
import { commandRunner, ends, inFolder, words } from './command-runner.test.helper.js';
import { fixture } from './few-functions.test.helper.js';
import { startWorker } from './queue-worker.test.helper.js';
import { directory, recordIn } from './run-directory.test.helper.js';

const run = commandRunner();
const problem = fixture('problems/cosine-linear.json');
const ownTheorem = fixture('theorems/sgd-textbook.mjs');
const asked = 'verify --claims theorem-2,majority-vote-noise --depth quick';

testWithRedis('the report is the same bytes in process, on threads and from any number of workers', async (t) => {
  const cwd = await directory(t);
  const redis = await startRedis(t);
  const verify = async (out: string, options = ''): Promise<object> => {
    await ends(t, run(cwd, `${asked} --out ${out} ${options}`));
    return { ...(await recordIn(cwd, `${out}/selection`)), timing: undefined };
  };
  const expected = await verify('in-process', '--workers 0');
  t.deepEqual(await verify('threads', '--workers 2'), expected);
  const queue = `--executor bullmq --redis ${redis.url}`;
  const workers = [await startWorker(t, redis.url)];
  t.deepEqual(await verify('one', `${queue} --workers 0`), expected);
  workers.push(await startWorker(t, redis.url, '--workers', '2'), await startWorker(t, redis.url));
  t.deepEqual(await verify('three', queue), expected);

  const bounds = words`bounds --problem ${problem} --theorem 2 --iterations 1,4 --start [1.25]`;
  const sampled = words`${bounds} --engine monte-carlo --format json`;
  const here = await ends(t, run(cwd, sampled));
  t.deepEqual(await run(cwd, [...sampled, ...queue.split(' ')]), here);
  for (const worker of workers) {
    t.is(await worker.end(), 143);
    t.regex(
      worker.said(),
      /^signprox worker: \d threads? serves? redis:\/\/127\.0\.0\.1:\d+\nsignprox: interrupted; [^\n]+\n$/,
    );
  }
});

testWithRedis('the rows of a grid are the same bytes on a queue, even if Redis was lost for a while', async (t) => {
  const cwd = await directory(t);
  const redis = await startRedis(t);
  const several = ['cosine-linear', 'geman-mcclure-huber'].flatMap((name) => [
    ...['--problem', fixture(`problems/${name}.json`)],
    ...['--start', fixture(`problems/${name}.start.json`)],
  ]);
  const grid = words`bounds ${several} --theorem 1 --theorem theorem-2-sharp --iterations 1,16 --engine monte-carlo --out`;
  const queue = ['--executor', 'bullmq', '--redis', redis.url];
  const rows = (out: string): Promise<string> => readFile(join(cwd, out, 'rows.ndjson'), 'utf8');
  const here = await ends(t, run(cwd, [...grid, 'here']));
  const worker = await startWorker(t, redis.url, '--workers', '2');
  await ends(t, run(cwd, [...grid, 'there', ...queue]), { stdout: here.stdout });
  t.is(await rows('there'), await rows('here'));

  await worker.end();
  const lost = startCommand(cwd, [...grid, 'lost', ...queue, '--redis-timeout', '1s'], (child) => {
    child.stderr!.on('data', (text) => {
      if (String(text).includes('no worker serves')) redis.kill();
    });
  });
  await ends(t, lost, {
    code: 75,
    stderr:
      /^signprox: the Redis at \S+ has been unreachable for 1 s \(.*\); \d of 8 rows are in lost\/rows\.ndjson; for the rest: node \S+main\.js bounds .* --out lost --resume$/m,
  });
  await redis.restart();
  await startWorker(t, redis.url);
  await ends(t, run(cwd, [...grid, 'lost', '--resume', ...queue]));
  t.is(await rows('lost'), await rows('here'));
});

test.serial('missing requirements of a queue give one line before anything runs', async (t) => {
  const { cwd, refuses } = inFolder(t, run, await directory(t));
  const queue = `${asked} --executor bullmq`;
  const needed =
    /^signprox: a queue needs the address of Redis: give --redis redis:\/\/host:port, or set SIGNPROX_REDIS/;
  await refuses([queue, needed], ['worker', needed]);
  const wrong = [
    'http://:secret@127.0.0.1',
    'redis://',
    'secret',
    'redis://:secret@127.0.0.1/words',
    'redis://:secret@[::1',
  ];
  const form = /^signprox: a Redis is given as redis:\/\/host:port/;
  for (const address of wrong) {
    await refuses([`${queue} --redis ${address}`, form], [`worker --redis ${address}`, form]);
  }
  const nobody = 'redis://user:secret@127.0.0.1:1/2';
  const unreachable = /^signprox: cannot use the Redis at redis:\/\/127\.0\.0\.1:1\/2: connect ECONNREFUSED/;
  const own = words`--theorem ${ownTheorem} --executor bullmq --redis ${nobody}`;
  const elsewhere =
    /^signprox: file:\S+sgd-textbook\.mjs is not of this package, so the workers of a queue do not have it/;
  const row = words`bounds --problem ${problem} --start [1] --iterations 1`;
  await refuses(
    [`${queue} --redis ${nobody}`, unreachable],
    [`worker --redis ${nobody}`, unreachable],
    [`worker ${nobody}`, /^signprox: worker takes no argument[^\n]*redis:\/\/\*\*\*@127\.0\.0\.1:1\/2/],
    [`worker --redis ${nobody} --workers 0`, /the number of workers is an integer from 1 to 256/],
    [['verify', ...own], elsewhere],
    [[...row, ...own], elsewhere],
    [words`${row} --theorem 1 ${own}`, elsewhere],
  );
  t.false(existsSync(join(cwd, 'reports/sweep')));
});
