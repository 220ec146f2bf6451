import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { here } from './harness.mjs';

/** What one of bench/js finds, in a process of its own: the peak of its memory is nobody else's. */
const measured = (name, ...args) =>
  JSON.parse(
    execFileSync(process.execPath, [join(here, 'js', `${name}.mjs`), ...args.map(String)], { encoding: 'utf8' }),
  );

const perTask = (seconds, tasks) => `${((1e6 * seconds) / tasks).toPrecision(3)} µs each`;

/** K8: what a sweep takes beside its replicates, up to 10⁷ tasks. */
export async function scale() {
  console.log('\nK8  the fold: one task a range of one replicate, CPU time and peak memory');
  for (const tasks of [1e5, 1e6, 1e7]) {
    const { seconds, megabytes } = measured('scale-fold', tasks);
    console.log(`  ${tasks} tasks: ${seconds.toFixed(1)} s, ${perTask(seconds, tasks)}, ${megabytes.toFixed(0)} MB`);
  }
  console.log('\nK8  the rows of a sweep, read and written, CPU time and peak memory');
  for (const rows of [1e4, 1e5, 2e5]) {
    const { seconds, megabytes, file } = measured('scale-rows', rows);
    console.log(`  ${rows} rows, ${file.toFixed(0)} MB: ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`);
  }
  await queue();
}

async function queue() {
  console.log('\nK8  the queue: ranges that a worker answers at once, CPU time and peak memory');
  if (spawnSync('redis-server', ['--version']).status !== 0) return console.log('  missing: redis-server');
  const port = await freePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', options, { stdio: 'ignore' });
  try {
    while (spawnSync('redis-cli', ['-p', String(port), 'ping']).status !== 0) await sleep(50);
    for (const [ranges, size] of [
      [1000, 1],
      [10_000, 1],
      [1000, 8192],
    ]) {
      const found = measured('scale-queue', ranges, size, port);
      const { producer, redis, megabytes, redisMegabytes, waiting, message } = found;
      console.log(`  ${ranges} ranges of ${size}:`);
      console.log(`    run ${perTask(producer, ranges)}, ${megabytes.toFixed(0)} MB; Redis ${perTask(redis, ranges)}`);
      console.log(
        `    Redis at most ${redisMegabytes.toFixed(1)} MB; a range of ${message} bytes that waits, ${waiting.toFixed(0)} bytes`,
      );
    }
  } finally {
    server.kill('SIGKILL');
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
