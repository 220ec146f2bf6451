import { failingRows, sweepExitCode } from '../record/sweep-record.js';
import {
  falseAlarmText,
  type SweepResult,
  sweepColumns,
  sweepEntries,
  sweepGroups,
  sweepVerdict,
  whyFailing,
} from '../view/sweeps.js';
import { printableJson } from '../wording/sanitize.js';
import { screenText, type TableOptions } from '../wording/screen.js';
import { reportWidth, textTable, wrap } from '../wording/terminal-text.js';

const mostReasons = 20;

/**
 * The number of rows by verdict, the rows as a table for each theorem and problem, and the reasons of failures.
 * @param most if there are more rows, only those that fail are printed, and at most this many
 */
export function sweepTable(
  sweep: SweepResult,
  options: TableOptions = {},
  most = Number.POSITIVE_INFINITY,
  exitCode: number = sweepExitCode(sweep.rows, sweep.header.strict === true),
): string {
  const { header, rows } = sweep;
  const width = reportWidth(options.width);
  const failing = failingRows(rows, header.strict === true);
  const shown = rows.length <= most ? rows : failing.slice(0, most);
  const tables = sweepGroups({ ...sweep, rows: shown }).map(({ subject, lines }) => {
    const entries = lines.flatMap((line) => line.rows.map(sweepEntries));
    const { head, rows: body } = textTable(sweepColumns, entries, width);
    return { lines: () => [...wrap(subject, width), ...head, ...body.flat()] };
  });
  const chance = falseAlarmText(rows);
  return screenText(
    {
      verdict: sweepVerdict(sweep),
      blocks: [
        ...tables,
        { text: whyFailing(failing).slice(0, mostReasons) },
        { text: chance === undefined ? [] : [chance] },
      ],
      more: [],
      exitCode,
    },
    options,
  );
}

/** The verdict in words and the rows, as in `signprox bounds --format json` for one problem, with their places in the grid: each on a line. */
export function sweepJson(sweep: SweepResult): string {
  const lines = sweep.rows.map((row) => printableJson(JSON.stringify(row)));
  return `{"verdict": ${JSON.stringify(sweepVerdict(sweep).text)}, "rows": [\n${lines.join(',\n')}\n]}\n`;
}
