import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionContext } from 'ava';
import { testWith } from '../../guard/programs.test.helper.js';

/** Tests that need a Redis start one. */
export const testWithRedis = testWith('redis-server', '--version');

/** A Redis of the test's own, on loopback. */
export interface TestRedis {
  readonly port: number;
  readonly url: string;
  /** Ends it at once, and starts it again with what it had written to its disk, or with nothing. */
  restart(empty?: 'empty'): Promise<void>;
  /** Ends it at once. */
  kill(): Promise<void>;
}

/** Starts a Redis that ends with the test. What it was told is on its disk before it answers. */
export async function startRedis(t: ExecutionContext, ...options: readonly string[]): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'signprox-redis-'));
  const port = await freePort();
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    const persistent = ['--appendonly', 'yes', '--appendfsync', 'always'];
    child = spawn('redis-server', [...own, ...persistent, ...options], { stdio: 'ignore' });
    await accepting(port);
  };
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };
  t.teardown(async () => {
    await kill();
    await rm(folder, { recursive: true });
  });
  await start();
  return {
    ...{ port, url: `redis://127.0.0.1:${port}`, kill },
    async restart(empty) {
      await kill();
      if (empty) await rm(join(folder, 'appendonlydir'), { recursive: true });
      await start();
    },
  };
}

/** A port of loopback that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function accepting(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch {
      await sleep(20);
    } finally {
      socket.destroy();
    }
  }
}
