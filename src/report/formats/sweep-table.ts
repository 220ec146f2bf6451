import { failingRows } from '../record/sweep-record.js';
import { type SweepResult, sweepColumns, sweepEntries, sweepGroups, sweepSummary, whyFailing } from '../view/sweeps.js';
import { printableJson } from '../wording/sanitize.js';
import type { TableOptions } from '../wording/screen.js';
import { reportWidth, textTable, wrap } from '../wording/terminal-text.js';

const mostReasons = 20;

/**
 * The rows as a table for each theorem and problem, the reasons of failures, and the number of rows by verdict.
 * @param most if there are more rows, only those that fail are printed, and at most this many
 */
export function sweepTable(sweep: SweepResult, options: TableOptions = {}, most = Number.POSITIVE_INFINITY): string {
  const { rows } = sweep;
  const width = reportWidth(options.width);
  const failing = failingRows(rows);
  const shown = rows.length <= most ? rows : failing.slice(0, most);
  const tables = sweepGroups({ ...sweep, rows: shown }).map(({ subject, lines }) => {
    const entries = lines.flatMap((line) => line.rows.map(sweepEntries));
    const { head, rows: body } = textTable(sweepColumns, entries, width);
    return [...wrap(subject, width), ...head, ...body.flat(), ''];
  });
  const told = [...whyFailing(failing).slice(0, mostReasons), sweepSummary(sweep)].flatMap((line) => wrap(line, width));
  return `${[...tables.flat(), ...told].join('\n')}\n`;
}

/** The rows as a JSON array, as in `signprox bounds --format json` for one problem, with their places in the grid. */
export function sweepJson({ rows }: SweepResult): string {
  return `[\n${rows.map((row) => printableJson(JSON.stringify(row))).join(',\n')}\n]\n`;
}
