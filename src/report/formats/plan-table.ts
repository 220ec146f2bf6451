import { plural } from '../../claims/text.js';
import { formatDuration, formatNumber } from '../wording/format-number.js';
import { reportWidth, textTable, wrap } from '../wording/terminal-text.js';
import type { TableOptions } from './ledger-table.js';

/** What the rows of one T of a grid are going to cost. */
export interface PlannedIterations {
  readonly iterations: number;
  readonly rows: number;
  readonly measured: number;
  /** How many of the measured are found by an exact engine. */
  readonly exact: number;
  /** Of all rows of this T. */
  readonly replicates: number;
  /** Of all rows of this T by the plan, and as above for those that have none. */
  readonly planned: number;
  /** Of the processor. */
  readonly seconds: number;
  /** Standard error of these seconds, as far as the rows differ: 0 where all are measured. */
  readonly error: number;
  /** Of the processor, of the measured row that takes longest. */
  readonly longest: number;
}

/** What a grid is going to cost. */
export interface SweepPlan {
  readonly costs: readonly PlannedIterations[];
  readonly power: number;
  readonly workers: number;
  /** What a thread takes to start, in seconds. */
  readonly startSeconds: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Seconds of the processor, with twice their standard error, and of the clock where the threads have a processor each. */
export function planTotals({ costs, workers, startSeconds }: SweepPlan): {
  readonly processor: number;
  readonly uncertainty: number;
  readonly clock: number;
} {
  const rows = sum(costs.map((cost) => cost.rows));
  const threads = Math.min(workers, rows);
  const work = sum(costs.map(({ seconds }) => seconds));
  const longest = Math.max(...costs.map((cost) => cost.longest));
  // The threads start beside each other, after the program itself.
  return {
    processor: work + startSeconds * (1 + threads),
    uncertainty: 2 * Math.hypot(...costs.map(({ error }) => error)),
    // A row is decided on one thread.
    clock: Math.max(work / Math.max(1, threads), longest) + startSeconds * (threads === 0 ? 1 : 2),
  };
}

/** A line for every T, and the sums. */
export function planTable(plan: SweepPlan, options: TableOptions = {}): string {
  const { costs, power, workers } = plan;
  const width = reportWidth(options.width);
  const titles = ['T', 'rows', 'exact', 'replicates', `at ${power}`, 'processor'];
  const { head, rows } = textTable(
    titles.map((title) => ({ title, align: 'right' as const })),
    costs.map(({ iterations, rows: count, measured, exact, replicates, planned, seconds }) => [
      ...[iterations, count].map(formatNumber),
      `${Math.round((100 * exact) / measured)} %`,
      ...[replicates, planned].map(formatNumber),
      formatDuration(seconds),
    ]),
    width,
  );
  const { processor, uncertainty, clock } = planTotals(plan);
  const count = sum(costs.map((cost) => cost.rows));
  const measured = sum(costs.map((cost) => cost.measured));
  const said = [
    `${plural(count, 'row')}: about ${formatDuration(processor)} of the processor, and ${formatDuration(clock)} of the clock on ${plural(workers, 'thread')} with a processor each`,
    ...(measured === count
      ? []
      : [
          `${plural(measured, 'row')} measured: known to ± ${Math.ceil((100 * uncertainty) / processor)} %, two standard errors`,
        ]),
    `replicates: what the rows take if all replicates are as those that were timed; at ${power}: by when each row is decided with that probability whatever their law, where a cap is known`,
  ];
  return `${[...head, ...rows.flat(), ...said.flatMap((line) => wrap(line, width))].join('\n')}\n`;
}
