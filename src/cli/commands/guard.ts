import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { withDetectedSign } from '../../claims/implementation/detect-conventions.js';
import { ImplementationError } from '../../claims/implementation/implementation.js';
import { narrowedTo, offeredSubjects } from '../../claims/offered-subjects.js';
import { plural } from '../../claims/text.js';
import { allIssues } from '../../guard/description.js';
import { declarableSchema } from '../../guard/named-object.js';
import { exitCodes } from '../../report/record/outcome.js';
import { countedFailures } from '../../report/record/subjects.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { loadEntry, readGuardCatalogue } from '../catalogue.js';
import { asTyped } from '../options/as-typed.js';
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
import { shellQuote, UsageError } from '../options/usage-error.js';
import { commandLine, filesOf, type GuardOptions, isAim, type Subprocess, targetOf } from '../runs/guard-target.js';
import { judge } from '../runs/judge.js';
import { type OpenTarget, openTarget } from '../runs/open-target.js';
import type { Judging } from '../runs/run.js';
import type { FileChanges } from '../threads/file-changes.js';
import { Interrupted, interruptible } from '../threads/interruptible.js';
import { stdout } from '../user-files/watched.js';
import { listClaims, listSubjects } from './list.js';

/** `signprox guard`: checks the claims on a user's implementation. */
export function declare(command: Command): void {
  command.argument(
    '[target...]',
    'my_module:MyAdamW, ./mine.mjs or ./mine.mjs:MyAdam; after --, a program and its arguments; or a name in the configuration',
  );
  withCheckOptions(command)
    .addOption(new Option('--module <file>', 'a JavaScript module, whatever its name ends with').hideHelp())
    .addOption(new Option('--torch <module:class>', 'a PyTorch optimiser class, or a prox of tensors').hideHelp())
    .addOption(new Option('--numpy <module:function>', 'a prox of NumPy arrays').hideHelp())
    .addOption(new Option('--tfjs <module:class>', 'an optimiser class of TensorFlow.js').hideHelp())
    .option(
      '--as <name>',
      'what the object implements: an algorithm, e.g. sign-sgd, or a function, e.g. l1 (default: as its name says)',
    )
    .option(
      '--config <file>',
      'what to judge, and how (default: signprox.json, [tool.signprox] in pyproject.toml or signprox in package.json)',
    )
    .option('--arguments <json>', 'arguments of every call by name, e.g. \'{"mode": "soft"}\'', parseArguments)
    .option(
      '--declare <json>',
      'what hello would declare of it, e.g. \'{"dtype": "f32", "restrictions": {"positiveWeights": true}}\'',
      parseDeclared,
    )
    .option('--follows <reference>', 'the paper or library whose conventions it must have, such as pytorch')
    .option(
      '--python <program>',
      'the Python that can import the module (default: "python3", or the one of python -m signprox)',
    )
    .option('--theorem <theorem>', `check only the bound of ${theoremWords}, on the implementation's iterates`)
    .option('--timeout <duration>', 'limit of one call: 2, 0.5s, 500ms (default: 20 s)', parseDuration)
    .option(
      '--time-per-part <duration>',
      'stop generating cases for one function in one claim after this time: 10, 0.5s; the function is then thin (judged on fewer cases)',
      parseDuration,
    )
    .option(
      '--time-per-subject <duration>',
      'the same for one subject in all claims, each of which takes at most half of what is left: 60, 0.5s',
      parseDuration,
    )
    .option(
      '--known-failures <file>',
      'TOML with [[xfail]] tables of id, reason and issue, with ids like "prox of huber/eq6-prox": they may fail, and it is an error if they pass',
    )
    .option('--write-known-failures <file>', 'write the failures as such a list')
    .option('--only <subjects>', 'judge only what matches, e.g. "prox of huber" or "step of *,sample"')
    .option('--ledger', 'also print the result of each claim')
    .option(
      '--strict',
      'fail too if an answer is wrong only at extreme or degenerate inputs, or if a bound is neither refuted nor proved',
    )
    .option(
      '--watch',
      "judge again when a file in the adapter's folder changes: first what failed, then everything once that passes",
    )
    .option(
      '--list',
      'list what the implementation offers with the claims about it, or without an implementation all claims, and stop',
    )
    .addHelpText(
      'after',
      examples([
        'signprox guard my_module:MyAdamW',
        'signprox guard my_module:shrink --as l1',
        'signprox guard ./mine.mjs --depth quick',
        'signprox guard ./mine.mjs:MyAdam --as adam',
        'signprox guard -- python3 adapter.py',
        'signprox guard',
        "signprox guard --only 'prox of huber' -- python3 adapter.py",
        'signprox guard --list -- python3 adapter.py',
        'signprox guard --theorem my-bound.mjs -- python3 adapter.py',
      ]),
    )
    .action(async (words: readonly string[], options: GuardOptions, called: Command) => {
      process.exitCode = await run(words, options, called);
    });
}

/** Judges what the words name, or what a configuration lists. Returns the exit code. */
async function run(words: readonly string[], options: GuardOptions, command: Command): Promise<number> {
  const { module, torch, numpy, tfjs, config } = options;
  if (options.watch) requireWatchable(options);
  const [word] = words;
  // Commander's types leave out the words as they were given, and the others have lost the --.
  const { rawArgs } = command.parent as unknown as { readonly rawArgs: readonly string[] };
  const isProgram = rawArgs.includes('--');
  const isGiven = [module, torch, numpy, tfjs].some((given) => given !== undefined) || isProgram;
  // The name of a file that exists is a program, as it is after --.
  const isName = words.length === 1 && !isAim(word!) && !/[/\\]/.test(word!);
  const { readConfiguration } = await import('../runs/configuration.js');
  const read = isGiven || (word !== undefined && !isName) ? undefined : await readConfiguration(config);
  if (config !== undefined && read === undefined) {
    throw new UsageError('--config lists what to judge, and the command line names it too: give one of them');
  }
  if (read === undefined) {
    if (options.list && !options.watch && words.length === 0 && !isGiven) {
      listClaims(readGuardCatalogue(), options.claims);
      return exitCodes.ok;
    }
    const target = targetOf(words, options, isProgram);
    return options.watch ? watchGuard(target, options) : guard(target, options);
  }
  const isFlag = (name: string): boolean => command.getOptionValueSource(name) === 'cli';
  const judgeOne = (target: Subprocess, own: GuardOptions, more = {}) =>
    own.watch ? watchGuard(target, own) : guard(target, own, more);
  const { judgeListed, listedIn } = await import('./guard-configured.js');
  return judgeListed(listedIn(read, word, options, isFlag), judgeOne, options.out);
}

/** A JSON object from the command line. */
function parseObject(what: string, example: string, value: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch (error) {
    throw new InvalidArgumentError(`${what} must be JSON, as in '${example}': ${(error as Error).message}`);
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Record<string, unknown>;
  throw new InvalidArgumentError(`${what} must be a JSON object, as in '${example}'`);
}

export const parseArguments = (value: string): Readonly<Record<string, unknown>> =>
  parseObject('arguments', '{"momentum": 0.9}', value);

export function parseDeclared(value: string): Readonly<Record<string, unknown>> {
  const declared = parseObject('what is declared', '{"dtype": "f32"}', value);
  const parsed = declarableSchema.safeParse(declared);
  if (parsed.success) return declared;
  throw new InvalidArgumentError(
    `${allIssues(parsed.error, declared)}: docs/guard-declarations.md says what may be declared`,
  );
}

/** Checks the claims on a program, a JavaScript module or a named object. Returns the exit code. */
export async function guard(
  target: Subprocess,
  options: GuardOptions,
  more: Pick<Judging, 'quiet' | 'found'> = {},
): Promise<number> {
  if (options.theorem !== undefined) return guardTheorem(target, options, options.theorem);
  if (options.list) {
    return interruptible(async (signal) => {
      const opened = await judgingOf(target, options, signal).open(options.seed);
      try {
        const claims = selectClaims(readGuardCatalogue(), options.claims);
        await listSubjects(opened.implementation.description, await Promise.all(claims.map(loadEntry)), options.format);
        return exitCodes.ok;
      } finally {
        await opened.close(false);
      }
    });
  }
  return interruptible((signal) => judge({ ...judgingOf(target, options, signal), ...more }));
}

/** Checks the bound of a theorem on the iterates of an implementation that offers its algorithm. */
async function guardTheorem(target: Subprocess, options: GuardOptions, word: string): Promise<number> {
  const { loadTheorem } = await import('../problems/load-theorem.js');
  const { theoremEntries } = await import('../runs/theorem-entries.js');
  const loaded = await loadTheorem(word);
  const { id, algorithm } = loaded.theorem;
  if (typeof algorithm !== 'string') {
    throw new UsageError(
      `${word}: ${id} is about ${algorithm.name}, which is defined only in its own file: use signprox verify --theorem, or give a theorem about an algorithm that adapters can implement`,
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
    nameBugs: async (implementation, wrong) =>
      (await import('../../guard/vectors/identify.js')).namedBugs(implementation, wrong),
    commandWith: (given) => commandLine(target, `${narrowing(options)}${given}`),
    signal,
  };
}

/** Prints the target's notes, and detects its sgn(0) if it declares none, so that the report can show it. */
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

/** Restricts what the target declares to what `--only` selects. */
async function narrowed(opened: OpenTarget, only: string | undefined): Promise<OpenTarget> {
  if (only === undefined) return opened;
  const { implementation } = opened;
  try {
    const subjects = selectSubjects(offeredSubjects(implementation.description), only);
    const description = narrowedTo(implementation.description, subjects);
    const { methods, functions, smooth, algorithms, statefulAlgorithms } = implementation.description;
    const declared = { methods, functions, smooth, algorithms, ...(statefulAlgorithms && { statefulAlgorithms }) };
    return { ...opened, declared, implementation: { ...implementation, description } };
  } catch (error) {
    await opened.close(false);
    throw error;
  }
}

/** The options that narrow a run, as text. */
function narrowing({ only, timePerPart, timePerSubject, theorem }: GuardOptions): string {
  const about = theorem === undefined ? '' : `--theorem ${shellQuote(theorem)} `;
  const subjects = only === undefined ? about : `${about}--only ${shellQuote(only)} `;
  const limits = { '--time-per-part': timePerPart, '--time-per-subject': timePerSubject };
  const given = Object.entries(limits).filter(([, limit]) => limit !== undefined);
  return given.reduce((text, [option, limit]) => `${text}${option} ${limit}ms `, subjects);
}

/**
 * `signprox guard --watch`: judges, and judges again when a file beside the adapter changes, until Ctrl-C. What failed is judged first,
 * so that a user who fixes one function need not wait for the others. Once that passes, everything is judged, because a fix may break
 * something else. A change during a run ends it.
 */
export async function watchGuard(target: Subprocess, options: GuardOptions): Promise<number> {
  const folders = foldersOf(target);
  const out = resolve(options.out);
  if (folders.includes(out)) {
    throw new UsageError(
      `--out ${options.out} is a folder that --watch watches, so every report would start another run: choose another --out`,
    );
  }
  return interruptible(async (signal) => {
    const { watchFiles } = await import('../threads/file-changes.js');
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
      throw signal.aborted ? new Interrupted('an unfinished run leaves no report') : error;
    } finally {
      await changes.close();
    }
  });
}

/** Rejects options that make no sense for an endless series of runs: each run would write or print again. */
function requireWatchable(options: GuardOptions): void {
  const given = [
    options.list && '--list',
    options.resume !== undefined && '--resume',
    options.updateBaseline && '--update-baseline',
    options.writeKnownFailures !== undefined && '--write-known-failures',
    options.format !== 'table' && `--format ${options.format}`,
  ].find((option) => typeof option === 'string');
  if (given === undefined) return;
  throw new UsageError(`${given} is for one run, and --watch runs again after every change: leave out one of them`);
}

/** The folders to watch: those of the files that the command line names. */
function foldersOf(target: Subprocess): string[] {
  const files = filesOf(target);
  if (files.length === 0) {
    throw new UsageError(
      `--watch needs a folder, and the command line names no file that exists: name the adapter's file, as in -- python3 mine/adapter.py`,
    );
  }
  const folders = [...new Set(files.map((file) => dirname(resolve(file))))];
  // A folder inside another one is watched with it.
  return folders.filter((folder) => !folders.some((other) => folder.startsWith(`${other}${sep}`)));
}

/** The target that is watched, and how it is judged. */
interface Watched {
  readonly target: Subprocess;
  readonly options: GuardOptions;
  readonly changes: FileChanges;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Largest number of names to print; for more, only their number is printed. */
const fewNames = 5;

/** Judges what failed, then everything if that passes. Returns what fails, or undefined if the run did not finish. */
async function judgeFailedFirst(watched: Watched, failed: readonly string[]): Promise<readonly string[] | undefined> {
  if (failed.length > 0) {
    say(`first what failed: ${failed.length > fewNames ? plural(failed.length, 'subject') : failed.join(', ')}`);
    // A partial run would miss most of what a baseline holds.
    const { baseline: _, ...options } = watched.options;
    try {
      const still = await judgeOnce(watched, { ...options, only: failed.join(',') });
      if (still === undefined || still.length > 0) return still;
      say('\nwhat failed passes now; judging everything:');
    } catch (error) {
      // The adapter may no longer offer what failed.
      if (!(error instanceof NothingMatches)) throw error;
    }
  }
  return judgeOnce(watched, watched.options);
}

/** One run. Returns the subjects that fail, or undefined if a change ended the run or the adapter did not work. */
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
      // Commands to copy name what the user asked for: the list of what failed would be longer than the rest.
      commandWith: judgingOf(target, given, signal).commandWith,
      found: (record) => {
        found = countedFailures(record);
      },
    });
    return found;
  } catch (error) {
    if (changes.signal.aborted && !signal.aborted) return undefined;
    // The next change may fix an adapter that does not start. A wrong command line stays wrong.
    const fixable = error === unopened && !(error instanceof NothingMatches);
    if (signal.aborted || !(fixable || error instanceof ImplementationError)) throw error;
    const kind = error instanceof ImplementationError ? `${error.kind}: ` : '';
    process.stderr.write(`signprox: ${kind}${asTyped(printableLine((error as Error).message))}\n`);
    return undefined;
  }
}

function say(line: string): void {
  stdout.write(`${line}\n`);
}
