import { type Asked, joinAsked } from '../../claims/asked.js';
import type { Claim, Depth } from '../../claims/claim.js';
import type { Evidence } from '../../claims/evidence.js';
import type { ImplementationDescription } from '../../claims/implementation/implementation.js';
import { verdicts } from '../../claims/verdict.js';
import { slotAlpha, sumSpendings } from '../../statistics/budget.js';
import { stableJson } from './json-numbers.js';
import { exitCodeOf, exitCodes, outcomeOf, outcomes, strictly, successVerdicts } from './outcome.js';
import { byPaperOrder } from './paper-sections.js';
import { type ClaimRecord, parseRunRecord, type RunRecord, schemaVersion } from './run-record.js';
import { type KnownEntry, knownOutcome, type Settled, settleOutcomes, wholeAdapter } from './settle-outcomes.js';

/** A claim with its evidence. */
export interface CheckedClaim {
  readonly claim: Pick<Claim, 'id' | 'source' | 'statement' | 'method' | 'expected'>;
  readonly evidence: Evidence;
}

/** Everything about a run that a record keeps. */
export interface RunDescription {
  readonly suite: RunRecord['suite'];
  readonly environment: RunRecord['environment'];
  /** The command line as typed, for display. */
  readonly command: string;
  readonly seed: string;
  readonly depth: Depth;
  readonly implementation: ImplementationDescription;
  /** What it declares, if --only selects some of it. */
  readonly declared?: NonNullable<RunRecord['declared']>;
  /** Present if what was asked is kept: that of the records that this one continues or joins. */
  readonly asked?: readonly Readonly<Record<string, Asked>>[];
  /** The names of the bugs of what is wrong, by subject. */
  readonly looksLike?: RunRecord['looksLike'];
  readonly checked: readonly CheckedClaim[];
  readonly incomplete?: NonNullable<RunRecord['incomplete']>;
  /** Whether a failure at extreme inputs only counts. */
  readonly strict?: boolean;
  /** Whether `not-refuted` counts as a failure even if a claim accepts it. */
  readonly refuseNotRefuted?: boolean;
  /** The known failures. */
  readonly known?: readonly KnownEntry[];
  /** Commands that judge the saved cases again, for each claim and the subject that fails it. */
  readonly replay?: readonly { readonly claim: string; readonly subject?: string; readonly command: string }[];
  /** Wall-clock seconds of the whole run, and its processor time. */
  readonly seconds: number;
  readonly processorSeconds?: number;
  /** ISO 8601. */
  readonly startedAt?: string;
}

/**
 * Builds the record of a finished run: claims in the paper's order, outcomes, counts, the summed budget and the exit code. The record has been
 * written to JSON and read again, so that a report made now and one made from the file later are the same bytes. Throws a RangeError if a claim
 * returned evidence that does not fit the schema.
 */
export function buildRunRecord(run: RunDescription): RunRecord {
  const settled = settleOutcomes(run);
  const claims = run.checked.map((checked) => claimRecord(checked, run, settled.get(checked.claim.id)));
  claims.sort(byPaperOrder);
  const record: RunRecord = {
    schemaVersion,
    suite: run.suite,
    environment: run.environment,
    command: run.command,
    seed: run.seed,
    depth: run.depth,
    implementation: run.implementation,
    ...(run.declared && { declared: run.declared }),
    claims,
    ...(run.asked && { asked: joinAsked([...run.asked.flatMap(Object.entries<Asked>), ...askedIn(run)]) }),
    ...(run.looksLike && { looksLike: run.looksLike }),
    budget: errorBudget(claims),
    counts: countClaims(claims),
    exitCode: codeOf(run, claims),
    ...(run.incomplete && { incomplete: run.incomplete }),
    timing: {
      ...(run.startedAt === undefined ? {} : { startedAt: run.startedAt }),
      seconds: run.seconds,
      claims: Object.fromEntries(run.checked.map(({ claim, evidence }) => [claim.id, evidence.seconds])),
      ...(run.processorSeconds !== undefined && { processorSeconds: run.processorSeconds }),
    },
  };
  return parseRunRecord(stableJson(record));
}

const askedIn = ({ checked }: RunDescription): (readonly [string, Asked])[] =>
  checked.flatMap(({ evidence: { cells = [] } }) =>
    cells.flatMap(({ subject, asked }) => (asked === undefined ? [] : [[subject, asked] as const])),
  );

/** A partial record says nothing about the missing claims. */
function codeOf({ incomplete }: RunDescription, claims: readonly ClaimRecord[]): RunRecord['exitCode'] {
  if (incomplete !== undefined) {
    return incomplete.lost !== undefined ? exitCodes.partMissing : exitCodes.interrupted;
  }
  // These claims are about what the others asked: where they name only what was refused or crashed, nothing was judged.
  const judged = claims.filter(
    ({ id, outcome }) => !['declared-is-judged', 'guard-crashes'].includes(id) || outcome !== 'expected',
  );
  return exitCodeOf(judged.map(({ outcome }) => outcome));
}

function claimRecord(
  { claim, evidence }: CheckedClaim,
  { known = [], replay = [], refuseNotRefuted }: RunDescription,
  settled: Settled = { faulty: false, declared: false },
): ClaimRecord {
  const { seconds: _, cells, ...rest } = evidence;
  const reproducible = { ...rest, ...(cells && { cells: cells.map(({ asked: __, ...cell }) => cell) }) };
  const accepted = claim.expected ?? successVerdicts;
  const expected = refuseNotRefuted === true ? strictly(accepted, evidence) : accepted;
  // A known failure of the adapter as a whole does not hide a failing subject.
  const whole = settled.faulty ? [] : known.filter(({ subject }) => subject === wholeAdapter);
  const entry = whole.find(({ claim: id }) => id === claim.id);
  const knownFailure = entry && { reason: entry.reason, ...(entry.url !== undefined && { url: entry.url }) };
  const { knownCells } = settled;
  const kept = replay.filter(({ claim: id }) => id === claim.id);
  const commands = kept.map(({ subject = wholeAdapter, command }) => [subject, command] as const);
  return {
    id: claim.id,
    source: claim.source,
    statement: claim.statement,
    method: claim.method,
    expected,
    ...(knownFailure && { knownFailure }),
    ...(knownCells && { knownCells }),
    outcome: knownOutcome(outcomeOf(evidence, expected, entry !== undefined, settled.outcome), settled),
    ...(kept.length > 0 && { replay: Object.fromEntries(commands) }),
    evidence: reproducible,
  };
}

function errorBudget(claims: readonly ClaimRecord[]): RunRecord['budget'] {
  const spent = claims.flatMap(({ evidence }) => (evidence.statistical === undefined ? [] : [evidence.statistical]));
  const { alpha, falseHolds, slots, withinBudget } = sumSpendings(spent);
  return {
    slotsUsed: slots,
    alphaPerSlot: slotAlpha,
    totalFalseAlarm: alpha,
    totalFalseHolds: falseHolds,
    withinBudget,
  };
}

function countClaims(claims: readonly ClaimRecord[]): RunRecord['counts'] {
  const rows = claims.flatMap((claim) => claim.evidence.rows ?? []);
  return {
    verdicts: tally(
      verdicts,
      claims.map((claim) => claim.evidence.verdict),
    ),
    outcomes: tally(
      outcomes,
      claims.map((claim) => claim.outcome),
    ),
    rows: { total: rows.length, trivial: rows.filter((row) => row.trivial).length },
  };
}

function tally<Key extends string>(order: readonly Key[], keys: readonly Key[]): Partial<Record<Key, number>> {
  const counts: Partial<Record<Key, number>> = {};
  for (const key of order) {
    const count = keys.filter((other) => other === key).length;
    if (count > 0) counts[key] = count;
  }
  return counts;
}
