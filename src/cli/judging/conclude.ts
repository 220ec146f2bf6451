import { shutdownClaim, shutdownEvidence } from '../../guard/shutdown-claim.js';
import { recordTrajectories } from '../../guard/vectors/record-trajectories.js';
import { arrangementOf } from '../../report/formats/arrangement.js';
import { formatReport } from '../../report/formats/formats.js';
import { tableOptions } from '../../report/formats/ledger-table.js';
import { baselineOf } from '../../report/record/baseline.js';
import type { ClaimRecord, RunRecord } from '../../report/record/run-record.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { strictText } from '../../report/wording/strict-text.js';
import { writeReports } from '../../report/write-reports.js';
import { shardDirectory, shardText } from '../options/shard.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import { type Earlier, settleBaseline } from './baseline.js';
import { save } from './check-remaining.js';
import { writeKnownFailures } from './known-failures.js';
import { directoryOf, inLedgerOrder, type RecordedClaim, type Run, recordOf, write } from './run.js';

/** Writes and prints what was found, and returns the exit code. */
export async function conclude(run: Run, baseline: Earlier | undefined): Promise<number> {
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
  const directory = directoryOf(options, whole);
  const arrangement = arrangementOf(record);
  // What was found is printed where it cannot be kept.
  const unwritten = await write(() => writeReports(record, directory, arrangement), directory).catch(
    (error: UsageError) => error,
  );
  const { writeKnownFailures: list } = options;
  if (list !== undefined) await write(() => writeKnownFailures(list, record, run.known), list);
  const by = options.ledger ? 'claims' : arrangement;
  const layout = tableOptions(process.stdout, process.env);
  if (options.ledger && options.format === 'table')
    process.stdout.write(`${formatReport(record, 'table', layout, 'subjects')}\n`);
  process.stdout.write(formatReport(record, options.format, layout, by));
  if (unwritten instanceof UsageError) throw unwritten;
  const notAccepted = options.strict && strictText(record.claims.map(decidedRows));
  if (notAccepted) process.stderr.write(`signprox: ${printableLine(notAccepted)}\n`);
  if (options.shard !== undefined) {
    const all = `${shellQuote(options.out)}/${shardDirectory({ index: '*', of: options.shard.of })}`;
    process.stderr.write(
      `shard ${shardText(options.shard)} is in ${directory}; for one report of all: signprox merge ${all}\n`,
    );
  } else if (!whole) process.stderr.write(`the reports of these claims are in ${directory}\n`);
}

/** The rows of a claim that fails. */
const decidedRows = ({ id, outcome, evidence }: ClaimRecord) => ({
  id,
  rows: outcome === 'fail' ? (evidence.rows ?? []) : [],
});

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
