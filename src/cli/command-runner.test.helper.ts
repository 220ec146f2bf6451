import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import test from 'ava';

export interface CommandLine {
  readonly cwd: string;
  readonly args: readonly string[];
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const server = fileURLToPath(new URL('./command-server.test.helper.js', import.meta.url));

/**
 * What runs the command lines of a test file in one process, one after another: a process of its own for each would load, compile and
 * write its coverage again, and so would the thread of `audit` and `bounds`. Tests of signals, pipes, standard input, of that thread or of
 * the process itself start one.
 */
export function commandRunner(): (cwd: string, args: readonly string[]) => Promise<Finished> {
  let child: ChildProcess | undefined;
  const waiting: { resolve(finished: Finished): void; reject(error: Error): void }[] = [];

  function start(): ChildProcess {
    const started = fork(server, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    started.on('message', (finished: Finished) => waiting.shift()?.resolve(finished));
    started.on('exit', (code) => {
      for (const { reject } of waiting.splice(0)) reject(new Error(`the process of the commands exited with ${code}`));
    });
    return started;
  }

  test.after.always(async () => {
    if (child === undefined || child.exitCode !== null) return;
    const exit = once(child, 'exit');
    child.disconnect();
    await exit;
  });

  return (cwd, args) =>
    new Promise((resolve, reject) => {
      child ??= start();
      waiting.push({ resolve, reject });
      child.send({ cwd, args } satisfies CommandLine);
    });
}
