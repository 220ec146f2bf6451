import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { plural } from '../../claims/plural.js';
import { ExecutorError } from '../../executors/executor-error.js';
import { arrangementOf } from '../../report/formats/arrangement.js';
import { stableJson } from '../../report/record/json-numbers.js';
import type { RunRecord } from '../../report/record/run-record.js';
import { makeDirectory, writeReports, writeWhole } from '../../report/write-reports.js';
import { Interrupted } from '../threads/interruptible.js';
import { shellQuote } from '../words/shell-quote.js';
import { directoryOf, inLedgerOrder, otherOptions, type Run, recordOf, write } from './run.js';

/**
 * Writes what was found before the run was interrupted, if anything was, and throws how to go on.
 *
 * @param lost why the run cannot go on by itself, where nobody interrupted it
 */
export async function keepUnfinished(run: Run, lost?: string): Promise<void> {
  const record = unfinishedRecord(run, lost);
  if (record === undefined) return;
  const directory = unfinishedDirectory(run);
  await write(() => writeReports(record, directory, arrangementOf(record)), directory);
  const { remaining, resume } = record.incomplete!;
  const all = plural(run.done.size + remaining.length, 'claim');
  const kept = `${run.done.size} of ${all} are in ${directory}; for the rest: ${resume}`;
  throw lost === undefined ? new Interrupted(kept) : new ExecutorError(`${lost}; ${kept}`);
}

/** Writes the record of what was found so far, which `--resume` takes: for a run that may be ended without a warning. */
export async function keepSoFar(run: Run): Promise<void> {
  const record = unfinishedRecord(run);
  if (record === undefined) return;
  const directory = unfinishedDirectory(run);
  await write(async () => {
    await makeDirectory(directory);
    await writeWhole(join(directory, 'bounds.json'), stableJson(record));
  }, directory);
}

/** Removes what `keepSoFar` has written, when there is nothing to resume. */
export async function forgetUnfinished(run: Run): Promise<void> {
  const directory = unfinishedDirectory(run);
  await rm(join(directory, 'bounds.json'), { force: true });
  // What an earlier run left beside it stays.
  await rmdir(directory).catch(() => undefined);
}

/** What is finished; undefined where nothing is, or nothing is left. */
function unfinishedRecord(run: Run, lost?: string): RunRecord | undefined {
  const { selected, done } = run;
  const { options, commandWith } = run.judging;
  const remaining = selected.map(({ claim }) => claim.id).filter((id) => !done.has(id));
  if (done.size === 0 || remaining.length === 0) return undefined;
  const file = join(unfinishedDirectory(run), 'bounds.json');
  const selection = options.claims;
  return recordOf(run, inLedgerOrder(run), {
    remaining,
    ...(selection !== undefined && { selection }),
    ...(lost !== undefined && { lost }),
    resume: commandWith(`--resume ${shellQuote(file)}${otherOptions(options)}`),
  });
}

function unfinishedDirectory({ judging: { options } }: Run): string {
  return join(options.shard === undefined ? options.out : directoryOf(options, false), 'incomplete');
}
