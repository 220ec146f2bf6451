import { plural } from '../../claims/text.js';
import { formatDuration, formatNumber } from '../wording/format-number.js';
import type { TableOptions } from '../wording/screen.js';
import { reportWidth, textTable, wrap } from '../wording/terminal-text.js';

/** The estimated cost of a grid's rows of one T. */
export interface PlannedIterations {
  readonly iterations: number;
  readonly rows: number;
  readonly measured: number;
  /** The number of measured rows that an exact engine computes. */
  readonly exact: number;
  /** Of all rows of this T. */
  readonly replicates: number;
  /** Of all rows of this T by the plan, or as above for rows without a plan. */
  readonly planned: number;
  /** Processor time. */
  readonly seconds: number;
  /** Standard error of these seconds, from the differences between rows: 0 if all are measured. */
  readonly error: number;
  /** Processor time of the slowest measured row. */
  readonly longest: number;
}

/** The estimated cost of a grid. */
export interface SweepPlan {
  readonly costs: readonly PlannedIterations[];
  readonly power: number;
  readonly workers: number;
  /** Seconds that a thread takes to start. */
  readonly startSeconds: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Processor seconds with twice their standard error, and clock seconds if each thread has a processor. */
export function planTotals({ costs, workers, startSeconds }: SweepPlan): {
  readonly processor: number;
  readonly uncertainty: number;
  readonly clock: number;
} {
  const rows = sum(costs.map((cost) => cost.rows));
  const threads = Math.min(workers, rows);
  const work = sum(costs.map(({ seconds }) => seconds));
  const longest = Math.max(...costs.map((cost) => cost.longest));
  // The threads start in parallel, after the program itself.
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
