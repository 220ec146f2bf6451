import { Worker } from 'node:worker_threads';
import { UsageError } from '../options/usage-error.js';
import { interruptible } from './interruptible.js';

/** Says what a long computation is at. */
export interface StatusLine {
  say(text: string): void;
  /** Nothing is said any more; what stood on a terminal is gone. */
  stop(): void;
}

type Stream = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };

const eraseLine = '\r\u001b[K';
/** Milliseconds between two lines: one that is written over on a terminal, lines of their own elsewhere. */
const periods = { terminal: 1000, elsewhere: 10_000 };

/** What was said last, with the seconds since the start, again and again, so that a computation of minutes does not look stuck. */
export function statusLine(stream: Stream): StatusLine {
  const terminal = stream.isTTY === true;
  const start = performance.now();
  let current = '';
  let written = false;
  const write = (): void => {
    if (current === '') return;
    const text = `${current}, ${Math.round((performance.now() - start) / 1000)} s`;
    stream.write(terminal ? `${eraseLine}${text.slice(0, (stream.columns ?? 80) - 1)}` : `${text}\n`);
    written = true;
  };
  const timer = setInterval(write, terminal ? periods.terminal : periods.elsewhere);
  return {
    say(text) {
      current = text;
    },
    stop() {
      clearInterval(timer);
      if (terminal && written) stream.write(eraseLine);
    },
  };
}

/** What a command that ran on a thread of its own leaves to be printed. */
export interface CommandResult {
  readonly stdout: string;
  readonly stderr?: string;
  readonly exitCode: number;
}

/** What such a command may use of the program that runs it. */
export interface CommandContext {
  /** Says in a few words what is computed now. */
  say(text: string): void;
  /** What stdout is: a thread cannot ask it. */
  readonly stdout: { readonly isTTY: boolean; readonly columns?: number };
}

/** A module of such a command. */
interface CommandModule<Options> {
  run(options: Options, context: CommandContext): Promise<CommandResult>;
}

/** What the thread sends: what it is at, once the result, or the message of a UsageError in its place. */
type CommandMessage = { readonly say: string } | { readonly result: CommandResult } | { readonly usageError: string };

const worker = new URL('./command-worker.js', import.meta.url);

/**
 * Runs a command on a thread of its own and prints its result. Its work may be one long computation that never pauses: this thread
 * says meanwhile on stderr what it is at, and ends it at once when it is interrupted.
 *
 * @param module URL of a `CommandModule`
 * @param options its options, which a thread can be sent
 * @returns the exit code
 * @throws UsageError where the command does, and when it runs out of memory
 */
export function runOnThread(module: URL, options: object): Promise<number> {
  return interruptible(async (signal) => {
    const { stdout, stderr, exitCode } = await resultOf(module, options, signal);
    process.stdout.write(stdout);
    if (stderr !== undefined) process.stderr.write(stderr);
    return exitCode;
  });
}

async function resultOf(module: URL, options: object, signal: AbortSignal): Promise<CommandResult> {
  const { isTTY, columns } = process.stdout;
  // Only a command that is given - reads standard input.
  const stdin = Object.values(options).includes('-');
  const request: CommandRequest = { module: module.href, options, stdout: { isTTY: isTTY === true, columns } };
  const thread = new Worker(worker, { workerData: request, stdin });
  if (stdin) process.stdin.pipe(thread.stdin!);
  const status = statusLine(process.stderr);
  try {
    return await new Promise<CommandResult>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      thread.on('error', reject);
      thread.on('message', (message: CommandMessage) => {
        if ('say' in message) status.say(message.say);
        else if ('result' in message) resolve(message.result);
        else reject(new UsageError(message.usageError));
      });
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
    throw new UsageError('there is not enough memory: ask for fewer dimensions, points or iterations');
  } finally {
    status.stop();
    await thread.terminate();
    if (stdin) process.stdin.destroy();
  }
}

/** What a thread is asked to run: the URL of a `CommandModule`, and what it is given. */
export interface CommandRequest {
  readonly module: string;
  readonly options: object;
  readonly stdout: CommandContext['stdout'];
}

/** Runs a command and sends what it says, and its result or its complaint. */
export async function answerTo(
  { module, options, stdout }: CommandRequest,
  send: (message: CommandMessage) => void,
): Promise<void> {
  try {
    const { run } = (await import(module)) as CommandModule<unknown>;
    send({ result: await run(options, { say: (text) => send({ say: text }), stdout }) });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    send({ usageError: error.message });
  }
}
