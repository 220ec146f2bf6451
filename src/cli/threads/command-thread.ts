import { Worker } from 'node:worker_threads';
import { asTyped } from '../options/as-typed.js';
import { UsageError } from '../options/usage-error.js';
import type { Terminal } from '../user-files/shared.js';
import { stdout } from '../user-files/watched.js';
import { interruptible } from './interruptible.js';

/** Reports the progress of a long computation. */
export interface StatusLine {
  say(text: string): void;
  /** Stops, and erases the line on a terminal. */
  stop(): void;
}

type Stream = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };

const eraseLine = '\r\u001b[K';
/** Milliseconds between two updates: a terminal shows one line that is overwritten, a log gets new lines. */
const periods = { terminal: 1000, elsewhere: 10_000 };

/** Repeats the last text with the seconds since the start, so that a computation of minutes does not look stuck. */
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

/** The output of a command that ran on its own thread. */
export interface CommandResult {
  readonly stdout: string;
  readonly stderr?: string;
  readonly exitCode: number;
}

/** What the program offers to such a command. */
export interface CommandContext {
  /** Says in a few words what is being computed. */
  say(text: string): void;
  /** Properties of stdout, which a thread cannot query. */
  readonly stdout: Terminal;
}

/** The module of such a command. */
interface CommandModule<Options> {
  run(options: Options, context: CommandContext): Promise<CommandResult>;
}

/** What the thread sends: progress texts, then the result or the message of a UsageError. */
type CommandMessage = { readonly say: string } | { readonly result: CommandResult } | { readonly usageError: string };

const worker = new URL('./command-worker.js', import.meta.url);

/**
 * Runs a command on its own thread and prints its result. The command may be one long computation that never yields: meanwhile this
 * thread reports progress on stderr, and can end it at once on Ctrl-C.
 *
 * @param module URL of a `CommandModule`
 * @param options its options, which must be cloneable
 * @returns the exit code
 * @throws UsageError if the command does, or if it runs out of memory
 */
export function runOnThread(module: URL, options: object): Promise<number> {
  return interruptible(async (signal) => {
    const { stdout: text, stderr, exitCode } = await resultOf(module, options, signal);
    const { format = 'text' } = options as { readonly format?: string };
    stdout.write(['text', 'table'].includes(format) ? asTyped(text) : text);
    if (stderr !== undefined) process.stderr.write(asTyped(stderr));
    return exitCode;
  });
}

/** Runs a command on its own thread and returns its result, with progress and errors as `runOnThread`. */
export const resultOnThread = (module: URL, options: object): Promise<CommandResult | number> => {
  let result: CommandResult | undefined;
  return interruptible(async (signal) => {
    result = await resultOf(module, options, signal);
    return result.exitCode;
  }).then((code) => result ?? code);
};

async function resultOf(module: URL, options: object, signal: AbortSignal): Promise<CommandResult> {
  // Only a command with the argument - reads standard input.
  const stdin = Object.values(options).includes('-');
  const request: CommandRequest = {
    module: module.href,
    options,
    stdout: { isTTY: stdout.isTTY, columns: stdout.columns },
  };
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

/** The command that a thread runs: the URL of a `CommandModule`, and its options. */
export interface CommandRequest {
  readonly module: string;
  readonly options: object;
  readonly stdout: CommandContext['stdout'];
}

/** Runs a command and sends its progress, then its result or the message of its UsageError. */
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
