import type { BoundRow } from '../claims/evidence.js';
import { formatNumber } from './format-number.js';
import { stableJson } from './json-numbers.js';
import type { TableOptions } from './ledger-table.js';
import { printableLine } from './sanitize.js';
import { wrap } from './terminal-text.js';
import { textColumns } from './text-columns.js';

/** Rows of one theorem on one problem. */
export interface BoundsRecord {
  readonly theorem: string;
  readonly problem: string;
  readonly rows: readonly BoundRow[];
}

/** The engine by the name under which it is chosen: a direct comparison and a cap are ways in which Monte Carlo ends early. */
function engineOf({ engine }: BoundRow): string {
  return engine === 'deterministic' || engine === 'cap' ? 'monte-carlo' : engine;
}

/** The rows as a table, then the reason of every verdict. */
export function boundsTable({ theorem, problem, rows }: BoundsRecord, options: TableOptions = {}): string {
  const width = Math.min(160, Math.max(60, options.width ?? 80));
  const columns = [
    ...['T', 'γ', 'B', 'left', 'bound', 'ratio', '♯ bound', '♯ ratio'].map((title) => ({
      title,
      align: 'right' as const,
    })),
    { title: 'engine' },
    { title: 'verdict' },
  ];
  const number = (value: number | undefined): string =>
    value === undefined || Number.isNaN(value) ? '–' : formatNumber(value);
  const lines = rows.map((row) => [
    number(row.iterations),
    number(row.step),
    row.verdict === 'silent' ? '–' : number(row.miniBatch),
    number(row.left),
    number(row.bound),
    number(row.left / row.bound),
    number(row.sharpBound),
    number(row.sharpBound === undefined ? undefined : row.left / row.sharpBound),
    row.verdict === 'silent' ? '–' : engineOf(row),
    row.verdict,
  ]);
  const reasons = [...new Set(rows.map(({ reason }) => reason))];
  return `${[
    ...wrap(`${theorem} on ${printableLine(problem)}`, width),
    ...textColumns(columns, lines),
    ...reasons.flatMap((reason) => {
      const group = rows.filter((row) => row.reason === reason).map(({ iterations }) => iterations);
      const lines = wrap(`T = ${group.join(', ')}: ${printableLine(reason)}`, width - 2);
      return lines.map((line, i) => (i === 0 ? line : `  ${line}`));
    }),
  ].join('\n')}\n`;
}

/** The rows as a JSON array, one object for each T. Numbers that a silent row does not have are null. */
export function boundsJson({ theorem, rows }: BoundsRecord): string {
  return stableJson(rows.map((row) => boundsEntry(theorem, row)));
}

function boundsEntry(theorem: string, row: BoundRow): Record<string, unknown> {
  const silent = row.verdict === 'silent';
  const { L, coordinateL, sigma, coordinateSigma, startObjective, infimumLower, infimumUpper, gapLower, gapUpper } =
    row.constants;
  const known = (value: number | undefined): number | null => (silent || value === undefined ? null : value);
  return {
    theorem,
    iterations: row.iterations,
    step: known(row.step),
    miniBatch: known(row.miniBatch),
    engine: silent ? null : engineOf(row),
    left: known(row.left),
    leftInterval: silent ? null : row.leftInterval,
    bound: known(row.bound),
    sharpBound: known(row.sharpBound),
    ratio: known(row.left / row.bound),
    sharpRatio: known(row.sharpBound === undefined ? undefined : row.left / row.sharpBound),
    constants: silent
      ? {}
      : {
          lipschitz: L,
          coordinateLipschitz: coordinateL,
          sigma,
          coordinateSigma,
          startObjective,
          infimum: [infimumLower, infimumUpper],
          gap: [gapLower, gapUpper],
        },
    verdict: row.verdict,
    reason: row.reason,
    replicates: row.replicates,
    seed: row.seed,
    reproduce: row.reproduce,
  };
}
