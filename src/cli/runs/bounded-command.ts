import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { endGroup, registerGroup, settling, stopGroup, Tail, within } from '../../guard/supervisor/process-group.js';

/** Environment variable that identifies what such a command has started. */
const markName = 'SIGNPROX_COMMAND';

const main = fileURLToPath(new URL('../main.js', import.meta.url));

/** Most bytes on stdout, and how many of the last ones are kept; the same for stderr. */
const longest = 16 * 2 ** 20;
const kept = 2 ** 16;

/** MiB of JavaScript objects in each process of Node. */
const heap = 2048;

/** Milliseconds between SIGTERM and SIGKILL: the command ends its own processes meanwhile. */
const patience = 2000;

/** How a command ended. */
export interface Bounded {
  readonly code: number | null;
  /** The end of what it printed. */
  readonly stdout: string;
  readonly stderr: string;
  /** Why it was stopped, in a few words. */
  readonly stopped?: string;
}

/**
 * Runs a command line of this program in a process of its own, without a shell, with limits of time, memory and output. When it ends, what it has
 * started ends too.
 *
 * @param limit milliseconds
 */
export async function boundedCommand(
  words: readonly string[],
  { limit, signal }: { readonly limit: number; readonly signal: AbortSignal },
): Promise<Bounded> {
  const cancelled = 'it was cancelled';
  if (signal.aborted) return { code: null, stdout: '', stderr: '', stopped: cancelled };
  const mark = randomUUID();
  const nodeOptions = `${process.env['NODE_OPTIONS'] ?? ''} --max-old-space-size=${heap}`.trim();
  const child = spawn(process.execPath, [main, ...words], {
    ...{ detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
    env: { ...process.env, NODE_OPTIONS: nodeOptions, [markName]: mark },
  });
  const leader = child.pid!;
  registerGroup(leader, `${markName}=${mark}`);
  let stopped: string | undefined;
  let stop = (_: string): void => undefined;
  const stopping = new Promise<void>((resolve) => {
    stop = (why) => {
      stopped ??= why;
      resolve();
    };
  });
  const tails = { stdout: new Tail(kept), stderr: new Tail(kept) };
  for (const name of ['stdout', 'stderr'] as const) {
    let count = 0;
    child[name].on('data', (chunk: Buffer) => {
      tails[name].push(chunk);
      count += chunk.length;
      if (count > longest) stop(`it printed more than ${longest / 2 ** 20} MiB`);
    });
  }
  const timer = setTimeout(() => stop(`it took more than ${limit / 1000} s`), limit);
  const abort = (): void => stop(cancelled);
  signal.addEventListener('abort', abort, { once: true });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await Promise.race([exited, stopping]);
  clearTimeout(timer);
  signal.removeEventListener('abort', abort);
  if (child.exitCode === null && child.signalCode === null) await stopGroup(leader, exited, patience);
  endGroup(leader, `${markName}=${mark}`);
  await within(closed, settling);
  child.stdout.destroy();
  child.stderr.destroy();
  return {
    code: child.exitCode,
    stdout: tails.stdout.toString(),
    stderr: tails.stderr.toString(),
    ...(stopped !== undefined && { stopped }),
  };
}
