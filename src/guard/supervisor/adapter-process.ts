import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { delimiter } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { plural } from '../../claims/text.js';
import { LineSplitter } from '../protocol/line-splitter.js';
import { quoted } from '../protocol/protocol-error.js';
import { AdapterFailure, CommandError } from './failures.js';
import { endGroup, registerGroup, settling, signalGroup, stopGroup, Tail, within } from './process-group.js';

/** The folder of the package for Python, four levels above the compiled file. */
const pythonPackage = fileURLToPath(new URL('../../../../python/src', import.meta.url));

/** Environment variable that identifies an adapter's descendants, even those that left its process group. */
const markName = 'SIGNPROX_ADAPTER';

/** Longest line that is read, in bytes. */
const longestLine = 16 * 2 ** 20;

/** Bytes of stderr that are kept for a diagnosis. */
const stderrLimit = 8 * 2 ** 10;

interface Waiting {
  readonly what: string;
  readonly timeout: number;
  resolve(line: Uint8Array): void;
  reject(failure: AdapterFailure): void;
  timer?: NodeJS.Timeout;
}

const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`;

/**
 * One subprocess in its own process group, started without a shell: a line out, a line back, one at a time. The first thing that goes wrong
 * is its failure for good: its group is ended, and every later exchange is rejected with the same failure. Since a failed process is never
 * asked again, a late reply reaches nobody.
 */
export class AdapterProcess {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly mark = randomUUID();
  private readonly lines = new LineSplitter(longestLine);
  private readonly tail = new Tail(stderrLimit);
  private readonly own = new Tail(stderrLimit);
  private readonly exited: Promise<void>;
  private exit: { readonly code: number | null; readonly signal: NodeJS.Signals | null } | undefined;
  private stdoutEnded = false;
  private waiting: Waiting | undefined;
  private ending: Promise<number> | undefined;
  private leaving = false;
  failure: AdapterFailure | undefined;

  /** `isProvoked` says whether its stderr now answers requests that are invalid on purpose. */
  constructor(command: readonly string[], isProvoked: () => boolean) {
    const [file = '', ...parameters] = command;
    // An adapter in Python imports `signprox.adapter`, which is this package's own, whether one is installed or not.
    const pythonPath = [pythonPackage, process.env['PYTHONPATH']].filter(Boolean).join(delimiter);
    const env = { ...process.env, PYTHONPATH: pythonPath, [markName]: this.mark };
    if (file === '') throw new CommandError(`cannot start "": ${noCommand}`);
    const child = spawn(file, parameters, { detached: true, stdio: ['pipe', 'pipe', 'pipe'], env });
    this.child = child;
    if (child.pid !== undefined) registerGroup(child.pid, `${markName}=${this.mark}`);
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.exit = { code, signal };
        resolve();
        if (this.stdoutEnded) this.ended();
        else setTimeout(() => this.ended(), settling);
      });
      child.once('error', (error: NodeJS.ErrnoException) => {
        if (child.pid === undefined) {
          this.fail(new CommandError(`cannot start ${quoted(file)}: ${reasonOf(error)}`));
          resolve();
        }
      });
    });
    child.stdout.on('data', (chunk: Buffer) => this.receive(chunk));
    child.stdout.on('error', () => {});
    child.stdout.once('end', () => {
      this.stdoutEnded = true;
      if (this.exit) this.ended();
      else this.closed('stdout');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      this.tail.push(chunk);
      if (!isProvoked()) this.own.push(chunk);
    });
    child.stderr.on('error', () => {});
    child.stdin.on('error', () => this.closed('stdin'));
  }

  /** The end of its stderr. */
  get stderr(): string {
    return this.tail.toString();
  }

  /** The same without the output that invalid requests provoked. */
  get unprovokedStderr(): string {
    return this.own.toString();
  }

  /** Sends one line and waits for the next line; `what` names the request in a diagnosis. Rejects with an AdapterFailure. */
  exchange(line: string, what: string, timeout: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (this.failure !== undefined) return reject(this.failure);
      const waiting: Waiting = { what, timeout, resolve, reject };
      // This process may have been busy: a reply that came in time is read before the time limit counts.
      waiting.timer = setTimeout(() => setImmediate(() => this.late(waiting)), timeout);
      this.waiting = waiting;
      this.child.stdin.write(`${line}\n`);
    });
  }

  /** Gives up on the process because of what it sent. */
  async reject(failure: AdapterFailure): Promise<void> {
    this.fail(failure);
    await this.end();
  }

  /**
   * After the reply to `bye`: waits for the exit and ends what the process left behind. Resolves with what was wrong, if anything.
   */
  async leave(timeout: number): Promise<AdapterFailure | undefined> {
    this.leaving = true;
    this.child.stdin.end();
    await within(this.exited, timeout);
    const { exit } = this;
    if (exit !== undefined) await emptied(this.child.pid!);
    const left = await this.end();
    if (this.failure !== undefined) return this.failure;
    if (exit === undefined) return protocol(`did not exit within ${seconds(timeout)} after bye`);
    if (exit.code !== 0) return protocol(`${describeExit(exit)} after bye instead of exiting with code 0`);
    if (left > 0)
      return protocol(`left ${left === 1 ? 'a process' : `${left} processes`} behind when it exited (killed)`);
    return undefined;
  }

  /** Ends the whole group: SIGTERM, half a second, SIGKILL. Resolves with the number of processes that outlived the first one. */
  end(): Promise<number> {
    this.ending ??= this.endOnce();
    return this.ending;
  }

  private async endOnce(): Promise<number> {
    const { child, exited } = this;
    const leader = child.pid;
    if (leader === undefined) return 0;
    if (this.exit === undefined) await stopGroup(leader, exited);
    const left = endGroup(leader, `${markName}=${this.mark}`);
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    return left;
  }

  private receive(chunk: Buffer): void {
    if (this.failure !== undefined) return;
    let lines: Uint8Array[];
    try {
      lines = this.lines.push(chunk);
    } catch {
      const message = `a line longer than ${longestLine / 2 ** 20} MiB${this.during()}`;
      this.fail(new AdapterFailure('protocol', message));
      return;
    }
    for (const line of lines) {
      const { waiting } = this;
      if (waiting === undefined) {
        this.fail(protocol(unasked(Buffer.from(line.subarray(0, 200)).toString('utf8'))));
        return;
      }
      this.waiting = undefined;
      clearTimeout(waiting.timer);
      waiting.resolve(line);
    }
  }

  /** Called when the process has exited and all its output has been read. */
  private ended(): void {
    const unfinished = this.lines.pending;
    if (unfinished > 0) {
      this.fail(protocol(`a partial line: stdout ended ${plural(unfinished, 'byte')} into a line${this.during()}`));
    } else if (!this.leaving || this.waiting !== undefined) {
      this.fail(new AdapterFailure('crash', `${describeExit(this.exit!)}${this.during()}${this.lastWords()}`));
    }
  }

  /** Called when a pipe is closed: because the process exits, which Node reports in a moment, or by a process that lives on. */
  private closed(pipe: 'stdin' | 'stdout'): void {
    setTimeout(() => {
      if (this.exit === undefined && !this.leaving) this.fail(protocol(`closed its ${pipe}${this.during()}`));
    }, settling);
  }

  private late(waiting: Waiting): void {
    if (this.waiting !== waiting) return;
    const { what, timeout } = waiting;
    const { pending } = this.lines;
    const dripping = pending > 0 ? `: ${plural(pending, 'byte')} of an unfinished line arrived` : '';
    const failure = new AdapterFailure('timeout', `no reply to ${what} within ${seconds(timeout)}${dripping}`);
    const giveUp = (): void => {
      if (this.waiting === waiting) this.fail(failure);
    };
    // A request that is written just before the other end closes its stdin is lost silently. Another write fails, and `closed` reports that.
    const blocked = setTimeout(giveUp, settling);
    this.child.stdin.write('\n', (error) => {
      clearTimeout(blocked);
      if (!error) giveUp();
    });
  }

  private fail(failure: AdapterFailure): void {
    if (this.failure !== undefined) return;
    this.failure = failure;
    const { waiting } = this;
    this.waiting = undefined;
    clearTimeout(waiting?.timer);
    waiting?.reject(failure);
    void this.end();
  }

  private during(): string {
    return this.waiting === undefined ? '' : ` when asked ${this.waiting.what}`;
  }

  private lastWords(): string {
    // Below an error that nothing catches Node prints its stack and its own version.
    const last = this.stderr.split('\n').findLast((line) => !/^(?:\s+at .*|Node\.js v[\d.]+|\s*)$/.test(line));
    return last === undefined ? '' : `; stderr ends with ${quoted(last)}`;
  }
}

/** Gives helpers of a process that has exited a moment to follow it. */
async function emptied(leader: number): Promise<void> {
  for (let waited = 0; waited < settling && signalGroup(leader, 0); waited += 25) await sleep(25);
}

/** The message for a line that came unrequested: most likely a repeated reply. */
function unasked(line: string): string {
  const id = /"id":\s*(\d{1,15})\b/.exec(line)?.[1];
  return id === undefined
    ? `a line that nobody asked for: ${quoted(line)}`
    : `answered request ${id} twice: a line that nobody asked for: ${quoted(line)}`;
}

function protocol(message: string): AdapterFailure {
  return new AdapterFailure('protocol', message);
}

function describeExit(exit: { readonly code: number | null; readonly signal: NodeJS.Signals | null }): string {
  return exit.signal === null ? `exited with code ${exit.code}` : `was ended by ${exit.signal}`;
}

const noCommand = 'no such command: give a program on the PATH, or its path';

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return noCommand;
  if (error.code === 'EACCES') return 'not executable: start it with its interpreter, as in python3 adapter.py';
  return error.message;
}
