import * as z from 'zod';
import { depths } from '../../claims/claim.js';
import { verdicts } from '../../claims/verdict.js';
import { parseRecord } from './json-numbers.js';
import { type ExitCode, exitCodes, strictly, userVerdicts } from './outcome.js';

const number = z.number().nullable();
const digest = z.string().regex(/^[0-9a-f]{64}$/);

const sweepHeaderSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** The version of the suite. */
  version: z.string(),
  /** The command, without where it writes. */
  command: z.string(),
  seed: z.string(),
  depth: z.enum(depths),
  engine: z.string(),
  signOfZero: z.string(),
  /** Problems with their starts: how each is called, and the SHA-256 of its content. */
  problems: z.array(z.strictObject({ name: z.string(), digest })),
  /** Theorems as they were asked for, with the SHA-256 of the file of each that is not of the suite. */
  theorems: z.array(
    z.strictObject({ theorem: z.string(), schedule: z.string().exactOptional(), digest: digest.exactOptional() }),
  ),
  iterations: z.array(z.int().positive()),
  /** γ, where the theorems are asked at given ones. */
  steps: z.array(z.number().positive()).exactOptional(),
  /** B, where the theorems are asked at given ones. */
  miniBatches: z.array(z.int().positive()).exactOptional(),
  /** Rows that are neither refuted nor proved fail. */
  strict: z.literal(true).exactOptional(),
  /** How many rows the whole has. */
  cells: z.int().positive(),
});

/** The header of a sweep: the first line of its file. */
export type SweepHeader = z.output<typeof sweepHeaderSchema>;

const sweepRowSchema = z.looseObject({
  /** Its place in the grid, from 0: T varies fastest, then B, γ, the theorem and the problem. */
  cell: z.int().nonnegative(),
  problem: z.string(),
  theorem: z.string(),
  schedule: z.string(),
  iterations: z.int().positive(),
  step: number,
  miniBatch: number,
  engine: z.string().nullable(),
  left: number,
  bound: number,
  /** b of a theorem with probability 1 − δ, whose `left` is P(left side > b) and whose `bound` is δ. */
  threshold: z.number().exactOptional(),
  ratio: number,
  /** That of `signprox bounds`, or `error` where the row could not be decided. */
  verdict: z.enum([...verdicts, 'error']),
  reason: z.string(),
  replicates: z.int().nonnegative(),
  seed: z.string(),
  /** The command that gives this row alone. */
  reproduce: z.string(),
});

/** One row of a sweep, as in `signprox bounds --format json`, with its place in the grid. */
export type SweepRow = z.output<typeof sweepRowSchema>;

/** A line of `rows.ndjson`: the first is the header of the others. */
export const sweepLineSchema = z.union([z.strictObject({ sweep: sweepHeaderSchema }), sweepRowSchema]);

/** A row with the text of its line. */
export interface SweepLine {
  readonly row: SweepRow;
  readonly text: string;
}

/** The content of a sweep's file. */
export interface SweepRecord {
  readonly header: SweepHeader;
  readonly lines: readonly SweepLine[];
  /** Bytes up to the end of its last complete line: the rest was cut off while it was written. */
  readonly wholeBytes: number;
}

/**
 * Reads the file of a sweep. Text after the last line feed is ignored; undefined if that is the first line.
 * @throws RangeError of one line that says which line is wrong, and how
 */
export function parseSweep(text: string): SweepRecord | undefined {
  const lines = text.split('\n').slice(0, -1);
  const [first, ...others] = lines;
  if (first === undefined) return undefined;
  const { sweep } = parseRecord('sweep, line 1', z.strictObject({ sweep: sweepHeaderSchema }), first);
  return {
    header: sweep,
    lines: others.map((line, i) => sweepLine(line, `sweep, line ${i + 2}`)),
    wholeBytes: Buffer.byteLength(lines.map((line) => `${line}\n`).join('')),
  };
}

/**
 * Reads one row.
 * @throws RangeError of one line that begins with `what` and names the place that is wrong
 */
export function sweepLine(text: string, what = 'row of a sweep'): SweepLine {
  return { row: parseRecord(what, sweepRowSchema, text), text };
}

/** Rows that make a sweep fail: those that could not be decided, and those whose verdict is not accepted for a user's problem. */
export function failingRows(rows: readonly SweepRow[], strict = false): readonly SweepRow[] {
  const accepted: readonly string[] = strict ? strictly(userVerdicts) : userVerdicts;
  return rows.filter(({ verdict }) => !accepted.includes(verdict));
}

/** The exit code of a sweep. */
export const sweepExitCode = (rows: readonly SweepRow[], strict: boolean): ExitCode =>
  failingRows(rows, strict).length === 0 ? exitCodes.ok : exitCodes.claimFailed;
