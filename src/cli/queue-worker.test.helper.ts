import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';

const program = fileURLToPath(new URL('./main.js', import.meta.url));

/** A `signprox worker` of the test's own. */
export interface TestWorker {
  readonly process: ChildProcess;
  /** What it has said. */
  said(): string;
  /** Sends the signal, and gives its exit code when it has ended. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts a worker that ends with the test, and waits until it serves the queue. What it was at is free a second after it was killed. */
export async function startWorker(
  t: ExecutionContext,
  redis: string,
  ...options: readonly string[]
): Promise<TestWorker> {
  const args = ['worker', '--workers', '1', '--lock', '1s', '--redis-timeout', '20s', ...options];
  // The address may hold a password, which is for nobody else to see.
  const env = { ...process.env, SIGNPROX_REDIS: redis };
  return serving(t, spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] }));
}

/** A worker that was started, when it serves the queue. It ends with the test. */
async function serving(t: ExecutionContext, child: ChildProcessByStdio<null, null, Readable>): Promise<TestWorker> {
  let said = '';
  const served = new Promise<void>((resolve) => {
    child.stderr.on('data', (chunk) => {
      said += chunk;
      if (said.includes('thread')) resolve();
    });
  });
  const closed = once(child, 'close');
  const end = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await closed;
    return child.exitCode;
  };
  t.teardown(() => end('SIGKILL'));
  await Promise.race([served, closed]);
  return { process: child, said: () => said, end };
}
