// Arguments: ranges; replicates of each; port of a Redis that nobody else uses. A run whose ranges a worker answers at once, in a process of its own:
// what the queue itself takes.
import { spawn } from 'node:child_process';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { messageOf, valuesMessage } from '../../dist/src/executors/queue/messages.js';
import { queueExecutor } from '../../dist/src/executors/queue/queue-executor.js';
import { queueName, queuePrefix } from '../../dist/src/executors/queue/redis.js';

const [ranges, size, port, part] = process.argv.slice(2).map(Number);
const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null };
if (part === 1) {
  // That a replicate took a second keeps ranges at one; that it took nothing makes them as long as they may be.
  const answer = async ({ data: { from, to } }) =>
    valuesMessage({ values: new Float64Array(to - from).fill(Math.PI) }, size === 1 ? to - from : 0);
  new Worker(queueName, answer, { connection, prefix: queuePrefix, concurrency: 32 });
} else {
  const redis = new Redis(connection);
  const info = async (section, key) => Number(new RegExp(`^${key}:(.*)$`, 'm').exec(await redis.info(section))[1]);
  const memory = () => info('memory', 'used_memory');
  const processor = async () => (await info('cpu', 'used_cpu_user')) + (await info('cpu', 'used_cpu_sys'));
  const problem = {
    smooth: { type: 'cosine', weights: [1] },
    functions: [0, 1].map((k) => ({ type: 'linear', vector: [k] })),
    probabilities: [0.25, 0.75],
  };
  const parameters = { problem, start: [1.25], iterations: 10_000, step: 0.01, miniBatch: 16 };
  const job = { module: new URL('../../dist/src/theory/left-side/monte-carlo.js', import.meta.url).href, parameters };

  const queue = new Queue(queueName, { connection, prefix: queuePrefix });
  const message = { ...messageOf(job), from: 0, to: 1 };
  let [empty, waiting] = [0, 0];
  // The second time what Redis makes once is there.
  for (let round = 0; round < 2; round++) {
    empty = await memory();
    for (let i = 0; i < 256; i++) await queue.add('range', message, { jobId: `waiting-${i}`, attempts: 3 });
    waiting = ((await memory()) - empty) / 256;
    await queue.obliterate({ force: true });
  }

  const worker = spawn(process.execPath, [process.argv[1], ranges, size, port, 1], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const executor = await queueExecutor({ redis: `redis://127.0.0.1:${port}`, patience: 30_000 });
  // What is learned of a job is kept: the first ranges are short.
  await executor.run(job, 0, 64 * size);
  const [own, theirs] = [process.cpuUsage(), await processor()];
  let most = 0;
  const watch = setInterval(async () => {
    most = Math.max(most, await memory());
  }, 50);
  await executor.run(job, 0, ranges * size);
  clearInterval(watch);
  const { user, system } = process.cpuUsage(own);
  const found = {
    producer: (user + system) / 1e6,
    redis: (await processor()) - theirs,
    megabytes: process.resourceUsage().maxRSS / 1024,
    redisMegabytes: (most - empty) / 2 ** 20,
    waiting,
    message: JSON.stringify(message).length,
  };
  console.log(JSON.stringify(found));
  await executor.close();
  worker.kill();
  await queue.close();
  redis.disconnect();
}
