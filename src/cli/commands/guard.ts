import { statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { withDetectedSign } from '../../claims/implementation/detect-conventions.js';
import { ImplementationError } from '../../claims/implementation/implementation.js';
import { plural } from '../../claims/text.js';
import { narrowedTo, offeredSubjects } from '../../guard/offered-subjects.js';
import { exitCodes } from '../../report/record/outcome.js';
import { countedFailures } from '../../report/record/subjects.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { loadEntry, readGuardCatalogue } from '../catalogue.js';
import { commandLine, type Subprocess, type TargetOptions, targetOf } from '../judging/guard-target.js';
import { judge } from '../judging/judge.js';
import { type OpenTarget, openTarget } from '../judging/open-target.js';
import type { JudgeOptions, Judging } from '../judging/run.js';
import { theoremEntries } from '../judging/theorem-entries.js';
import { parseDuration } from '../options/numbers.js';
import {
  defaultOut,
  examples,
  NothingMatches,
  selectClaims,
  selectSubjects,
  theoremWords,
  withCheckOptions,
} from '../options/options.js';
import { parseShard } from '../options/shard.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import { loadTheorem } from '../problems/load-theorem.js';
import { type FileChanges, watchFiles } from '../threads/file-changes.js';
import { Interrupted, interruptible } from '../threads/interruptible.js';
import { listClaims, listSubjects } from './list.js';

/** `signprox guard`: the same claims on somebody else's implementation. */
export function declare(command: Command): void {
  command.argument('[command...]', 'after --: the program and its arguments, started without a shell');
  withCheckOptions(command)
    .option('--module <file>', 'a JavaScript module whose default export wears the implementation interface')
    .option('--torch <module:class>', 'a class of optimisers of PyTorch, e.g. my_module:MySignSGD')
    .option('--numpy <module:function>', 'a function of NumPy arrays that is a prox, e.g. my_module:soft_threshold')
    .option('--as <name>', 'what that is to be judged as: the algorithm, e.g. sign-sgd, or the function, e.g. l1')
    .option('--arguments <json>', 'arguments that it is always given, e.g. \'{"mode": "soft"}\'', parseArguments)
    .option('--python <program>', 'the Python that has the module and the library (default: "python3")')
    .option('--theorem <theorem>', `only the bound of ${theoremWords}, on what the implementation's algorithm does`)
    .option('--timeout <duration>', 'for one call: 2, 0.5s, 500ms (default: 2 s)', parseDuration)
    .option(
      '--time-per-part <duration>',
      'of each claim about a function ask no more cases after this long: 10, 0.5s; the function is thin then',
      parseDuration,
    )
    .option(
      '--known-failures <file>',
      'JSON list of { id, reason, url? }, id as prox of huber/eq6-prox: these may fail, and must not pass',
    )
    .option('--write-known-failures <file>', 'write what fails as such a list')
    .option('--only <subjects>', 'only what matches, e.g. "prox of huber" or "step of *,sample"')
    .option('--ledger', 'print what each claim found too')
    .option(
      '--strict',
      'fail for what is wrong only at extreme or degenerate inputs too, and for bounds that are only not refuted',
    )
    .option(
      '--watch',
      'judge again whenever a file in the folder of the adapter changes: first what failed, and everything once that is right',
    )
    .addOption(
      new Option('--shard <i/n>', 'the i-th of n parts, for as many machines: signprox merge makes one report of all')
        .argParser(parseShard)
        .conflicts(['resume', 'baseline', 'theorem', 'replayFailures', 'writeKnownFailures', 'watch', 'list']),
    )
    .option(
      '--list',
      'list what can be asked of the program with the claims on each, or without one the claims, and stop',
    )
    .addHelpText(
      'after',
      examples([
        'signprox guard -- python3 adapter.py',
        'signprox guard --module ./mine.js --depth quick',
        "signprox guard --torch my_module:MySignSGD --only 'step of sign-sgd'",
        'signprox guard --numpy my_module:soft_threshold --as l1',
        "signprox guard --only 'prox of huber' -- python3 adapter.py",
        'signprox guard --list -- python3 adapter.py',
        'signprox guard --theorem my-bound.mjs -- python3 adapter.py',
        'signprox guard --shard 2/4 -- python3 adapter.py',
      ]),
    )
    .action(async (words: readonly string[], options: GuardOptions) => {
      if (options.watch) {
        process.exitCode = await watchGuard(words, options);
        return;
      }
      if (
        options.list &&
        words.length === 0 &&
        [options.module, options.torch, options.numpy].every((given) => given === undefined)
      ) {
        listClaims(readGuardCatalogue(), options.claims);
        return;
      }
      process.exitCode = await guard(words, options);
    });
}

/** An object of JSON from the command line. */
function parseArguments(value: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch (error) {
    throw new InvalidArgumentError(`arguments are JSON, as in '{"momentum": 0.9}': ${(error as Error).message}`);
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Record<string, unknown>;
  throw new InvalidArgumentError(`arguments are an object of JSON, as in '{"momentum": 0.9}'`);
}

/** Options of `signprox guard`. */
interface GuardOptions extends JudgeOptions, TargetOptions {
  readonly list?: true;
  /** A theorem in place of the ledger: its bound on what the implementation does. */
  readonly theorem?: string;
  readonly watch?: true;
}

/** `signprox guard`: the same claims on somebody else's implementation, a program, a module of JavaScript or an object of Python. */
export async function guard(words: readonly string[], options: GuardOptions): Promise<number> {
  const target = targetOf(words, options);
  if (options.theorem !== undefined) return guardTheorem(target, options, options.theorem);
  if (options.list) {
    return interruptible(async (signal) => {
      const opened = await judgingOf(target, options, signal).open(options.seed);
      try {
        const claims = selectClaims(readGuardCatalogue(), options.claims);
        await listSubjects(opened.implementation.description, await Promise.all(claims.map(loadEntry)));
        return exitCodes.ok;
      } finally {
        await opened.close(false);
      }
    });
  }
  return interruptible((signal) => judge(judgingOf(target, options, signal)));
}

/** The bound of a theorem on the iterates of an implementation that knows its algorithm. */
async function guardTheorem(target: Subprocess, options: GuardOptions, word: string): Promise<number> {
  const loaded = await loadTheorem(word);
  const { id, algorithm } = loaded.theorem;
  if (typeof algorithm !== 'string') {
    throw new UsageError(
      `${word}: ${id} is about ${algorithm.name}, which only its own file knows: give signprox verify --theorem, or a theorem about an algorithm that adapters know`,
    );
  }
  const claims = theoremEntries(loaded).filter((entry) => entry.id === id);
  const out = options.out === defaultOut ? join(defaultOut, id) : options.out;
  return interruptible((signal) =>
    judge({ ...judgingOf(target, { ...options, out, ledger: true }, signal), claims, theorem: { word } }),
  );
}

/** One run on the target. */
export function judgingOf(target: Subprocess, options: GuardOptions, signal: AbortSignal): Judging {
  return {
    open: async (seed) => narrowed(await described(await openTarget(target, seed, signal)), options.only),
    target,
    claims: readGuardCatalogue(),
    options,
    commandWith: (given) => commandLine(target, `${narrowing(options)}${given}`),
    signal,
  };
}

/** The target with its notes told, and a sgn(0) that it left open detected, so that the report tells it. */
async function described(opened: OpenTarget): Promise<OpenTarget> {
  for (const note of opened.implementation.description.notes ?? []) {
    process.stderr.write(`signprox: ${printableLine(note)}\n`);
  }
  try {
    return { ...opened, implementation: await withDetectedSign(opened.implementation) };
  } catch (error) {
    await opened.close(true);
    throw error;
  }
}

/** The target that declares only what is to be judged. */
async function narrowed(opened: OpenTarget, only: string | undefined): Promise<OpenTarget> {
  if (only === undefined) return opened;
  const { implementation } = opened;
  try {
    const subjects = selectSubjects(offeredSubjects(implementation.description), only);
    const description = narrowedTo(implementation.description, subjects);
    return { ...opened, implementation: { ...implementation, description } };
  } catch (error) {
    await opened.close(false);
    throw error;
  }
}

/** The options that say how little is asked. */
function narrowing({ only, timePerPart, theorem }: GuardOptions): string {
  const about = theorem === undefined ? '' : `--theorem ${shellQuote(theorem)} `;
  const subjects = only === undefined ? about : `${about}--only ${shellQuote(only)} `;
  return timePerPart === undefined ? subjects : `${subjects}--time-per-part ${timePerPart}ms `;
}

/**
 * `signprox guard --watch`: judges, and again whenever a file beside the adapter changes, until Ctrl-C. What failed is judged first, so
 * that who mends one function waits for no other; once it is right everything is, because a repair may break something else. A change in
 * the middle of a run ends it.
 */
export async function watchGuard(words: readonly string[], options: GuardOptions): Promise<number> {
  requireWatchable(options);
  const target = targetOf(words, options);
  const folders = foldersOf(target);
  const out = resolve(options.out);
  if (folders.includes(out)) {
    throw new UsageError(
      `reports in ${options.out} would change the folder that is watched, and be judged for ever: choose another --out`,
    );
  }
  return interruptible(async (signal) => {
    const changes = await watchFiles(folders, [out]);
    const watched = folders.map((folder) => relative('', folder) || '.').join(', ');
    try {
      for (let failed: readonly string[] = []; ; ) {
        failed = (await judgeFailedFirst({ target, options, changes, signal }, failed)) ?? failed;
        if (!changes.signal.aborted) say(`waiting for a change in ${watched}; Ctrl-C ends`);
        const path = await changes.settled(signal);
        say(`\n── ${new Date().toTimeString().slice(0, 8)}, ${relative('', path)} changed ${'─'.repeat(20)}`);
      }
    } catch (error) {
      throw signal.aborted ? new Interrupted('a run that came to no end leaves no report') : error;
    } finally {
      await changes.close();
    }
  });
}

/** Refuses options that make no sense of a run that has no end: of what they write or print there would be many. */
function requireWatchable(options: GuardOptions): void {
  const given = [
    options.list && '--list',
    options.resume !== undefined && '--resume',
    options.updateBaseline && '--update-baseline',
    options.writeKnownFailures !== undefined && '--write-known-failures',
    options.format !== 'table' && `--format ${options.format}`,
  ].find((option) => typeof option === 'string');
  if (given === undefined) return;
  throw new UsageError(
    `${given} is for one run, and --watch judges again and again for somebody who reads: leave out one of them`,
  );
}

/** The folders whose files make the adapter: those of the files that the command line names. */
function foldersOf(target: Subprocess): string[] {
  const files = filesOf(target);
  if (files.length === 0) {
    throw new UsageError(
      `--watch knows no folder to watch: nothing that it names is a file here; name the file of the adapter, as in -- python3 mine/adapter.py`,
    );
  }
  const folders = [...new Set(files.map((file) => dirname(resolve(file))))];
  // A folder in another is watched with it.
  return folders.filter((folder) => !folders.some((other) => folder.startsWith(`${other}${sep}`)));
}

function filesOf(target: Subprocess): readonly string[] {
  switch (target.kind) {
    case 'module':
      return [target.path];
    case 'python': {
      const path = target.object.split(':')[0]!.replaceAll('.', sep);
      return [`${path}.py`, join(path, '__init__.py')].filter(isFile);
    }
    case 'command':
      return namedFiles(target.command);
  }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** The words that are files. The program is one only where no other word is: that of /usr/bin/python3 is not the adapter's. */
function namedFiles([program, ...words]: readonly string[]): readonly string[] {
  const files = words.filter(isFile);
  return files.length > 0 ? files : [program!].filter(isFile);
}

/** What is watched, and how it is judged. */
interface Watched {
  readonly target: Subprocess;
  readonly options: GuardOptions;
  readonly changes: FileChanges;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** So many names are told; of more, their number. */
const fewNames = 5;

/** Judges what failed, and everything once that is right. Returns what fails; nothing when the run came to no end. */
async function judgeFailedFirst(watched: Watched, failed: readonly string[]): Promise<readonly string[] | undefined> {
  if (failed.length > 0) {
    say(`first what failed: ${failed.length > fewNames ? plural(failed.length, 'subject') : failed.join(', ')}`);
    // A part of what a baseline holds is no comparison with it.
    const { baseline: _, ...options } = watched.options;
    try {
      const still = await judgeOnce(watched, { ...options, only: failed.join(',') });
      if (still === undefined || still.length > 0) return still;
      say('\nwhat failed is right now; everything:');
    } catch (error) {
      // What failed may be offered no longer.
      if (!(error instanceof NothingMatches)) throw error;
    }
  }
  return judgeOnce(watched, watched.options);
}

/** One run; returns the subjects that fail in it, nothing when a change ended it or the adapter could not be asked. */
async function judgeOnce(
  { target, options: given, changes, signal }: Watched,
  options: GuardOptions,
): Promise<readonly string[] | undefined> {
  const judging = judgingOf(target, options, AbortSignal.any([signal, changes.signal]));
  let found: readonly string[] | undefined;
  let unopened: unknown;
  const open = async (seed: string): Promise<OpenTarget> => {
    try {
      return await judging.open(seed);
    } catch (error) {
      unopened = error;
      throw error;
    }
  };
  try {
    await judge({
      ...judging,
      open,
      disposable: true,
      // Commands to be copied name what was asked for: the list of what failed would be longer than the rest.
      commandWith: judgingOf(target, given, signal).commandWith,
      found: (record) => {
        found = countedFailures(record);
      },
    });
    return found;
  } catch (error) {
    if (changes.signal.aborted && !signal.aborted) return undefined;
    // The next change may mend an adapter that does not start; nothing else about a command line changes.
    const mended = error === unopened && !(error instanceof NothingMatches);
    if (signal.aborted || !(mended || error instanceof ImplementationError)) throw error;
    const kind = error instanceof ImplementationError ? `${error.kind}: ` : '';
    process.stderr.write(`signprox: ${kind}${printableLine((error as Error).message)}\n`);
    return undefined;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
