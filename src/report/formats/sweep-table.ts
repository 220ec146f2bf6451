import { plural } from '../../claims/plural.js';
import { spendSlots } from '../../statistics/budget.js';
import { failingRows } from '../record/sweep-outcome.js';
import type { SweepRow } from '../record/sweep-record.js';
import { formatNumber } from '../wording/format-number.js';
import { printableJson, printableLine } from '../wording/sanitize.js';
import { type SweepResult, sweepGroups } from '../wording/sweep-lines.js';
import { reportWidth, textTable, wrap } from '../wording/terminal-text.js';
import type { TableOptions } from './ledger-table.js';

const columns = [
  ...['T', 'γ', 'B', 'left', 'bound', 'ratio'].map((title) => ({ title, align: 'right' as const })),
  ...['engine', 'verdict'].map((title) => ({ title })),
];

/** The titles of the columns in which every report tells of a row. */
export const sweepTitles: readonly string[] = columns.map(({ title }) => title);

const number = (value: number | null): string => (value === null ? '–' : formatNumber(value));

/** The entries of a row, column by column. */
export function sweepEntries(row: SweepRow): readonly string[] {
  const { iterations, step, miniBatch, left, bound, ratio, engine, verdict } = row;
  return [...[iterations, step, miniBatch, left, bound, ratio].map(number), engine ?? '–', verdict];
}

/** How many rows came out how, and with which probability a sampled one among them is falsely refuted. */
export function sweepSummary({ header, rows }: SweepResult): string {
  const counts = [...new Set(rows.map(({ verdict }) => verdict))].map(
    (verdict) => `${rows.filter((row) => row.verdict === verdict).length} ${verdict}`,
  );
  const asked = rows.length < header.cells ? ` of the ${header.cells} of the grid` : '';
  const sampled = rows.filter(({ engine, replicates }) => engine === 'monte-carlo' && replicates > 1).length;
  const chance = formatNumber(spendSlots(sampled).alpha);
  const spent =
    sampled === 0
      ? ''
      : `; the probability that one of ${sampled} by Monte Carlo is falsely violated is at most ${chance}`;
  return `${plural(rows.length, 'row')}${asked}: ${counts.join(', ')}${spent}`;
}

const mostReasons = 20;

/** Why rows fail, and how many for each reason. */
export function whyFailing(failing: readonly SweepRow[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { verdict, reason } of failing) {
    const why = `${verdict}: ${printableLine(reason)}`;
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return Array.from(counts, ([why, count]) => `${why} (${plural(count, 'row')})`);
}

/**
 * The rows as a table for each theorem and problem, why those failed that did, and their number by verdict.
 * @param most where there are more rows, those that fail are told alone, and so many of them at most
 */
export function sweepTable(sweep: SweepResult, options: TableOptions = {}, most = Number.POSITIVE_INFINITY): string {
  const { rows } = sweep;
  const width = reportWidth(options.width);
  const failing = failingRows(rows);
  const shown = rows.length <= most ? rows : failing.slice(0, most);
  const tables = sweepGroups({ ...sweep, rows: shown }).map(({ subject, lines }) => {
    const entries = lines.flatMap((line) => line.rows.map(sweepEntries));
    const { head, rows: body } = textTable(columns, entries, width);
    return [...wrap(subject, width), ...head, ...body.flat(), ''];
  });
  const told = [...whyFailing(failing).slice(0, mostReasons), sweepSummary(sweep)].flatMap((line) => wrap(line, width));
  return `${[...tables.flat(), ...told].join('\n')}\n`;
}

/** The rows as a JSON array: what `signprox bounds --format json` prints of one problem, with their places in the grid. */
export function sweepJson({ rows }: SweepResult): string {
  return `[\n${rows.map((row) => printableJson(JSON.stringify(row))).join(',\n')}\n]\n`;
}
