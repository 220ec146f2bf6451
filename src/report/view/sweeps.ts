import { plural } from '../../claims/text.js';
import { spendSlots } from '../../statistics/budget.js';
import { successVerdicts } from '../record/outcome.js';
import { failingRows, type SweepHeader, type SweepRow } from '../record/sweep-record.js';
import { formatNumber } from '../wording/format-number.js';
import { printableLine } from '../wording/sanitize.js';
import type { Verdict } from '../wording/screen.js';

/** A sweep for reports: its rows are in the order of the grid. */
export interface SweepResult {
  readonly header: SweepHeader;
  readonly rows: readonly SweepRow[];
}

/** Rows that differ only in T. */
export interface RatioLine {
  /** The given γ and B; empty if they are the theorem's. */
  readonly setting: string;
  readonly rows: readonly SweepRow[];
  /** T ↦ left/bound, if there is one. */
  readonly ratios: ReadonlyMap<number, number>;
}

/** Lines of one theorem on one problem. */
export interface SweepGroup {
  /** E.g. `theorem-1 on p.json`. */
  readonly subject: string;
  readonly lines: readonly RatioLine[];
}

/** The rows by theorem and problem, and by everything else except T, in the order of the grid. */
export function sweepGroups({ header, rows }: SweepResult): readonly SweepGroup[] {
  const byLine = new Map<number, SweepRow[]>();
  for (const row of rows) {
    const line = Math.floor(row.cell / header.iterations.length);
    const known = byLine.get(line);
    if (known === undefined) byLine.set(line, [row]);
    else known.push(row);
  }
  const groups = new Map<number, { subject: string; lines: RatioLine[] }>();
  const perGroup = (header.steps?.length ?? 1) * (header.miniBatches?.length ?? 1);
  for (const [place, own] of byLine) {
    const index = Math.floor(place / perGroup);
    const group = groups.get(index) ?? { subject: subjectOf(own), lines: [] };
    groups.set(index, group);
    const ratios = own.flatMap(({ iterations, ratio }) => (ratio === null ? [] : [[iterations, ratio] as const]));
    group.lines.push({ setting: settingOf(header, place % perGroup), rows: own, ratios: new Map(ratios) });
  }
  return [...groups.values()];
}

/** The title of rows: their theorem, schedule and problem, and what is compared if the theorem holds with probability 1 − δ. */
function subjectOf(rows: readonly SweepRow[]): string {
  const { problem, theorem, schedule } = rows[0]!;
  const compared = rows.some(({ threshold }) => threshold !== undefined)
    ? ': left is P(left side > b), bound is δ'
    : '';
  const at = schedule === 'own' ? '' : schedule === 'given' ? ' at given γ and B' : ` at its schedule ${schedule}`;
  return printableLine(`${theorem}${at} on ${problem}${compared}`);
}

function settingOf({ steps, miniBatches }: SweepHeader, place: number): string {
  const batches = miniBatches?.length ?? 1;
  const [step, miniBatch] = [steps?.[Math.floor(place / batches)], miniBatches?.[place % batches]];
  return [
    ...(step === undefined ? [] : [`γ = ${formatNumber(step)}`]),
    ...(miniBatch === undefined ? [] : [`B = ${formatNumber(miniBatch)}`]),
  ].join(', ');
}

/** The columns of a row in every report; numbers are aligned to the right. */
export const sweepColumns: readonly { readonly title: string; readonly align?: 'right' }[] = [
  ...['T', 'γ', 'B', 'left', 'bound', 'ratio'].map((title) => ({ title, align: 'right' as const })),
  ...['engine', 'verdict'].map((title) => ({ title })),
];

const number = (value: number | null): string => (value === null ? '–' : formatNumber(value));

/** The entries of a row, column by column. */
export function sweepEntries(row: SweepRow): readonly string[] {
  const { iterations, step, miniBatch, left, bound, ratio, engine, verdict } = row;
  return [...[iterations, step, miniBatch, left, bound, ratio].map(number), engine ?? '–', verdict];
}

/** The number of rows by verdict: `36 rows: 34 holds, 1 violated, 1 silent`. */
export function sweepVerdict({ header, rows }: SweepResult): Verdict {
  const counts = [...new Set(rows.map(({ verdict }) => verdict))].map(
    (verdict) => `${rows.filter((row) => row.verdict === verdict).length} ${verdict}`,
  );
  const isWhole = rows.length >= header.cells;
  const asked = isWhole ? '' : ` of the ${header.cells} of the grid`;
  // Of a part nobody knows what the rest is.
  const isGood = isWhole && rows.every(({ verdict }) => verdict !== 'error' && successVerdicts.includes(verdict));
  return {
    mark: failingRows(rows, header.strict === true).length > 0 ? 'bad' : isGood ? 'good' : 'warn',
    text: `${plural(rows.length, 'row')}${asked}: ${counts.join(', ')}`,
  };
}

/** The probability that a sampled row is falsely refuted, in a sentence; undefined if none is sampled. */
export function falseAlarmText(rows: readonly SweepRow[]): string | undefined {
  const sampled = rows.filter(({ engine, replicates }) => engine === 'monte-carlo' && replicates > 1).length;
  if (sampled === 0) return undefined;
  const chance = formatNumber(spendSlots(sampled).alpha);
  return `The probability that one of ${plural(sampled, 'row')} by Monte Carlo is falsely violated is at most ${chance}.`;
}

/** The reasons why rows fail, with the number of rows for each. */
export function whyFailing(failing: readonly SweepRow[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { verdict, reason } of failing) {
    const why = `${verdict}: ${printableLine(reason)}`;
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return Array.from(counts, ([why, count]) => `${why} (${plural(count, 'row')})`);
}
