import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { LineSplitter } from '../../guard/protocol/line-splitter.js';
import { endGroup, registerGroup, signalGroup } from '../../guard/supervisor/process-group.js';
import { UsageError } from '../options/usage-error.js';
import type { Given, Received, Terminal, Told } from './shared.js';
import { longest } from './watched.js';

// A theorem's file is a program. A command that takes one runs as a whole in a process of its own, and this one judges how that ends.

/** Environment variable that identifies what such a process has started. */
const markName = 'SIGNPROX_USER_FILE';

/** Most bytes that a file may print on each stream. */
const mostPrinted = 2 ** 20;

/** Milliseconds in which the process ends what it has started. */
const patience = 500;

/** Node's exit code where an await at the top level never settles. */
const unsettled = 13;

/** How V8 begins when there is no memory left: what follows helps nobody. */
const outOfMemory = '\n<--- Last few GCs --->';

const terminal = ({ isTTY, columns }: NodeJS.WriteStream): Terminal => ({ isTTY, columns });

/**
 * Runs a command line in a process of its own: it may end, loop, print or fill its memory as it likes.
 *
 * @param main the address of the program
 * @returns the exit code
 * @throws UsageError of one line if the file has ended the process, or is what it waits for
 */
export async function runInOwnProcess(main: string, file: string, words: readonly string[]): Promise<number> {
  const mark = randomUUID();
  const given: Given = { main, stdout: terminal(process.stdout), stderr: terminal(process.stderr) };
  const entry = fileURLToPath(new URL('./own-process.js', import.meta.url));
  const child = spawn(
    process.execPath,
    [...process.execArgv, entry, JSON.stringify(given), process.argv[1] ?? 'signprox', ...words],
    {
      // Ctrl-C comes to this process alone, which passes it on.
      ...{ detached: true, stdio: ['inherit', 'pipe', 'pipe', 'pipe', 'pipe', 'ipc'] },
      env: { ...process.env, [markName]: mark },
    },
  );
  const leader = child.pid!;
  registerGroup(leader, `${markName}=${mark}`);
  let fault: string | undefined;
  let code: number | undefined;
  let who = file;
  let hasMemory = true;
  const end = (): void => {
    if (child.connected) child.send('end' satisfies Received, () => undefined);
    setTimeout(() => signalGroup(leader, 'SIGKILL'), patience).unref();
  };
  const blame = (sentence: string, before = ''): void => {
    if (fault === undefined) process.stderr.write(before);
    fault ??= sentence;
    end();
  };
  const names = new Map<number, { readonly what: string; readonly must: string }>();
  const hear = (told: Told): void => {
    if ('file' in told) who = told.file;
    else if ('fault' in told) blame(told.fault);
    else if ('name' in told) names.set(told.name, told);
    else if ('done' in told) {
      code ??= told.done;
      end();
    } else {
      const { what, must } = names.get(told.late)!;
      const at = told.iterations < 0 ? '' : ` at T = ${told.iterations}`;
      const part = must === 'end' ? 'the top level of a module' : 'a function of a theorem';
      blame(`${what}${at} did not ${must} within ${longest} s: ${part} must end, and soon`);
    }
  };
  const [, out, err, printed, told] = child.stdio as unknown as Readable[];
  for (const stream of [out!, err!]) {
    let count = 0;
    stream.on('data', (chunk: Buffer) => {
      count += chunk.length;
      if (count > mostPrinted)
        blame(`${who} printed more than ${mostPrinted / 2 ** 20} MiB: a theorem prints little`, '\n');
      const cut = chunk.indexOf(outOfMemory);
      if (hasMemory && fault === undefined) process.stderr.write(cut < 0 ? chunk : chunk.subarray(0, cut));
      hasMemory &&= cut < 0;
    });
  }
  printed!.on('data', (chunk: Buffer) => process.stdout.write(chunk));
  const lines = new LineSplitter(Number.POSITIVE_INFINITY);
  told!.on('data', (chunk: Buffer) => {
    for (const line of lines.push(chunk)) hear(JSON.parse(Buffer.from(line).toString('utf8')) as Told);
  });
  let stopped: number | undefined;
  const pass = (name: NodeJS.Signals): void => {
    if (stopped !== undefined) process.exit(stopped);
    stopped = 128 + constants.signals[name];
    if (child.connected) child.send(name satisfies Received, () => undefined);
  };
  const passed = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of passed) process.on(name, pass);
  const closed = [out!, err!, printed!, told!].map((stream) => new Promise((resolve) => stream.once('close', resolve)));
  const { status, signal } = await new Promise<{ status: number | null; signal: string | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => resolve({ status, signal }));
  });
  endGroup(leader, `${markName}=${mark}`);
  await Promise.all(closed);
  for (const name of passed) process.removeListener(name, pass);
  if (fault !== undefined) throw new UsageError(fault);
  if (code !== undefined || stopped !== undefined) return code ?? stopped!;
  if (!hasMemory)
    throw new UsageError(`${who}: there is not enough memory: ask for fewer dimensions, points or iterations`);
  if (status === unsettled)
    throw new UsageError(
      `cannot load ${who}: an await at its top level never settles: the top level of a module must end, and soon`,
    );
  throw new UsageError(
    `${who} ended the process (${signal ?? `exit code ${status}`}): a theorem returns values, and ends no process`,
  );
}
