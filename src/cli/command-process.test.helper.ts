import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Finished } from './command-runner.test.helper.js';

/** The compiled program. What it prints for a user to type starts with `node` and this path. */
export const program = fileURLToPath(new URL('./main.js', import.meta.url));

/** The compiled command as a process of its own; `meanwhile` may talk to it. */
export function startCommand(cwd: string, args: readonly string[], meanwhile?: Meanwhile): Promise<Finished> {
  const child = spawn(process.execPath, [program, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  meanwhile?.(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
  });
}
export type Meanwhile = (child: ReturnType<typeof spawn>) => void;
