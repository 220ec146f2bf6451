import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { whyUnreadable } from '../../guard/invalid-input.js';
import type { Contribution } from '../../report/contribution.js';
import type { Chart } from '../../report/document.js';
import { arrangementOf } from '../../report/formats/format-names.js';
import { formatReport } from '../../report/formats/formats.js';
import { sweepJson, sweepTable } from '../../report/formats/sweep-table.js';
import { parseRunRecord, type RunRecord } from '../../report/record/run-record.js';
import { mostRuns } from '../../report/view/side-by-side.js';
import { tableOptions } from '../../report/wording/screen.js';
import { writeComparison, writeReports, writeSweep } from '../../report/write-reports.js';
import { readContributions } from '../catalogue.js';
import { asTyped } from '../options/as-typed.js';
import { examples, type ReportFormat, reportFormats } from '../options/options.js';
import { cannotWrite, requireWritable } from '../options/output-directory.js';
import { UsageError } from '../options/usage-error.js';
import { isOfSweep, readSweep } from '../sweeps/rows-file.js';

/** `signprox report <files...>`: prints a saved run in any format, or several side by side. */
export function declare(command: Command): void {
  command
    .argument('<files...>', 'records of runs, e.g. reports/run.json')
    .addOption(new Option('--format <format>', 'what to print; default: table').choices(reportFormats))
    .addOption(new Option('--out <directory>', 'write reports there instead of printing one').conflicts('format'))
    .option(
      '--figure <file>',
      'Figure 1 for the page: a file that signprox figure wrote; may be given twice',
      (file: string, files: readonly string[] = []) => [...files, file],
    )
    .addHelpText(
      'after',
      examples([
        'signprox report reports/run.json --format junit',
        'signprox report mine/run.json theirs/run.json --out both',
      ]),
    )
    .action(async (files: readonly string[], options: Partial<ReportOptions>) => {
      await report(files, { figure: [], ...options });
    });
}

/** Options of `signprox report`. */
interface ReportOptions {
  readonly format?: ReportFormat;
  readonly out?: string;
  /** Files that `signprox figure` wrote. */
  readonly figure: readonly string[];
}

/** Prints or writes a saved run, the rows of a sweep, or several runs side by side. A failure that they record is no error here. */
export async function report(files: readonly string[], options: ReportOptions): Promise<void> {
  if (files.some(isOfSweep)) return reportSweep(files, options);
  requireSense(files.length, options);
  const { format = 'table', out } = options;
  const records = await Promise.all(files.map((path) => read(path, parseRunRecord, 'the run.json of a run')));
  const from = await readContributions();
  const drawingOf = (json: string): Promise<Chart> => from[0]!.drawing(json);
  const figures = await Promise.all(
    options.figure.map((path) => read(path, drawingOf, 'the figure-1-*.json of signprox figure')),
  );
  if (out === undefined) process.stdout.write(await printed(records, format, from, figures));
  else {
    await requireWritable(out);
    const written = await write(records, out, from, figures).catch((error: Error) => {
      throw cannotWrite(out, error.message);
    });
    process.stdout.write(`${written.join('\n')}\n`);
  }
}

/** Prints or writes the rows of a sweep, as tables or as a page. */
async function reportSweep(files: readonly string[], options: ReportOptions): Promise<void> {
  const [file] = files as [string];
  if (files.length > 1)
    throw new UsageError(`rows of bounds are reported one file at a time, and ${files.length} are given: give one`);
  const { format = 'table', out, figure } = options;
  if (figure.length > 0)
    throw new UsageError('--figure is for the page of a run, and these are rows of bounds: leave it out');
  if (format !== 'table' && format !== 'json' && format !== 'html') {
    throw new UsageError(`--format ${format} is for claims, and these are rows of bounds: give table, json or html`);
  }
  const sweep = await readSweep(file);
  if (out !== undefined) {
    await requireWritable(out);
    const written = await writeSweep(sweep, out).catch((error: Error) => {
      throw cannotWrite(out, error.message);
    });
    process.stdout.write(`${written.join('\n')}\n`);
  } else if (format === 'html') {
    process.stdout.write((await import('../../report/html/html-sweep.js')).htmlSweep(sweep));
  } else {
    const layout = tableOptions(process.stdout, process.env);
    process.stdout.write(format === 'json' ? sweepJson(sweep) : sweepTable(sweep, layout));
  }
}

/** Rejects options that do not fit the number of runs. */
function requireSense(runs: number, { format, out, figure }: ReportOptions): void {
  const page = out !== undefined || format === 'html';
  if (runs > mostRuns) throw new UsageError(`${runs} runs are too many for one page: give ${mostRuns} at most`);
  if (runs > 1 && !page) {
    const one = format === undefined ? 'several runs make a page' : `--format ${format} shows one run`;
    throw new UsageError(`${one}, and ${runs} are given: give --out <directory> or --format html, or one run`);
  }
  if (figure.length === 0) return;
  if (runs > 1) throw new UsageError(`--figure is for the page of one run, and ${runs} are given: leave it out`);
  if (!page) throw new UsageError('--figure is for a page: give --out <directory> or --format html too');
}

/** Reads a file that a command wrote; throws a UsageError of one line if it cannot be read or holds something else. */
async function read<Value>(
  path: string,
  parse: (text: string) => Value | Promise<Value>,
  instead: string,
): Promise<Value> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`cannot read ${path === '' ? '""' : path}: ${whyUnreadable(error)}; give ${instead}`);
  });
  try {
    return await parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not a ${(error as RangeError).message}; give ${instead}`);
  }
}

async function printed(
  records: readonly RunRecord[],
  format: ReportFormat,
  from: readonly Contribution[],
  figures: readonly Chart[],
): Promise<string> {
  const [record] = records as readonly [RunRecord];
  const by = arrangementOf(record);
  const layout = tableOptions(process.stdout, process.env);
  if (format === 'table') return asTyped(formatReport(record, format, layout, by, from));
  if (format !== 'html') return formatReport(record, format, layout, by, from);
  const { smallPage } = await import('../../report/html/markup.js');
  if (records.length > 1) {
    const { htmlComparison } = await import('../../report/html/html-comparison.js');
    return smallPage(htmlComparison(records));
  }
  const { htmlReport } = await import('../../report/html/html-report.js');
  return smallPage(htmlReport(record, by, from, figures));
}

function write(
  records: readonly RunRecord[],
  directory: string,
  from: readonly Contribution[],
  figures: readonly Chart[],
): Promise<readonly string[]> {
  const [record] = records as readonly [RunRecord];
  if (records.length > 1) return writeComparison(records, directory);
  return writeReports(record, directory, arrangementOf(record), from, figures);
}
