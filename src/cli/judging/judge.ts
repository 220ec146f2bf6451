import { dirname, join } from 'node:path';
import { theoremModule } from '../../../theorems/theorem-module.js';
import type { Budget, Claim } from '../../claims/claim.js';
import { version } from '../../claims/implementation/version.js';
import { plural } from '../../claims/plural.js';
import { runClaims } from '../../claims/run-claims.js';
import { judgeSubjects } from '../../claims/subject-verdicts.js';
import { addSuspects } from '../../claims/suspects.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import { offeredSubjects } from '../../guard/offered-subjects.js';
import { shutdownClaim, shutdownEvidence } from '../../guard/shutdown-claim.js';
import { recordTrajectories } from '../../guard/vectors/record-trajectories.js';
import type { Arrangement } from '../../report/formats/arrangement.js';
import { formatReport } from '../../report/formats/formats.js';
import { tableOptions } from '../../report/formats/ledger-table.js';
import { baselineOf } from '../../report/record/baseline.js';
import { buildRunRecord, type CheckedClaim as RecordedClaim } from '../../report/record/build-run-record.js';
import type { RunRecord } from '../../report/record/run-record.js';
import type { KnownEntry } from '../../report/record/settle-outcomes.js';
import { isFault } from '../../report/record/subjects.js';
import { writeReports } from '../../report/write-reports.js';
import { type CatalogueEntry, entryModule, loadEntry } from '../catalogue.js';
import { claimThreads } from '../threads/claim-threads.js';
import { Interrupted } from '../threads/interruptible.js';
import { type CheckOptions, defaultOut, selectClaims } from '../words/options.js';
import { cannotWrite, requireWritable } from '../words/output-directory.js';
import { shellQuote } from '../words/shell-quote.js';
import { type Earlier, readBaseline, settleBaseline } from './baseline.js';
import { loadSavedCases, type Saved, saveFailures, type Target } from './failures.js';
import { readIncompleteRun } from './incomplete-run.js';
import { readKnownFailures, writeKnownFailures } from './known-failures.js';
import { byDuration } from './longest-first.js';
import type { OpenTarget } from './open-target.js';
import { createProgress, type Progress } from './progress.js';

/** One run of claims on one implementation, from options to exit code. */
export interface Judging {
  /** Called when the options are known to be right: starting somebody's program comes after that. */
  open(seed: string): Promise<OpenTarget>;
  readonly target: Target;
  /** What may be asked for; those that the options select are loaded. */
  readonly claims: readonly CatalogueEntry[];
  readonly options: JudgeOptions;
  /** The whole command with the given options in it, e.g. `signprox guard --claims eq6-prox -- ./mine`: what reproduces a row. */
  commandWith(options: string): string;
  /** An end before its time keeps nothing: the same is judged again. */
  readonly disposable?: true;
  /** Told what was found, when a run has come to its end. */
  found?(record: RunRecord): void;
  readonly signal: AbortSignal;
}

/** Options of a run on somebody else's implementation. */
export interface JudgeOptions extends CheckOptions {
  readonly knownFailures?: string;
  readonly writeKnownFailures?: string;
  /** Only what matches is judged, e.g. `prox of huber`. */
  readonly only?: string;
  /** Print the ledger of claims too. */
  readonly ledger?: true;
  /** What fails for extreme questions alone is a failure. */
  readonly strict?: true;
}

/**
 * Checks the selected claims, prints the report on stdout, writes the reports, and returns the exit code. A failure is saved as soon as
 * it is found. A run of some claims writes beside the report of all, and so does an interrupted one with what it has finished.
 */
export async function judge(asked: Judging): Promise<number> {
  const { resume } = asked.options;
  const earlier = resume === undefined ? undefined : await readIncompleteRun(resume);
  const options = { ...asked.options, ...earlier?.options };
  const judging = { ...asked, options };
  const selected = selectClaims(judging.claims, options.claims);
  await requireWritable(options.out);
  if (options.writeKnownFailures !== undefined) await requireWritable(dirname(options.writeKnownFailures));
  const known = await knownFailuresOf(judging);
  const baseline = await readBaseline(options, baselineCommand(judging));
  if (options.updateBaseline) await requireWritable(dirname(options.baseline!));
  // While somebody's program starts, the claims are loaded.
  const loading = Promise.all(
    selected.map(async (entry) => ({ claim: await loadEntry(entry), module: entryModule(entry) })),
  );
  loading.catch(() => undefined);
  const opened = await judging.open(options.seed);
  try {
    earlier?.requireSame(opened.implementation.description);
    const done = new Map(earlier?.checked.map((checked) => [checked.claim.id, checked]));
    const run = { judging, opened, selected: await loading, known, startedAt: new Date(), done, failures: new Map() };
    return await judgeOpened(run, baseline);
  } finally {
    await opened.close(false);
  }
}

function baselineCommand({ options, commandWith }: Judging): string {
  const path = shellQuote(options.baseline ?? '');
  return commandWith(`--baseline ${path} --update-baseline ${depthAndSeed(options)}`);
}

/** The failures that were declared in advance. */
async function knownFailuresOf({ claims, options, commandWith }: Judging): Promise<KnownEntry[]> {
  const { knownFailures: path } = options;
  if (path === undefined) return [];
  const { reference } = await import('../../claims/implementation/reference.js');
  return readKnownFailures(path, {
    claims: [...claims, shutdownClaim].map(({ id }) => id),
    subjects: offeredSubjects(reference.description),
    rewrite: commandWith(`--write-known-failures ${shellQuote(path)}`),
  });
}

/** One run: what was asked, what is judged, and what has been found. */
interface Run {
  readonly judging: Judging;
  readonly opened: OpenTarget;
  /** The selected claims, each with the module that exports it. */
  readonly selected: readonly { readonly claim: Claim; readonly module: URL }[];
  /** What was declared in advance to fail. */
  readonly known: readonly KnownEntry[];
  readonly startedAt: Date;
  /** What is finished, by claim; an earlier run's part of it comes first. */
  readonly done: Map<string, RecordedClaim>;
  /** Saved failures by path. */
  readonly failures: Map<string, Saved>;
}

async function judgeOpened(run: Run, baseline: Earlier | undefined): Promise<number> {
  try {
    await checkRemaining(run);
    return await conclude(run, baseline);
  } catch (error) {
    if (run.judging.signal.aborted && !run.judging.disposable) await keepUnfinished(run);
    throw error;
  } finally {
    const [first, ...others] = run.failures.keys();
    const what =
      others.length === 0 ? first : `${plural(others.length + 1, 'file')} in ${dirname(first!)}, the first is`;
    if (first !== undefined) process.stderr.write(`saved ${what}: ${replayCommand(first)}\n`);
  }
}

const replayCommand = (path: string): string => `signprox replay ${shellQuote(path)}`;

/** Saves what fails of a claim by itself as far as the run has got. */
async function save({ judging, opened, done, failures }: Run, result: RecordedClaim): Promise<void> {
  const { options, target } = judging;
  const { name, dtype } = opened.implementation.description;
  const subjects = judgeSubjects(
    [...done.values()].map(({ claim, evidence }) => ({ id: claim.id, evidence })),
    dtype,
  );
  const own = new Set(
    subjects
      .filter(({ cells }) => cells.some((cell) => cell.claim === result.claim.id && isFault(cell)))
      .map(({ subject }) => subject),
  );
  const context = { implementation: name, target, seed: options.seed, depth: options.depth };
  const saved = await write(() => saveFailures(options.out, result, own, context), options.out);
  for (const each of saved) failures.set(each.path, each);
}

/** Checks what is not done: on the reference side by side, on somebody's program one claim after another, because it answers one question at a time. */
async function checkRemaining(run: Run): Promise<void> {
  const { judging, opened, selected, done } = run;
  const { options, commandWith, signal, target } = judging;
  const { depth, seed, workers, out } = options;
  const { implementation } = opened;
  const saved = await loadSavedCases(out, implementation.description.name);
  const unfinished = selected.filter(({ claim }) => !done.has(claim.id));
  const atOnce = target.kind === 'reference' ? Math.min(workers, unfinished.length) : 1;
  const remaining = atOnce > 1 ? byDuration(unfinished) : unfinished;
  const executor = localExecutor({ workers, signal });
  const threads = atOnce > 1 ? await claimThreads(atOnce, signal) : undefined;
  const progress = createProgress(process.stderr, remaining.length);
  const suspects = new Set<string>();
  for (const { evidence } of done.values()) addSuspects(suspects, evidence);
  const budget: Budget = {
    suspects,
    ...{ depth, seed, executor, theoremModule, signal },
    reproduce: (claim) => commandWith(`--claims ${claim} ${depthAndSeed(options)}`),
    savedCases: (claim) => saved.get(claim) ?? [],
  };
  const finished: Progress['finished'] = async (result, index, total) => {
    done.set(result.claim.id, result);
    progress.finished(result, index, total);
    await save(run, result);
  };
  try {
    const claims = remaining.map(({ claim, module }) => threads?.apart(claim, module) ?? claim);
    await runClaims(claims, implementation, budget, { ...progress, finished }, Math.max(1, atOnce));
  } finally {
    progress.stop();
    await threads?.close();
    await executor.close();
  }
}

/** Writes and prints what was found, and returns the exit code. */
async function conclude(run: Run, baseline: Earlier | undefined): Promise<number> {
  const { judging, done } = run;
  const { options } = judging;
  const trajectories = options.baseline === undefined ? {} : await recordTrajectories(run.opened.implementation);
  const shutdown = await ending(run);
  // What followed from another while it was checked may not in the end.
  for (const result of done.values()) await save(run, result);
  const record = recordOf(run, [...inLedgerOrder(run), ...shutdown]);
  const settled = options.baseline === undefined ? undefined : await settle(run, record, baseline, trajectories);
  const told = settled === undefined ? record : { ...record, exitCode: settled.exitCode };
  await tell(run, told);
  judging.found?.(told);
  // Other formats are read by programs: nothing may stand after them.
  if (settled) (options.format === 'table' ? process.stdout : process.stderr).write(settled.text);
  return told.exitCode;
}

/** The run against an earlier one. */
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

/** Writes the reports, and prints the one that was asked for. */
async function tell(run: Run, record: RunRecord): Promise<void> {
  const { judging, selected } = run;
  const { options } = judging;
  const whole = selected.length === judging.claims.length && options.only === undefined;
  const directory = whole ? options.out : join(options.out, 'selection');
  const arrangement = arrangementOf(run);
  await write(() => writeReports(record, directory, arrangement), directory);
  const { writeKnownFailures: list } = options;
  if (list !== undefined) await write(() => writeKnownFailures(list, record, run.known), list);
  const by = options.ledger ? 'claims' : arrangement;
  const layout = tableOptions(process.stdout, process.env);
  if (options.ledger && options.format === 'table')
    process.stdout.write(`${formatReport(record, 'table', layout, 'subjects')}\n`);
  process.stdout.write(formatReport(record, options.format, layout, by));
  if (!whole) process.stderr.write(`the reports of these claims are in ${directory}\n`);
}

/** Writes what was found before the run was interrupted, if anything was, and throws how to go on. */
async function keepUnfinished(run: Run): Promise<void> {
  const { selected, done } = run;
  const { options, commandWith } = run.judging;
  const remaining = selected.map(({ claim }) => claim.id).filter((id) => !done.has(id));
  if (done.size === 0 || remaining.length === 0) return;
  const directory = join(options.out, 'incomplete');
  const resume = commandWith(`--resume ${shellQuote(join(directory, 'bounds.json'))}${otherOptions(options)}`);
  const selection = options.claims;
  const incomplete = { remaining, ...(selection !== undefined && { selection }), resume };
  const record = recordOf(run, inLedgerOrder(run), incomplete);
  await write(() => writeReports(record, directory, arrangementOf(run)), directory);
  throw new Interrupted(
    `${done.size} of ${plural(selected.length, 'claim')} are in ${directory}; for the rest: ${resume}`,
  );
}

/** What the reports of a run are about first: the claims of the paper, or the functions of somebody's library. */
function arrangementOf({ judging }: Run): Arrangement {
  return judging.target.kind === 'reference' ? 'claims' : 'subjects';
}

/** The options that no record keeps, as they were given: where the whole report goes, and what it is held against. */
function otherOptions(options: JudgeOptions): string {
  const given = [
    ['--out', options.out === defaultOut ? undefined : options.out],
    ['--known-failures', options.knownFailures],
    ['--write-known-failures', options.writeKnownFailures],
    ['--baseline', options.baseline],
  ] as const;
  const words = given.map(([name, value]) => (value === undefined ? '' : ` ${name} ${shellQuote(value)}`));
  return `${words.join('')}${options.updateBaseline ? ' --update-baseline' : ''}`;
}

function recordOf(
  { judging, opened, known, startedAt, failures }: Run,
  checked: readonly RecordedClaim[],
  incomplete?: NonNullable<RunRecord['incomplete']>,
): RunRecord {
  const { options, commandWith } = judging;
  const claims = options.claims === undefined ? '' : `--claims ${shellQuote(options.claims)} `;
  return buildRunRecord({
    suite: { name: 'signprox', version },
    environment: { node: process.version, platform: `${process.platform}-${process.arch}` },
    command: commandWith(`${claims}${depthAndSeed(options)}`),
    seed: options.seed,
    depth: options.depth,
    implementation: opened.implementation.description,
    ...{ checked, known },
    replay: [...failures.values()].map((saved) => ({ ...saved, command: replayCommand(saved.path) })),
    ...(incomplete && { incomplete }),
    strict: options.strict === true || judging.target.kind === 'reference',
    seconds: (Date.now() - startedAt.getTime()) / 1000,
    startedAt: startedAt.toISOString(),
  });
}

/** What is finished, in an order that does not depend on which claim was finished first. */
function inLedgerOrder({ selected, done }: Run): RecordedClaim[] {
  return selected.flatMap(({ claim }) => done.get(claim.id) ?? []);
}

const depthAndSeed = ({ depth, seed }: JudgeOptions): string => `--depth ${depth} --seed ${seed}`;

/** Ends the use of the implementation; a wrong end is one more line of the ledger. */
async function ending({ judging, opened, done }: Run): Promise<RecordedClaim[]> {
  const { commandWith, options, signal } = judging;
  const failure = await opened.close([...done.values()].some(({ evidence }) => evidence.failure !== undefined));
  signal.throwIfAborted();
  if (failure === undefined) return [];
  return [
    { claim: shutdownClaim, evidence: shutdownEvidence(failure, options.seed, commandWith(`--seed ${options.seed}`)) },
  ];
}

async function write<T>(action: () => Promise<T>, directory: string): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw cannotWrite(directory, (error as Error).message);
  }
}
