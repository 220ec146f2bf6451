import { dirname } from 'node:path';
import { theoremModule } from '../../theorems/theorem-module.js';
import type { Budget, Claim } from '../claims/claim.js';
import type { Evidence } from '../claims/evidence.js';
import { version } from '../claims/implementation/version.js';
import { type CheckedClaim, runClaims } from '../claims/run-claims.js';
import { localExecutor } from '../executors/replicate-pool.js';
import { shutdownClaim, shutdownEvidence } from '../guard/shutdown-claim.js';
import { recordTrajectories } from '../guard/vectors/record-trajectories.js';
import { formatReport } from '../report/formats/formats.js';
import { tableOptions } from '../report/formats/ledger-table.js';
import { type Baseline, baselineOf } from '../report/record/baseline.js';
import { buildRunRecord } from '../report/record/build-run-record.js';
import type { KnownFailure } from '../report/record/run-record.js';
import { writeReports } from '../report/write-reports.js';
import { readBaseline, settleBaseline } from './baseline.js';
import { type CatalogueEntry, loadEntry } from './catalogue.js';
import { loadSavedCases, saveFailure, type Target } from './failures.js';
import { readKnownFailures, writeKnownFailures } from './known-failures.js';
import type { OpenTarget } from './open-target.js';
import { type CheckOptions, selectClaims } from './options.js';
import { cannotWrite, requireWritable } from './output-directory.js';
import { createProgress } from './progress.js';
import { shellQuote } from './shell-quote.js';

/** One run of claims on one implementation, from options to exit code. */
export interface Judging {
  /** Called when the options are known to be right: starting somebody's program comes after that. */
  open(): Promise<OpenTarget>;
  readonly target: Target;
  /** What may be asked for; those that the options select are loaded. */
  readonly claims: readonly CatalogueEntry[];
  readonly options: JudgeOptions;
  /** The whole command with the given options in it, e.g. `signprox guard --claims eq6-prox -- ./mine`: what reproduces a row. */
  commandWith(options: string): string;
  readonly signal: AbortSignal;
}

/** Options of a run on somebody else's implementation. */
export interface JudgeOptions extends CheckOptions {
  readonly knownFailures?: string;
  readonly writeKnownFailures?: string;
}

/**
 * Checks the selected claims, prints the report on stdout, writes the reports, and returns the exit code. A failure is saved as soon as
 * it is found: an interrupted run writes no report, but keeps every counterexample.
 */
export async function judge(judging: Judging): Promise<number> {
  const { options } = judging;
  const selected = selectClaims(judging.claims, options.claims);
  await requireWritable(options.out);
  if (options.writeKnownFailures !== undefined) await requireWritable(dirname(options.writeKnownFailures));
  const known =
    options.knownFailures === undefined
      ? new Map<string, KnownFailure>()
      : await readKnownFailures(
          options.knownFailures,
          [...judging.claims, shutdownClaim].map(({ id }) => id),
        );
  const baseline = await readBaseline(options);
  if (options.updateBaseline) await requireWritable(dirname(options.baseline!));
  const claims = await Promise.all(selected.map(loadEntry));
  const opened = await judging.open();
  try {
    return await judgeOpened(judging, opened, claims, known, baseline);
  } finally {
    await opened.close(false);
  }
}

async function judgeOpened(
  judging: Judging,
  opened: OpenTarget,
  claims: readonly Claim[],
  known: ReadonlyMap<string, KnownFailure>,
  baseline: Baseline | undefined,
): Promise<number> {
  const { options, commandWith, signal } = judging;
  const { implementation } = opened;
  const shared = `--depth ${options.depth} --seed ${options.seed}`;
  const reproduce = (claim: string): string => commandWith(`--claims ${claim} ${shared}`);
  const saved = await loadSavedCases(options.out, implementation.description.name);
  const executor = localExecutor({ workers: options.workers, signal });
  const progress = createProgress(process.stderr, claims.length);
  const failures: string[] = [];
  const started = performance.now();
  const startedAt = new Date().toISOString();
  try {
    const budget: Budget = {
      depth: options.depth,
      seed: options.seed,
      executor,
      theoremModule,
      signal,
      progress: (message) => progress.detail(message),
      reproduce,
      savedCases: (claim) => saved.get(claim) ?? [],
    };
    const judged = await runClaims(claims, implementation, budget, {
      ...progress,
      finished: async (result, index, total) => {
        progress.finished?.(result, index, total);
        await write(async () => {
          const path = await saveFailure(options.out, result, {
            implementation: implementation.description.name,
            target: judging.target,
            seed: options.seed,
            depth: options.depth,
          });
          if (path !== undefined) failures.push(path);
        }, options.out);
      },
    });
    progress.stop();
    const trajectories = options.baseline === undefined ? {} : await recordTrajectories(implementation);
    const checked = [...judged, ...(await ending(judging, opened, judged))].map((result) => {
      const knownFailure = known.get(result.claim.id);
      return knownFailure === undefined ? result : { ...result, knownFailure };
    });
    const record = buildRunRecord({
      suite: { name: 'signprox', version },
      environment: { node: process.version, platform: `${process.platform}-${process.arch}` },
      command: commandWith(`${options.claims === undefined ? '' : `--claims ${shellQuote(options.claims)} `}${shared}`),
      seed: options.seed,
      depth: options.depth,
      implementation: implementation.description,
      checked,
      seconds: (performance.now() - started) / 1000,
      startedAt,
    });
    await write(async () => void (await writeReports(record, options.out)), options.out);
    const { writeKnownFailures: list } = options;
    if (list !== undefined) await write(() => writeKnownFailures(list, record.claims), list);
    process.stdout.write(formatReport(record, options.format, tableOptions(process.stdout, process.env)));
    if (options.baseline === undefined) return record.exitCode;
    const versions = new Map(claims.map((claim) => [claim.id, claim.version]));
    const { exitCode, text } = await settleBaseline(
      baseline,
      baselineOf(record, versions, trajectories),
      options,
      record.exitCode,
      (id) => options.claims === undefined || versions.has(id),
    );
    // Other formats are read by programs: nothing may stand after them.
    (options.format === 'table' ? process.stdout : process.stderr).write(text);
    return exitCode;
  } finally {
    progress.stop();
    for (const path of failures) process.stderr.write(`saved ${path}: signprox replay ${shellQuote(path)}\n`);
    await executor.close();
  }
}

/** Ends the use of the implementation; a wrong end is one more line of the ledger. */
async function ending(
  { commandWith, options, signal }: Judging,
  opened: OpenTarget,
  judged: readonly CheckedClaim[],
): Promise<{ claim: typeof shutdownClaim; evidence: Evidence }[]> {
  const failure = await opened.close(judged.some(({ evidence }) => evidence.failure !== undefined));
  signal.throwIfAborted();
  if (failure === undefined) return [];
  return [
    { claim: shutdownClaim, evidence: shutdownEvidence(failure, options.seed, commandWith(`--seed ${options.seed}`)) },
  ];
}

async function write(action: () => Promise<void>, directory: string): Promise<void> {
  try {
    await action();
  } catch (error) {
    throw cannotWrite(directory, (error as Error).message);
  }
}
