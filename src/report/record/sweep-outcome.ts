import { type ExitCode, exitCodes, strictly, userVerdicts } from './outcome.js';
import type { SweepRow } from './sweep-record.js';

/** Rows that fail a sweep: those that could not be decided, and those with a verdict that somebody's own problem is not accepted with. */
export function failingRows(rows: readonly SweepRow[], strict = false): readonly SweepRow[] {
  const accepted: readonly string[] = strict ? strictly(userVerdicts) : userVerdicts;
  return rows.filter(({ verdict }) => !accepted.includes(verdict));
}

/** The exit code of a sweep. */
export const sweepExitCode = (rows: readonly SweepRow[], strict: boolean): ExitCode =>
  failingRows(rows, strict).length === 0 ? exitCodes.ok : exitCodes.claimFailed;
