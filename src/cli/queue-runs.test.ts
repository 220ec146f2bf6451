import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { Queue, UnrecoverableError, Worker } from 'bullmq';
import { ownRelease } from '../executors/queue/messages.js';
import { queueName as name, queuePrefix as prefix } from '../executors/queue/redis.js';
import { startRedis, type TestRedis, testWithRedis } from '../executors/queue/redis.test.helper.js';
import { program, startCommand } from './command-process.test.helper.js';
import { commandRunner, ends, words } from './command-runner.test.helper.js';
import { startWorker } from './queue-worker.test.helper.js';
import { directory, recordIn } from './run-directory.test.helper.js';

const run = commandRunner();
const asked = ['--claims', 'eq12*,majority-vote-noise', '--depth', 'quick'];
const onQueue = ({ url }: TestRedis): string[] => ['--executor', 'bullmq', '--redis', url, '--redis-timeout', '3s'];

/** Starts a verification that no worker helps, and calls `meanwhile` when a claim is kept and it waits for a worker. */
async function waiting(t: ExecutionContext, redis: TestRedis, meanwhile: (child: ChildProcess) => void) {
  const cwd = await directory(t);
  let [stderr, called] = ['', false];
  const finished = await startCommand(cwd, ['verify', ...asked, ...onQueue(redis)], (child) => {
    child.stderr!.on('data', (chunk) => {
      stderr += chunk;
      if (called || !stderr.includes('[1/2]') || !stderr.includes('no worker serves')) return;
      called = true;
      meanwhile(child);
    });
  });
  return { cwd, ...finished };
}

/** What a run without a queue finds. */
async function whole(cwd: string): Promise<object> {
  await run(cwd, words`verify ${asked} --out whole`);
  return { ...(await recordIn(cwd, 'whole/selection')), timing: undefined };
}

testWithRedis('if Redis is lost, a run ends in one line and keeps what is finished', async (t) => {
  const redis = await startRedis(t);
  const { cwd, code, stdout, stderr } = await waiting(t, redis, () => redis.kill());
  t.deepEqual([code, stdout], [75, ''], stderr);
  const lines = stderr
    .trimEnd()
    .split('\n')
    .filter((line) => !line.includes('] checking '));
  t.is(lines.length, 3, stderr);
  t.is(
    lines.find((line) => line.includes('no worker')),
    `signprox: no worker serves ${redis.url} yet: node ${program} worker --redis ${redis.url} starts one`,
  );
  t.regex(
    lines[2]!,
    /^signprox: the Redis at \S+ has been unreachable for 3 s \(.*\); 1 of 2 claims are in reports\/incomplete; for the rest: node \S+main\.js verify --resume reports\/incomplete\/run\.json$/,
  );
  const { exitCode, incomplete } = await recordIn(cwd, 'reports/incomplete');
  t.deepEqual([exitCode, incomplete!.remaining], [75, ['majority-vote-noise']]);
  t.regex(await readFile(join(cwd, 'reports/incomplete/report.md'), 'utf8'), /has been unreachable for 3 s/);
  await ends(t, run(cwd, 'verify --resume reports/incomplete/run.json'));
  t.deepEqual({ ...(await recordIn(cwd)), timing: undefined }, await whole(cwd));
});

testWithRedis('a killed run is resumed from its saved results', async (t) => {
  const redis = await startRedis(t);
  const { cwd, code } = await waiting(t, redis, (child) => child.kill('SIGKILL'));
  t.is(code, null);
  await startWorker(t, redis.url);
  const rest = await ends(t, run(cwd, words`verify --resume reports/incomplete/run.json ${onQueue(redis)}`));
  t.is(rest.stderr.match(/^\[1\/1\]/gm)?.length, 1);
  t.deepEqual({ ...(await recordIn(cwd)), timing: undefined }, await whole(cwd));
  t.false(existsSync(join(cwd, 'reports/incomplete')));
});

testWithRedis('a worker and a run of different releases reject each other, each in one line', async (t) => {
  const redis = await startRedis(t);
  const connection = { port: redis.port, maxRetriesPerRequest: null };
  const worker = await startWorker(t, redis.url);
  const queue = new Queue(name, { connection, prefix });
  const foreign = await queue.add('range', { release: 'signprox 0.0.9 on V8 9, x64' }, { attempts: 3 });
  const reason = `refused: this worker is ${ownRelease}, and the run is signprox 0.0.9 on V8 9, x64: use one release`;
  while ((await queue.getJob(foreign.id!))?.failedReason !== reason);
  t.is(
    worker.said().match(/^signprox worker: refused what the queue holds: this worker is .*: use one release$/gm)
      ?.length,
    1,
  );
  await queue.close();
  await worker.end();

  const refusing = new Worker(name, async () => Promise.reject(new UnrecoverableError(reason)), { connection, prefix });
  const cwd = await directory(t);
  const refused = await run(cwd, ['verify', ...asked, ...onQueue(redis)]);
  await refusing.close();
  t.is(refused.code, 75);
  t.regex(
    refused.stderr,
    /^signprox: a worker at \S+ refused replicates: this worker is .* 0\.0\.9 .*: use one release(?:; 1 of 2 claims .*)?$/m,
  );

  const lying = new Worker(name, async () => ({ values: 'AAAA', seconds: 0 }), { connection, prefix });
  const lied = await run(cwd, words`verify --claims majority-vote-noise --depth quick ${onQueue(redis)}`);
  await lying.close();
  t.is(lied.code, 7);
  t.regex(lied.stdout, /the queue holds 3 bytes/);
});

testWithRedis('a password is read from the environment and never printed', async (t) => {
  const redis = await startRedis(t, '--requirepass', 'open-sesame');
  const cwd = await directory(t);
  const address = `redis://:open-sesame@127.0.0.1:${redis.port}/1`;
  const worker = await startWorker(t, address);
  const texts: string[] = [];
  const answer = async (...args: readonly string[]): Promise<number | null> => {
    const { code, stdout, stderr } = await run(cwd, words`verify ${asked} --executor bullmq ${args}`);
    texts.push(stdout, stderr);
    return code;
  };
  t.is(await answer('--redis', address), 0);
  texts.push(await readFile(join(cwd, 'reports/selection/run.json'), 'utf8'));
  t.is(await answer('--redis', `${address}/open-sesame`), 2);
  t.is(await answer('--redis', `redis://:open-sesame-no@127.0.0.1:${redis.port}`), 2);
  t.regex(texts.at(-1)!, /^signprox: cannot use the Redis at redis:\/\/127\.0\.0\.1:\d+: WRONGPASS [^\n]*\n$/);
  t.is(await answer('--redis', redis.url), 2);
  t.regex(texts.at(-1)!, /NOAUTH/);
  t.is(await answer('--reddis', address), 2);
  await worker.end();
  for (const text of [...texts, worker.said()]) t.false(text.includes('sesame'), text);
});
