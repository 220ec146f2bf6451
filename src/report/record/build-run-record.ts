import type { Claim, Depth } from '../../claims/claim.js';
import type { Evidence } from '../../claims/evidence.js';
import type { ImplementationDescription } from '../../claims/implementation/implementation.js';
import { type JudgedCell, judgeSubjects } from '../../claims/subject-verdicts.js';
import { verdicts } from '../../claims/verdict.js';
import { slotAlpha, sumSpendings } from '../../statistics/budget.js';
import { stableJson } from './json-numbers.js';
import { exitCodeOf, exitCodes, type Outcome, outcomeOf, outcomes, successVerdicts } from './outcome.js';
import { byPaperOrder } from './paper-order.js';
import { type ClaimRecord, type KnownFailure, parseRunRecord, type RunRecord, schemaVersion } from './run-record.js';

/** A claim with what its check returned. */
export interface CheckedClaim {
  readonly claim: Pick<Claim, 'id' | 'source' | 'statement' | 'method' | 'expected'>;
  readonly evidence: Evidence;
  readonly knownFailure?: KnownFailure;
}

/** Everything that a run knows and a record keeps. */
export interface RunDescription {
  readonly suite: RunRecord['suite'];
  readonly environment: RunRecord['environment'];
  /** The command line as typed, to be shown to people. */
  readonly command: string;
  readonly seed: string;
  readonly depth: Depth;
  readonly implementation: ImplementationDescription;
  readonly checked: readonly CheckedClaim[];
  readonly incomplete?: NonNullable<RunRecord['incomplete']>;
  /** Whether what fails for extreme questions alone counts as a failure. */
  readonly strict?: boolean;
  /** Wall-clock seconds of the whole run. */
  readonly seconds: number;
  /** ISO 8601. */
  readonly startedAt?: string;
}

/**
 * Folds a finished run into its record: claims in the paper's order, outcomes, counts, the summed budget and the exit code. The
 * record has gone through its own JSON, so that a report drawn now and one drawn from the file later are the same bytes.
 * Throws a RangeError when a claim returned evidence that the schema does not know.
 */
export function buildRunRecord(run: RunDescription): RunRecord {
  const settled = settledOutcomes(run);
  const claims = run.checked.map((checked) => claimRecord(checked, settled)).sort(byPaperOrder);
  const record: RunRecord = {
    schemaVersion,
    suite: run.suite,
    environment: run.environment,
    command: run.command,
    seed: run.seed,
    depth: run.depth,
    implementation: run.implementation,
    claims,
    budget: errorBudget(claims),
    counts: countClaims(claims),
    exitCode: run.incomplete === undefined ? exitCodeOf(claims.map((claim) => claim.outcome)) : exitCodes.interrupted,
    ...(run.incomplete && { incomplete: run.incomplete }),
    timing: {
      ...(run.startedAt === undefined ? {} : { startedAt: run.startedAt }),
      seconds: run.seconds,
      claims: Object.fromEntries(run.checked.map(({ claim, evidence }) => [claim.id, evidence.seconds])),
    },
  };
  return parseRunRecord(stableJson(record));
}

/** Verdicts about a subject that was not answered. */
const silent: readonly string[] = ['raises', 'crashes', 'hangs'];

/** Outcomes of the claims all of whose failing cells follow from others, or are about extreme questions where those do not count. */
function settledOutcomes({ checked, implementation, strict }: RunDescription): ReadonlyMap<string, Outcome> {
  const failing = new Map<string, JudgedCell[]>();
  const subjects = judgeSubjects(
    checked.map(({ claim, evidence }) => ({ id: claim.id, evidence })),
    implementation.dtype,
  );
  for (const { cells } of subjects) {
    for (const cell of cells) {
      if (['right', 'thin', 'not-offered'].includes(cell.outcome)) continue;
      failing.set(cell.claim, [...(failing.get(cell.claim) ?? []), cell]);
    }
  }
  const settled = new Map<string, Outcome>();
  const talks = subjects.some(({ verdict }) => verdict !== 'not-offered' && !silent.includes(verdict));
  for (const [claim, cells] of failing) {
    const own = cells.filter(({ outcome }) => outcome !== 'follows');
    // What breaks the protocol at one subject and answers about others can be talked to.
    if (talks && own.every(({ outcome }) => silent.includes(outcome))) settled.set(claim, 'error');
    if (own.length === 0) settled.set(claim, 'follows');
    else if (strict !== true && own.every(({ extreme }) => extreme !== undefined)) settled.set(claim, 'extreme');
  }
  return settled;
}

function claimRecord(
  { claim, evidence, knownFailure }: CheckedClaim,
  settled: ReadonlyMap<string, Outcome>,
): ClaimRecord {
  const { seconds: _, ...reproducible } = evidence;
  const expected = claim.expected ?? successVerdicts;
  return {
    id: claim.id,
    source: claim.source,
    statement: claim.statement,
    method: claim.method,
    expected,
    ...(knownFailure === undefined ? {} : { knownFailure }),
    outcome: outcomeOf(evidence, expected, knownFailure !== undefined, settled.get(claim.id)),
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
