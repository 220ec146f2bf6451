import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Command } from 'commander';
import * as z from 'zod';
import { version } from '../../claims/implementation/version.js';
import { anything } from '../../guard/named-object.js';
import { summarySchema } from '../../report/formats/run-summary.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { about } from '../options/about.js';
import { parseDuration } from '../options/numbers.js';
import { examples } from '../options/options.js';
import { UsageError } from '../options/usage-error.js';
import { type Bounded, boundedCommand } from '../runs/bounded-command.js';
import { expectedError } from '../runs/expected-error.js';
import { filesOf, isNamedObject, targetOf } from '../runs/guard-target.js';
import { Interrupted, interruptible } from '../threads/interruptible.js';

/** Milliseconds. Clients give up after 60 seconds, unless they are told otherwise. */
const usualLimit = 50_000;

/** `signprox mcp`: three tools for programs that speak the Model Context Protocol. */
export function declare(command: Command): void {
  command
    .option('--limit <duration>', 'end a call after this time: 120, 0.5s', parseDuration, usualLimit)
    .option('--python <program>', 'the Python that can import what is judged (default: "python3")')
    .addHelpText(
      'after',
      examples(
        ['signprox mcp', 'signprox mcp --limit 300s --python .venv/bin/python'],
        'It speaks on standard input and output until the input ends. Its tools judge\nfiles in the current folder alone.',
      ),
    )
    .action(async (options: McpOptions) => {
      process.exitCode = await serve(options);
    });
}

/** Options of `signprox mcp`. */
interface McpOptions {
  /** Milliseconds. */
  readonly limit: number;
  readonly python?: string;
}

/** The optional package. */
async function loadSdk() {
  try {
    const [{ McpServer }, { StdioServerTransport }] = await Promise.all([
      import('@modelcontextprotocol/sdk/server/mcp.js'),
      import('@modelcontextprotocol/sdk/server/stdio.js'),
    ]);
    return { McpServer, StdioServerTransport };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UsageError('mcp needs an optional package: npm install @modelcontextprotocol/sdk adds it');
  }
}

const depth = z
  .enum(['quick', 'standard'])
  .optional()
  .describe('how much is asked; standard may take longer than the limit of a call (default: quick)');

const target = z
  .string()
  .describe('a file in the current folder, or an object in one: ./mine.mjs, ./mine.mjs:MyAdam, my_module.py:MyAdamW');

const tools = {
  judge: {
    description:
      'Judges an implementation of an optimiser or a proximal operator on hundreds of inputs. The answer is JSON: the verdict, and for each subject that is wrong a small counterexample, a line to paste and a command that replays it. "right" means that no error was found in what was asked; it is no proof.',
    inputSchema: {
      target,
      as: z
        .string()
        .optional()
        .describe('what the object implements, e.g. adamw or l1, if its name does not say so; identify may find it'),
      only: z.string().optional().describe('judge only what matches, e.g. "prox of huber"'),
      depth,
    },
  },
  verify_theorem: {
    description:
      'Tests a convergence bound on problems, looks for one that breaks it, and searches a proof. The answer is JSON: the verdict, and what failed with the problem that shows it.',
    inputSchema: {
      theorem: z.string().describe('a JavaScript file in the current folder that exports theorem, or an id of a claim'),
      depth,
    },
  },
  identify: {
    description:
      'Says which algorithm or proximal operator something is, with which conventions and as which library, or which known bug explains its answers. It asks a few test vectors: what it names is not yet judged right.',
    inputSchema: { target },
  },
} as const;

/** Serves until standard input ends or a signal comes. */
async function serve(options: McpOptions): Promise<number> {
  const { McpServer, StdioServerTransport } = await loadSdk();
  return interruptible(async (interrupted) => {
    const ending = new AbortController();
    const call = caller(options, AbortSignal.any([interrupted, ending.signal]));
    const server = new McpServer({ name: 'signprox', version }, { instructions: about });
    const { judge, verify_theorem, identify } = tools;
    server.registerTool('judge', judge, ({ target, as, only, depth }, { signal }) =>
      call(signal, async () => ({ words: await judgeWords({ target, as, only, depth }, options), read: summaryIn })),
    );
    server.registerTool('verify_theorem', verify_theorem, ({ theorem, depth }, { signal }) =>
      call(signal, async () => ({ words: await theoremWords(theorem, depth), read: summaryIn })),
    );
    server.registerTool('identify', identify, ({ target }, { signal }) =>
      call(signal, async () => ({ words: await targetWords('identify', target, options), read: screenIn })),
    );
    await server.connect(new StdioServerTransport());
    await new Promise<void>((resolve) => {
      process.stdin.once('end', resolve);
      process.stdin.once('close', resolve);
      interrupted.addEventListener('abort', () => resolve(), { once: true });
    });
    ending.abort();
    await call.idle();
    // The last answer is sent.
    await turn();
    await server.close();
    process.stdin.destroy();
    if (interrupted.aborted) throw new Interrupted('the server has ended');
    return 0;
  });
}

/** What a call wants: a command, and how to read what it printed. */
interface Wanted {
  readonly words: readonly string[];
  read(finished: Bounded): string | undefined;
}

/** The answer of a tool. */
interface Answer {
  // The protocol's type, which has other fields too.
  [field: string]: unknown;
  content: { type: 'text'; text: string }[];
  isError?: true;
}

/** Calls wait for each other, so that many of them start no more processes than one. */
function caller({ limit }: McpOptions, ending: AbortSignal) {
  let last: Promise<unknown> = Promise.resolve();
  const call = (cancelled: AbortSignal, want: () => Promise<Wanted>): Promise<Answer> => {
    const signal = AbortSignal.any([cancelled, ending]);
    const answer = last.then(() => answerTo(want, { limit, signal }));
    last = answer;
    return answer;
  };
  return Object.assign(call, { idle: () => last });
}

async function answerTo(
  want: () => Promise<Wanted>,
  bounds: { readonly limit: number; readonly signal: AbortSignal },
): Promise<Answer> {
  try {
    const wanted = await want();
    const finished = await boundedCommand(wanted.words, bounds);
    const text = finished.stopped === undefined ? wanted.read(finished) : undefined;
    return text === undefined ? answerOf(whyNot(finished), true) : answerOf(text);
  } catch (error) {
    return answerOf(expectedError(error)?.sentence ?? `a bug of signprox: ${(error as Error).message}`, true);
  }
}

function answerOf(text: string, isError = false): Answer {
  if (isError) return { content: [{ type: 'text', text: printableLine(text).slice(0, mostCharacters) }], isError };
  return { content: [{ type: 'text', text: screenful(text) }] };
}

/** What one answer may have at most. */
const mostLines = 60;
const mostCharacters = 8000;

function screenful(text: string): string {
  const lines = text.trimEnd().split('\n');
  const shown = lines.slice(0, mostLines).join('\n');
  if (shown.length > mostCharacters) return `${shown.slice(0, mostCharacters)}…`;
  return lines.length > mostLines ? `${shown}\n… ${lines.length - mostLines} more lines` : shown;
}

/** The summary at the end of what a command printed. A file that is loaded may have printed before it. */
function summaryIn({ code, stdout }: Bounded): string | undefined {
  const text = stdout.slice(stdout.lastIndexOf('{\n  "verdict": '));
  try {
    return summarySchema.parse(JSON.parse(text)).exitCode === code ? text : undefined;
  } catch {
    return undefined;
  }
}

/** The screen of a command that has found out something. */
const screenIn = ({ code, stdout }: Bounded): string | undefined =>
  code !== null && code <= 1 && stdout !== '' ? stdout : undefined;

/** Why there is no answer, in one line. */
function whyNot({ code, stderr, stopped }: Bounded): string {
  if (stopped !== undefined) return `stopped: ${stopped}`;
  const said = stderr.split('\n').findLast((line) => line.startsWith('signprox: '));
  return said?.slice('signprox: '.length) ?? `no verdict: the process ended with exit code ${code}`;
}

/** @throws UsageError unless each path leads to a file in the current folder, also through links */
async function requireBelow(paths: readonly string[], word: string): Promise<void> {
  if (paths.length === 0) throw new UsageError(`there is no file for ${word} in the current folder`);
  const folder = await realpath('.');
  for (const path of paths) {
    const file = await realpath(resolve(path)).catch(() => {
      throw new UsageError(`there is no file ${path}`);
    });
    const way = relative(folder, file);
    if (way.startsWith('..') || isAbsolute(way)) {
      throw new UsageError(`${path} is outside the current folder: only files below it are judged`);
    }
  }
}

const atDepth = (depth = 'quick'): readonly string[] => ['--depth', depth, '--format', 'summary'];

type Asked = { readonly [name in 'as' | 'only' | 'depth']: string | undefined } & { readonly target: string };

const judgeWords = async ({ target, as, only, depth }: Asked, options: McpOptions): Promise<string[]> => [
  ...(await targetWords('guard', target, options, as)),
  ...atDepth(depth),
  ...(only === undefined ? [] : [`--only=${only}`]),
];

/** A command about the target, which is in the current folder. */
async function targetWords(command: string, word: string, { python }: McpOptions, as?: string): Promise<string[]> {
  const named = command === 'identify' && isNamedObject(word) ? { as: anything } : {};
  const target = targetOf([word], as === undefined ? named : { as }, false);
  if (target.kind === 'command') {
    throw new UsageError(`${word} is not a file: give one as ./mine.mjs, ./mine.mjs:MyAdam or my_module.py:MyAdamW`);
  }
  await requireBelow(filesOf(target), word);
  const isPython = target.kind === 'object' && target.library === 'python';
  return [
    ...[command, word],
    ...(as === undefined ? [] : [`--as=${as}`]),
    ...(isPython && python !== undefined ? [`--python=${python}`] : []),
  ];
}

async function theoremWords(theorem: string, depth?: string): Promise<string[]> {
  if (existsSync(theorem) || !/^[\w-]+$/.test(theorem)) await requireBelow([theorem], theorem);
  return ['verify', `--theorem=${theorem}`, ...atDepth(depth)];
}
