import type { Depth } from '../../claims/claim.js';
import type { Evidence, Verdict } from '../../claims/evidence.js';
import type { ImplementationDescription } from '../../claims/implementation/implementation.js';
import type { Source } from '../../claims/source.js';
import type { ExitCode, KnownFailure, Outcome } from './outcome.js';

/** Raised when a reader of an older record would misread a newer one. */
export const schemaVersion = 1;

/** One claim of the ledger with what was found. Wall-clock time is kept in `Timing`. */
export interface ClaimRecord {
  readonly id: string;
  readonly source: Source;
  readonly statement: string;
  readonly method: string;
  /** Verdicts that count as success. */
  readonly expected: readonly Verdict[];
  readonly knownFailure?: KnownFailure;
  readonly outcome: Outcome;
  readonly evidence: Omit<Evidence, 'seconds'>;
}

/** The error budget that the run has spent: sums over all statistical decisions (union bound). */
export interface ErrorBudget {
  readonly slotsUsed: number;
  readonly alphaPerSlot: number;
  /** Bound on the probability that any `violated` of the run is a false alarm. */
  readonly totalFalseAlarm: number;
  /** Bound on the probability that any statistical `holds` of the run is false. */
  readonly totalFalseHolds: number;
  /** False when the run has spent more slots or probability than the suite allows itself. */
  readonly withinBudget: boolean;
}

export interface RunCounts {
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** Rows of bound checks; those decided by the cap alone are counted apart. */
  readonly rows: { readonly total: number; readonly trivial: number };
}

/** The only part of a record that two runs with the same seed do not share. */
export interface Timing {
  /** ISO 8601. */
  readonly startedAt?: string;
  readonly seconds: number;
  /** Seconds by claim id. */
  readonly claims: Readonly<Record<string, number>>;
}

/** A run as data: what `reports/bounds.json` holds and every other format is a pure function of. */
export interface RunRecord {
  readonly schemaVersion: typeof schemaVersion;
  readonly suite: { readonly name: string; readonly version: string };
  readonly environment: { readonly node: string; readonly platform: string };
  readonly command: string;
  readonly seed: string;
  readonly depth: Depth;
  readonly implementation: ImplementationDescription;
  /** In the paper's order. */
  readonly claims: readonly ClaimRecord[];
  readonly budget: ErrorBudget;
  readonly counts: RunCounts;
  readonly exitCode: ExitCode;
  readonly timing?: Timing;
}

/** The reproducible part: the same seed, command and environment give the same bytes of `stableJson`. */
export function withoutTiming(record: RunRecord): RunRecord {
  const { timing: _, ...reproducible } = record;
  return reproducible;
}
