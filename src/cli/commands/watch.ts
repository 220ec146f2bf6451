import { statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ImplementationError } from '../../claims/implementation/implementation.js';
import { plural } from '../../claims/plural.js';
import { countedFailures } from '../../report/record/subjects.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { type Subprocess, targetOf } from '../judging/guard-target.js';
import { judge } from '../judging/judge.js';
import type { OpenTarget } from '../judging/open-target.js';
import { type FileChanges, watchFiles } from '../threads/file-changes.js';
import { Interrupted, interruptible } from '../threads/interruptible.js';
import { NothingMatches } from '../words/options.js';
import { UsageError } from '../words/usage-error.js';
import { type GuardOptions, judgingOf } from './guard.js';

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
