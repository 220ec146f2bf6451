import { existsSync } from 'node:fs';
import { open, readFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { whyUnreadable } from '../../guard/invalid-input.js';
import {
  parseSweep,
  type SweepHeader,
  type SweepLine,
  type SweepRecord,
  sweepLine,
} from '../../report/record/sweep-record.js';
import type { SweepResult } from '../../report/view/sweeps.js';
import { printableJson } from '../../report/wording/sanitize.js';
import { makeDirectory, writeWhole } from '../../report/write-reports.js';
import { cannotWrite } from '../options/output-directory.js';
import { UsageError } from '../options/usage-error.js';

/** Whether a path given to `signprox report` is a sweep's file or its directory. */
export const isOfSweep = (path: string): boolean => path.endsWith('.ndjson') || existsSync(rowsPath(path));

/** The path of a sweep's file in its directory. */
export const rowsPath = (directory: string): string => join(directory, 'rows.ndjson');

/** The file of a running sweep: it gets every row as soon as it is decided. */
export interface RowsFile {
  /** Its first line, from the run that created it. */
  readonly header: SweepHeader;
  /** Rows by their place in the grid. */
  readonly lines: ReadonlyMap<number, SweepLine>;
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Creates the file of a sweep, or continues it with `resume`; an incomplete last line is dropped.
 * @throws UsageError of one line if it exists without `resume`, cannot be read or written, or is of another sweep
 */
export async function openRows(directory: string, header: SweepHeader, resume: boolean): Promise<RowsFile> {
  const path = rowsPath(directory);
  const there = await stat(path).catch(() => undefined);
  if (there !== undefined && !resume) {
    throw new UsageError(`${path} exists: give --resume to continue it, or another --out`);
  }
  const known = there === undefined ? undefined : await readRows(path);
  if (known !== undefined) requireSameSweep(path, known.header, header);
  const failed = (error: Error): never => {
    throw cannotWrite(directory, error.message);
  };
  await makeDirectory(directory).catch(failed);
  if (known === undefined) await writeWhole(path, `${headerLine(header)}\n`).catch(failed);
  else await truncate(path, known.wholeBytes).catch(failed);
  const lines = new Map(known?.lines.map((line) => [line.row.cell, line]));
  const file = await open(path, 'a').catch(failed);
  // In order, and none after a failure: a full disk may cut a line off, and a line after it would hide that.
  let written = Promise.resolve();
  return {
    header: known?.header ?? header,
    lines,
    async append(text) {
      const line = sweepLine(text);
      written = written.then(() => file.appendFile(`${text}\n`).catch(failed));
      await written;
      lines.set(line.row.cell, line);
    },
    close: () => file.close(),
  };
}

/** Writes the file of a sweep in the order of the grid. */
export async function writeRows(directory: string, header: SweepHeader, lines: Iterable<SweepLine>): Promise<void> {
  const texts = inGridOrder(lines).map(({ text }) => text);
  await writeWhole(rowsPath(directory), [headerLine(header), ...texts, ''].join('\n')).catch((error: Error) => {
    throw cannotWrite(directory, error.message);
  });
}

const headerLine = (header: SweepHeader): string => printableJson(JSON.stringify({ sweep: header }));

/**
 * Reads the file of a sweep; undefined if not even its first line is complete.
 * @throws UsageError of one line
 */
async function readRows(path: string): Promise<SweepRecord | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(
      `cannot read ${path}: ${whyUnreadable(error)}; give a directory that signprox bounds --out wrote`,
    );
  });
  try {
    return parseSweep(text);
  } catch (error) {
    throw new UsageError(
      `${path} is not a ${(error as RangeError).message}; give a directory that signprox bounds --out wrote`,
    );
  }
}

/**
 * The rows of a sweep in the order of the grid, from its file or its directory.
 * @throws UsageError of one line
 */
export async function readSweep(given: string): Promise<SweepResult> {
  const path = given.endsWith('.ndjson') ? given : rowsPath(given);
  const record = await readRows(path);
  if (record === undefined)
    throw new UsageError(`${path} has no complete line; give a directory that signprox bounds --out wrote`);
  return { header: record.header, rows: inGridOrder(record.lines).map(({ row }) => row) };
}

export const inGridOrder = (lines: Iterable<SweepLine>): readonly SweepLine[] =>
  [...lines].sort((a, b) => a.row.cell - b.row.cell);

type Field = readonly [word: string, of: (header: SweepHeader) => string];

const names = (problems: SweepHeader['problems']): string => problems.map(({ name }) => name).join(', ');
const theorems = (header: SweepHeader): string =>
  header.theorems
    .map(({ theorem, schedule }) => theorem + (schedule === undefined ? '' : ` at ${schedule}`))
    .join(', ');

/** The values that tell sweeps apart, each with its name. */
const sweepFields: readonly Field[] = [
  ['version', (header) => header.version],
  ['seed', ({ seed }) => seed],
  ['depth', ({ depth }) => depth],
  ['--engine', ({ engine }) => engine],
  ['--sign-of-zero', ({ signOfZero }) => signOfZero],
  ['problems', ({ problems }) => names(problems)],
  [
    'content of the problems and starts',
    ({ problems }) => problems.map(({ digest }) => digest.slice(0, 12)).join(', '),
  ],
  ['--strict', ({ strict }) => (strict ? 'given' : 'not given')],
  ['theorems', theorems],
  [
    'content of the theorems',
    (header) => header.theorems.map(({ digest = 'of the suite' }) => digest.slice(0, 12)).join(', '),
  ],
  ['iterations', ({ iterations }) => iterations.join(',')],
  ['steps', ({ steps }) => steps?.join(',') ?? 'those of the theorems'],
  ['mini-batches', ({ miniBatches }) => miniBatches?.join(',') ?? 'those of the theorems'],
];

/** @throws UsageError that names the first difference between a file's sweep and the expected one */
function requireSameSweep(path: string, found: SweepHeader, wanted: SweepHeader): void {
  for (const [word, of] of sweepFields) {
    const [theirs, ours] = [of(found), of(wanted)];
    if (theirs !== ours) {
      throw new UsageError(`${path} is of another sweep: ${word}: ${theirs} instead of ${ours}; choose another --out`);
    }
  }
}
