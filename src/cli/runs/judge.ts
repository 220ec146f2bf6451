import { dirname, join } from 'node:path';
import type { Claim } from '../../claims/claim.js';
import { type Implementation, UnsupportedError } from '../../claims/implementation/implementation.js';
import { offeredSubjects } from '../../claims/offered-subjects.js';
import { inapplicable } from '../../claims/run-claims.js';
import { plural } from '../../claims/text.js';
import { ExecutorError } from '../../executors/replicates.js';
import { recordRuns } from '../../guard/recorded-runs.js';
import { crashesClaim, crashesEvidence, shutdownClaim, shutdownEvidence } from '../../guard/supervisor/failures.js';
import { arrangementOf } from '../../report/formats/format-names.js';
import { baselineOf } from '../../report/record/baseline.js';
import { strictText } from '../../report/record/outcome.js';
import type { ClaimRecord, RunRecord } from '../../report/record/run-record.js';
import type { KnownEntry } from '../../report/record/settle-outcomes.js';
import { wrongSubjects } from '../../report/record/subjects.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { tableOptions } from '../../report/wording/screen.js';
import { writeReports } from '../../report/write-reports.js';
import { type CatalogueEntry, entryModule, loadEntry, readContributions } from '../catalogue.js';
import { asTyped } from '../options/as-typed.js';
import { selectClaims } from '../options/options.js';
import { requireWritable } from '../options/output-directory.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import { stdout } from '../user-files/watched.js';
import { type Earlier, readBaseline, settleBaseline } from './baseline.js';
import { checkRemaining, save } from './check-remaining.js';
import { forgetUnfinished, keepUnfinished, readIncompleteRun } from './incomplete-run.js';
import { readKnownFailures, writeKnownFailures } from './known-failures.js';
import {
  depthAndSeed,
  directoryOf,
  inLedgerOrder,
  type Judging,
  type RecordedClaim,
  type Run,
  recordOf,
  replayCommand,
  write,
} from './run.js';

/** Writes and prints the results, and returns the exit code. */
async function conclude(run: Run, baseline: Earlier | undefined, before: string, saved: () => void): Promise<number> {
  const { judging, done } = run;
  const { options } = judging;
  const trajectories = options.baseline === undefined ? {} : await recordRuns(run.opened.implementation);
  const looksLike = await bugsIn(run);
  const shutdown = await ending(run);
  // A failure that followed from another one when it was checked may not do so at the end.
  for (const result of done.values()) await save(run, result);
  const recorded = recordOf(run, [...inLedgerOrder(run), ...shutdown], looksLike);
  const record = { ...recorded, exitCode: judging.exitCodeOf?.(recorded) ?? recorded.exitCode };
  const settled = options.baseline === undefined ? undefined : await settle(run, record, baseline, trajectories);
  const settledRecord = settled === undefined ? record : { ...record, exitCode: settled.exitCode };
  const concluded = (await judging.conclude?.(settledRecord)) ?? settledRecord;
  saved();
  const notAccepted = options.strict && strictText(concluded.claims.map(decidedRows));
  if (notAccepted) process.stderr.write(`signprox: ${printableLine(notAccepted)}\n`);
  stdout.write(before);
  // The verdict and the exit code come last on a terminal. Programs read the other formats: nothing may stand beside the report.
  if (settled) options.format === 'table' ? stdout.write(`${settled.text}\n`) : process.stderr.write(settled.text);
  await tell(run, concluded);
  judging.found?.(concluded);
  return concluded.exitCode;
}

/** The names of the bugs, if something is wrong. */
async function bugsIn(run: Run): Promise<Pick<RunRecord, 'looksLike'>> {
  const { judging, opened } = run;
  if (judging.nameBugs === undefined || judging.signal.aborted) return {};
  const wrong = wrongSubjects(recordOf(run, inLedgerOrder(run)));
  if (wrong.length === 0) return {};
  const found = await judging.nameBugs(opened.implementation, wrong);
  return Object.keys(found).length === 0 ? {} : { looksLike: found };
}

/** Compares the run with its baseline. */
async function settle(
  { judging: { options }, selected }: Run,
  record: RunRecord,
  baseline: Earlier | undefined,
  trajectories: Parameters<typeof baselineOf>[2],
): ReturnType<typeof settleBaseline> {
  const versions = new Map(selected.map(({ claim }) => [claim.id, claim.version]));
  const isSelected = (id: string): boolean => options.claims === undefined || versions.has(id);
  const after = baselineOf(record, versions, trajectories);
  return settleBaseline(baseline, after, options, record.exitCode, isSelected);
}

/** Writes the reports, and prints the one that `--format` names. */
async function tell(run: Run, record: RunRecord): Promise<void> {
  const { judging, selected } = run;
  const { options } = judging;
  const whole = selected.length === judging.claims.length && options.only === undefined;
  const directory = directoryOf(options, whole);
  const arrangement = arrangementOf(record);
  // Reports have charts, which are loaded when there is something to show.
  const { formatReport } = await import('../../report/formats/formats.js');
  const from = await readContributions();
  // If the reports cannot be written, the results are still printed.
  const unwritten = await write(() => writeReports(record, directory, arrangement, from), directory).catch(
    (error: UsageError) => error,
  );
  const { writeKnownFailures: list } = options;
  if (list !== undefined) await write(() => writeKnownFailures(list, record, run.known), list);
  const layout = {
    ...tableOptions(stdout, process.env),
    ledger: options.ledger,
    report: unwritten instanceof UsageError ? undefined : join(directory, 'index.html'),
  };
  const by = options.ledger && options.format !== 'table' ? 'claims' : arrangement;
  const isTable = options.format === 'table';
  const text = (isTable && judging.table?.(record, layout)) || formatReport(record, options.format, layout, by, from);
  if (!judging.quiet) stdout.write(isTable ? asTyped(text) : text);
  if (unwritten instanceof UsageError) throw unwritten;
  if (!whole && options.format !== 'table') process.stderr.write(`the reports of these claims are in ${directory}\n`);
}

/** The rows of a claim that fails. */
const decidedRows = ({ id, outcome, evidence }: ClaimRecord) => ({
  id,
  rows: outcome === 'fail' ? (evidence.rows ?? []) : [],
});

/** Closes the implementation. A failure to shut down is one more claim that fails, and crashes are one that `--strict` does not accept. */
async function ending({ judging, opened, done }: Run): Promise<RecordedClaim[]> {
  const { commandWith, options, signal } = judging;
  const crashes = opened.crashes?.() ?? [];
  const failure = await opened.close([...done.values()].some(({ evidence }) => evidence.failure !== undefined));
  signal.throwIfAborted();
  const { seed } = options;
  const crashed = crashesEvidence(crashes, seed, commandWith(depthAndSeed(options)));
  return [
    ...(crashes.length === 0 ? [] : [{ claim: crashesClaim, evidence: crashed }]),
    ...(failure === undefined
      ? []
      : [{ claim: shutdownClaim, evidence: shutdownEvidence(failure, seed, commandWith(`--seed ${seed}`)) }]),
  ];
}

/**
 * Checks the selected claims, prints the report on stdout, writes the reports, and returns the exit code. A failure is saved as soon as
 * it is found. A run of some claims, and an interrupted run, write to other directories than a run of all claims.
 */
export async function judge(given: Judging): Promise<number> {
  const { resume } = given.options;
  const earlier = resume === undefined ? undefined : await readIncompleteRun(resume);
  const options = { ...given.options, ...earlier?.options };
  const judging = { ...given, options };
  const kind = judging.target.kind === 'reference' ? 'claim' : 'claim that guard judges';
  const selected = selectClaims(judging.claims, options.claims, kind);
  await requireWritable(options.out);
  if (options.writeKnownFailures !== undefined) {
    if (options.writeKnownFailures.endsWith('.json')) {
      throw new UsageError('known failures are written as TOML: give --write-known-failures a name ending with .toml');
    }
    await requireWritable(dirname(options.writeKnownFailures), '--write-known-failures');
  }
  const known = await knownFailuresOf(judging);
  const baseline = await readBaseline(options, baselineCommand(judging));
  if (options.updateBaseline) await requireWritable(dirname(options.baseline!), '--baseline');
  // The claims about functions are loaded while the program under test starts, and those that it needs beside them when it has said what it offers.
  const loading = Promise.all(selected.filter(({ judgesFunctions }) => judgesFunctions).map(loadEntry));
  loading.catch(() => undefined);
  const opened = await judging.open(options.seed);
  try {
    earlier?.requireSame(opened.implementation.description);
    const done = new Map(earlier?.checked.map((checked) => [checked.claim.id, checked]));
    const startedAt = { date: new Date(), at: performance.now() };
    const asked = earlier?.asked;
    await loading;
    const loaded = selected.map(async (entry) => ({
      claim: await claimFor(opened.implementation, entry),
      module: entryModule(entry),
    }));
    const run = { judging, opened, selected: await Promise.all(loaded), known, startedAt, done, failures: new Map() };
    return await judgeOpened({ ...run, ...(asked && { asked }) }, baseline);
  } finally {
    await opened.close(false);
  }
}

/** The claim of an entry. One that does not apply to the implementation is told from the catalogue, without its module. */
function claimFor(implementation: Implementation, entry: CatalogueEntry): Promise<Claim> | Claim {
  const missing = inapplicable(entry, implementation);
  if (missing === undefined) return loadEntry(entry);
  const { hypotheses: _hypotheses, machineChecked: _machineChecked, ...known } = entry;
  return { ...known, check: () => Promise.reject(new UnsupportedError(missing)) };
}

function baselineCommand({ options, commandWith }: Judging): string {
  const path = shellQuote(options.baseline ?? '');
  return commandWith(`--baseline ${path} --update-baseline ${depthAndSeed(options)}`);
}

/** The known failures. */
async function knownFailuresOf({ claims, options, commandWith }: Judging): Promise<KnownEntry[]> {
  const { knownFailures: path } = options;
  if (path === undefined) return [];
  const { reference } = await import('../../claims/implementation/reference.js');
  return readKnownFailures(path, {
    claims: [...claims, crashesClaim, shutdownClaim].map(({ id }) => id),
    subjects: offeredSubjects(reference.description),
    rewrite: commandWith(
      `--known-failures ${shellQuote(path)} --write-known-failures ${shellQuote(path.replace(/(\.json)?$/, '.toml'))}`,
    ),
  });
}

async function judgeOpened(run: Run, baseline: Earlier | undefined): Promise<number> {
  let isConcluded = false as boolean;
  try {
    // The report is apart from the verdicts that were printed before.
    const before = (await checkRemaining(run)) ? '\n' : '';
    const code = await conclude(run, baseline, before, () => {
      isConcluded = true;
      tellSaved(run);
    });
    if (run.judging.options.executor === 'bullmq') await forgetUnfinished(run);
    return code;
  } catch (error) {
    const lost = error instanceof ExecutorError ? error.message : undefined;
    if (run.judging.signal.aborted ? !run.judging.disposable : lost !== undefined) await keepUnfinished(run, lost);
    throw error;
  } finally {
    // Of a run that reached its end it is told above the report, below whose exit code nothing stands.
    if (!isConcluded) tellSaved(run);
  }
}

/** Names the saved failures. */
function tellSaved({ failures }: Run): void {
  const [first, ...others] = failures.keys();
  const what = others.length === 0 ? first : `${plural(others.length + 1, 'file')} in ${dirname(first!)}, the first is`;
  if (first !== undefined) process.stderr.write(asTyped(`saved ${what}: ${replayCommand(first)}\n`));
}
