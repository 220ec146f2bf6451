import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Finished, type Words, wordsOf } from './command-runner.test.helper.js';

/** The compiled program. What it prints for a user to type starts with `node` and this path. */
export const program = fileURLToPath(new URL('./main.js', import.meta.url));

export type Meanwhile = (child: ChildProcess) => void;

/** The compiled command as a process of its own; `meanwhile` may talk to it. */
export function startCommand(
  cwd: string,
  command: Words,
  meanwhile?: Meanwhile,
  stdin: 'ignore' | 'pipe' = 'ignore',
  node: readonly string[] = [],
): Promise<Finished> {
  const child = spawn(process.execPath, [...node, program, ...wordsOf(command)], {
    cwd,
    stdio: [stdin, 'pipe', 'pipe'],
  });
  const ended = finished(child);
  meanwhile?.(child);
  return ended;
}

/** What a process has printed, when it has ended. */
export function finished(child: ChildProcess): Promise<Finished> {
  const printed = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.on('data', (chunk: Buffer) => printed[name].push(chunk));
  }
  const text = (name: keyof typeof printed): string => Buffer.concat(printed[name]).toString();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout: text('stdout'), stderr: text('stderr') }));
  });
}
