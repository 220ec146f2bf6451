import { readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Depth } from '../../claims/claim.js';
import type { ImplementationDescription } from '../../claims/implementation/implementation.js';
import { version } from '../../claims/implementation/version.js';
import { plural } from '../../claims/text.js';
import { ExecutorError } from '../../executors/replicates.js';
import { whyUnreadable } from '../../guard/invalid-input.js';
import { arrangementOf } from '../../report/formats/format-names.js';
import type { CheckedClaim } from '../../report/record/build-run-record.js';
import { stableJson } from '../../report/record/json-numbers.js';
import { parseRunRecord, type RunRecord } from '../../report/record/run-record.js';
import { writeInto, writeReports } from '../../report/write-reports.js';
import { readContributions } from '../catalogue.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import { Interrupted } from '../threads/interruptible.js';
import { inLedgerOrder, otherOptions, type Run, recordOf, write } from './run.js';

/** The record of an interrupted run. */
export interface IncompleteRun {
  /** Its options. */
  readonly options: { readonly depth: Depth; readonly seed: string; readonly claims?: string };
  /** The claims that it finished. */
  readonly checked: readonly CheckedClaim[];
  /** What it asked. */
  readonly asked?: NonNullable<RunRecord['asked']>;
  /** Throws a UsageError when the run judged something else: one report is about one implementation. */
  requireSame(implementation: ImplementationDescription): void;
}

/** Reads the record of an interrupted run; throws a UsageError of one line if it is missing, something else, or of another version. */
export async function readIncompleteRun(path: string): Promise<IncompleteRun> {
  const wrong = (why: string): UsageError =>
    new UsageError(`cannot resume from ${path}: ${why}; give the run.json that an interrupted run has written`);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw wrong(whyUnreadable(error));
  });
  const record = readRecord(text, wrong);
  const { incomplete, suite, timing } = record;
  if (incomplete === undefined) throw wrong('that run was not interrupted');
  if (suite.version !== version) throw wrong(`it is of version ${suite.version}, and this is ${version}`);
  return {
    options: {
      depth: record.depth,
      seed: record.seed,
      ...(incomplete.selection !== undefined && { claims: incomplete.selection }),
    },
    ...(record.asked && { asked: record.asked }),
    checked: record.claims.map((claim) => ({
      claim,
      evidence: { ...claim.evidence, seconds: timing?.claims[claim.id] ?? 0 },
    })),
    requireSame(implementation) {
      // In any order of the fields.
      const [own, recorded] = [implementation, record.implementation].map((each) => JSON.parse(stableJson(each)));
      if (isDeepStrictEqual(own, recorded)) return;
      const name = ({ name, version }: ImplementationDescription): string => `${name} ${version}`;
      throw wrong(
        `it judged ${name(record.implementation)}, and this is ${name(implementation)}, which describes itself differently`,
      );
    },
  };
}

function readRecord(text: string, wrong: (why: string) => UsageError): ReturnType<typeof parseRunRecord> {
  try {
    return parseRunRecord(text);
  } catch (error) {
    throw wrong((error as RangeError).message);
  }
}

/**
 * Writes the results that the run had before it was interrupted, and throws an error that says how to continue.
 *
 * @param lost why the run cannot continue, if nobody interrupted it
 */
export async function keepUnfinished(run: Run, lost?: string): Promise<void> {
  const record = unfinishedRecord(run, lost);
  if (record === undefined) return;
  const directory = unfinishedDirectory(run);
  const from = await readContributions();
  await write(() => writeReports(record, directory, arrangementOf(record), from), directory);
  const { remaining, resume } = record.incomplete!;
  const all = plural(run.done.size + remaining.length, 'claim');
  const kept = `${run.done.size} of ${all} are in ${directory}; for the rest: ${resume}`;
  throw lost === undefined ? new Interrupted(kept) : new ExecutorError(`${lost}; ${kept}`);
}

/** Writes the results so far, for `--resume`: a run may be killed without a warning. */
export async function keepSoFar(run: Run): Promise<void> {
  const record = unfinishedRecord(run);
  if (record === undefined) return;
  const directory = unfinishedDirectory(run);
  await write(() => writeInto(directory, 'run.json', stableJson(record)), directory);
}

/** Removes the record of `keepSoFar` once there is nothing to resume. */
export async function forgetUnfinished(run: Run): Promise<void> {
  const directory = unfinishedDirectory(run);
  await rm(join(directory, 'run.json'), { force: true });
  // What an earlier run left beside it stays.
  await rmdir(directory).catch(() => undefined);
}

/** The record of what is finished; undefined if nothing is, or if nothing is left. */
function unfinishedRecord(run: Run, lost?: string): RunRecord | undefined {
  const { selected, done } = run;
  const { options, commandWith } = run.judging;
  const remaining = selected.map(({ claim }) => claim.id).filter((id) => !done.has(id));
  if (done.size === 0 || remaining.length === 0) return undefined;
  const file = join(unfinishedDirectory(run), 'run.json');
  const selection = options.claims;
  const incomplete = {
    remaining,
    ...(selection !== undefined && { selection }),
    ...(lost !== undefined && { lost }),
    resume: commandWith(`--resume ${shellQuote(file)}${otherOptions(options)}`),
  };
  return recordOf(run, inLedgerOrder(run), { incomplete });
}

function unfinishedDirectory({ judging: { options } }: Run): string {
  return join(options.out, 'incomplete');
}
