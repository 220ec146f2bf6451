import { readFile } from 'node:fs/promises';
import { whyUnreadable } from '../../guard/why-unreadable.js';
import { arrangementOf } from '../../report/formats/arrangement.js';
import { formatReport } from '../../report/formats/formats.js';
import { tableOptions } from '../../report/formats/ledger-table.js';
import { type FigureRecord, parseFigureRecord } from '../../report/record/figure-record.js';
import { parseRunRecord, type RunRecord } from '../../report/record/run-record.js';
import { writeReports } from '../../report/write-reports.js';
import type { ReportFormat } from '../words/options.js';
import { cannotWrite, requireWritable } from '../words/output-directory.js';
import { UsageError } from '../words/usage-error.js';

/** Options of `signprox report`. */
export interface ReportOptions {
  readonly format?: ReportFormat;
  readonly out?: string;
  /** What `signprox figure` has written. */
  readonly figure: readonly string[];
}

/** `signprox report <file>`: a saved run once more; nothing is judged, and what failed then is no error now. */
export async function report(files: readonly string[], options: ReportOptions): Promise<void> {
  const { format = 'table', out } = options;
  if (options.figure.length > 0 && out === undefined && format !== 'html') {
    throw new UsageError(
      `--figure stands on the page, and not in a ${format}: give --out <directory> or --format html`,
    );
  }
  const records = await Promise.all(files.map((path) => read(path, parseRunRecord, 'the bounds.json of a run')));
  const [record] = records as [RunRecord];
  const figures = await Promise.all(
    options.figure.map((path) => read(path, parseFigureRecord, 'the figure-1-*.json of signprox figure')),
  );
  if (out === undefined) {
    process.stdout.write(await printed(record, format, figures));
    return;
  }
  await requireWritable(out);
  const written = await writeReports(record, out, arrangementOf(record), figures).catch((error: Error) => {
    throw cannotWrite(out, error.message);
  });
  process.stdout.write(`${written.join('\n')}\n`);
}

/** Reads what a command has written; throws a UsageError of one line where it cannot be read or is something else. */
async function read<Value>(path: string, parse: (text: string) => Value, instead: string): Promise<Value> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`cannot read ${path === '' ? '""' : path}: ${whyUnreadable(error)}; give ${instead}`);
  });
  try {
    return parse(text);
  } catch (error) {
    throw new UsageError(`${path} is no ${(error as RangeError).message}; give ${instead}`);
  }
}

async function printed(record: RunRecord, format: ReportFormat, figures: readonly FigureRecord[]): Promise<string> {
  const by = arrangementOf(record);
  if (format !== 'html') return formatReport(record, format, tableOptions(process.stdout, process.env), by);
  const { htmlReport } = await import('../../report/html/html-report.js');
  return htmlReport(record, by, figures);
}
