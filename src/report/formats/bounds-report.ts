import type { BoundRow } from '../../claims/evidence.js';
import { plural } from '../../claims/text.js';
import { intervalError } from '../../statistics/mean-interval.js';
import { givenSchedule, ownSchedule } from '../../theory/theorem/named-schedules.js';
import { successVerdicts } from '../record/outcome.js';
import { theoremName } from '../record/paper-sections.js';
import { formatNumber } from '../wording/format-number.js';
import { printableJson, printableLine } from '../wording/sanitize.js';
import { type Mark, screenText, type TableOptions } from '../wording/screen.js';
import { type Column, displayWidth, reportWidth, textTable, wrap } from '../wording/terminal-text.js';

/** Rows of one theorem on one problem. */
export interface BoundsRecord {
  readonly theorem: string;
  /** The name of its schedule. */
  readonly schedule: string;
  /** Whether the theorem's constants are the vectors (L_i) and (σ_i), and not L and σ. */
  readonly coordinatewise: boolean;
  readonly problem: string;
  readonly rows: readonly BoundRow[];
  /** At another schedule than the theorem's own: the bound at its own schedule for each row, undefined if the theorem is silent. */
  readonly own?: readonly (BoundAtOwn | undefined)[];
  /** Certified Lipschitz constants that may be much too large, and by how much. */
  readonly loose?: readonly string[];
}

/** The bound at a theorem's own schedule. */
export interface BoundAtOwn {
  /** γ. */
  readonly step: number;
  /** B. */
  readonly miniBatch: number;
  readonly bound: number;
}

/** The engine by its name in `--engine`: a direct comparison and a cap are early ends of Monte Carlo. */
function engineOf({ engine }: BoundRow): string {
  return engine === 'deterministic' || engine === 'cap' ? 'monte-carlo' : engine;
}

const number = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? '–' : formatNumber(value);
const right = (title: string) => ({ title, align: 'right' as const });

/** The columns of a comparison. */
const compared: Columns = {
  titles: ['left', 'bound', 'ratio', '♯ bound', '♯ ratio'].map(right),
  line: (row) => [
    number(row.left),
    number(row.bound),
    number(row.left / row.bound),
    number(row.sharpBound),
    number(row.sharpBound === undefined ? undefined : row.left / row.sharpBound),
  ],
};
/** The same of a theorem with probability 1 − δ. */
const comparedTail: Columns = {
  titles: ['b', 'P(left > b)', 'δ', 'P/δ'].map(right),
  line: (row) => [row.threshold, row.left, row.bound, row.left / row.bound].map(number),
};
const schedule: Columns = {
  titles: [right('γ'), right('B')],
  line: (row) => [number(row.step), row.verdict === 'silent' ? '–' : number(row.miniBatch)],
};
const decided: Columns = {
  titles: [{ title: 'engine' }, { title: 'verdict' }],
  line: (row) => [row.verdict === 'silent' ? '–' : engineOf(row), row.verdict],
};
/** The columns of the widest terminal and of narrower ones: those left out say least beside the first line. */
const layoutsWith = (sides: Columns): readonly (readonly Columns[])[] => [
  [schedule, sides, decided],
  [schedule, sides],
  [sides],
];
const isTail = (rows: readonly BoundRow[]): boolean => rows.some(({ threshold }) => threshold !== undefined);

interface Columns {
  readonly titles: readonly Column[];
  readonly line: (row: BoundRow) => readonly string[];
}

function tableOf(rows: readonly BoundRow[], width: number, ...columns: readonly Columns[]): string[] {
  const table = textTable(
    [right('T'), ...columns.flatMap(({ titles }) => titles)],
    rows.map((row) => [number(row.iterations), ...columns.flatMap(({ line }) => line(row))]),
    width,
  );
  return [...table.head, ...table.rows.flat()];
}

/** The bounds of a theorem at two of its schedules, and the ratio of the own one to the other. */
function besideOwn({ rows, own = [] }: BoundsRecord, width: number): string[] {
  if (own.every((at) => at === undefined)) return [];
  const lines = rows.map(({ iterations, step, bound: right, threshold: bound = right }, i) => {
    const at = own[i];
    return [iterations, at?.step, at?.bound, step, bound, at && at.bound / bound].map(number);
  });
  const titles = ['T', 'own γ', 'own bound', 'γ', 'bound', 'own/bound'].map(right);
  const { head, rows: body } = textTable(titles, lines, width);
  return [...head, ...body.flat()];
}

/** Most T that are listed one by one. */
const mostIterations = 6;

function atIterations(rows: readonly BoundRow[]): string {
  const list = rows.map(({ iterations }) => formatNumber(iterations));
  return `at T = ${list.length <= mostIterations ? list.join(', ') : `${list[0]} to ${list.at(-1)}`}`;
}

/** A ratio ≤ 1 as a percentage that is rounded up: `17` for 0.1666. Two digits, or four where two would say 100. */
function percentage(ratio: number, round = Math.ceil): string {
  for (const digits of [2, 4]) {
    const unit = 10 ** (Math.floor(Math.log10(100 * ratio)) + 1 - digits);
    const percent = unit * round((100 * ratio) / unit);
    if (percent < 100) return formatNumber(percent);
  }
  return '100';
}

/** The least and the largest of some ratios: `25–29 %`, or `at most 29 %` of a single one. Undefined unless all are in (0, 1]. */
function percentages(ratios: readonly number[], isEstimated: boolean): string | undefined {
  const [least, largest] = [Math.min(...ratios), Math.max(...ratios)];
  if (!(least >= 0 && largest > 0 && largest <= 1)) return undefined;
  const to = percentage(largest);
  const from = least === 0 ? '0' : percentage(least, isEstimated ? Math.ceil : Math.floor);
  return from === to || ratios.length === 1 ? `${isEstimated ? '' : 'at most '}${to} %` : `${from}–${to} %`;
}

/** What the rows that hold say together: `holds at T = 1, 4, 16: its left side is 25–29 % of its bound, 63–67 % of the sharpened one (♯)`. */
function heldText(rows: readonly BoundRow[]): string {
  const holds = `holds ${atIterations(rows)}`;
  const estimated = rows.some((row) => engineOf(row) === 'monte-carlo' && row.replicates !== 1);
  const over = (bounds: readonly number[]): string | undefined =>
    percentages(
      rows.map(({ left, leftInterval }, i) => (estimated ? left : leftInterval[1]) / bounds[i]!),
      estimated,
    );
  const own = over(rows.map(({ bound }) => bound));
  // A bound that the cap alone decides has no left side, and a left side may exceed a bound from below.
  if (own === undefined) return holds;
  const sharp = over(rows.map(({ sharpBound = Number.NaN }) => sharpBound));
  const beside = sharp === undefined ? '' : `, ${sharp} of the sharpened one (♯)`;
  const [left, bound] = isTail(rows) ? ['P(left side > b)', 'δ'] : ['its left side', 'its bound'];
  return `${holds}: ${left} is ${estimated ? 'estimated at ' : ''}${own} of ${bound}${beside}`;
}

/** The meaning of the rows in a sentence. */
function conclusion({ theorem, rows }: BoundsRecord): string {
  const of = (...verdicts: readonly BoundRow['verdict'][]) => rows.filter(({ verdict }) => verdicts.includes(verdict));
  const told = [
    [of('violated'), 'is violated'],
    [of('holds-within-rho'), 'holds within ρ'],
    [of('not-refuted'), 'is not refuted'],
    [of('inconclusive'), 'is not decided'],
    [of('silent'), 'says nothing'],
  ] as const;
  const held = of('holds', 'proved-exactly');
  const clauses = [
    ...told.filter(([own]) => own.length > 0).map(([own, words]) => `${words} ${atIterations(own)}`),
    ...(held.length > 0 ? [heldText(held)] : []),
  ];
  return `${theoremName(theorem)} ${clauses.join('; it ')}`;
}

/**
 * What the rows mean; the rows as a table, without some columns if it is too wide; at another schedule than the theorem's own, also a table of both bounds.
 * Then what the table leaves out, the interval of every estimated left side, and the reason of every verdict.
 */
export function boundsTable(
  record: BoundsRecord,
  options: TableOptions = {},
  exitCode = 0,
  /** Lines to copy, each as it is. */
  further: readonly string[] = [],
): string {
  const { theorem, schedule: asked, problem, rows, loose = [] } = record;
  const width = reportWidth(options.width);
  const fits = (columns: readonly Columns[]): boolean =>
    tableOf(rows, Number.POSITIVE_INFINITY, ...columns).every((line) => displayWidth(line) <= width);
  const sides = isTail(rows) ? comparedTail : compared;
  const layouts = layoutsWith(sides);
  const shown = layouts.find(fits) ?? [sides];
  const left = layouts[0]!.filter((columns) => !shown.includes(columns));
  const reasons = [...new Set(rows.map(({ reason }) => reason))];
  const notes = [
    ...(left.length === 0 ? [] : rows).map((row) => {
      const parts = left.flatMap(({ titles, line }) => line(row).map((text, i) => `${titles[i]!.title} ${text}`));
      return `T = ${formatNumber(row.iterations)}: ${parts.join(', ')}`;
    }),
    ...rows.filter(isSampled).map(({ iterations, left, leftInterval: [from, to], replicates, threshold }) => {
      const interval = `[${formatNumber(from)}, ${formatNumber(to)}]`;
      const except = `except with probability ${formatNumber(intervalError)}`;
      const of = plural(replicates, 'replicate');
      if (threshold !== undefined)
        return `T = ${iterations}: ${formatNumber(left)} is the share of ${of} above b, P(left > b) is in ${interval}, ${except}`;
      return `T = ${iterations}: left = ${formatNumber(left)} is the mean of ${of}, its expectation is in ${interval}, ${except}`;
    }),
    ...reasons.map((reason) => {
      const group = rows.filter((row) => row.reason === reason).map(({ iterations }) => iterations);
      return `T = ${group.join(', ')}: ${printableLine(reason)}`;
    }),
    ...loose.map(printableLine),
  ];
  return screenText(
    {
      verdict: { mark: markOf(rows), text: conclusion(record) },
      blocks: [
        { text: [`${theorem}${scheduleText(asked)} on ${problem}`] },
        { lines: () => tableOf(rows, width, ...shown) },
        { lines: () => besideOwn(record, width) },
        {
          lines: () => notes.flatMap((note) => wrap(note, width - 2).map((line, i) => (i === 0 ? line : `  ${line}`))),
        },
        { lines: () => further },
      ],
      more: [],
      exitCode,
    },
    options,
  );
}

/** Good if every row holds, bad if one is violated. */
function markOf(rows: readonly BoundRow[]): Mark {
  if (rows.some(({ verdict }) => verdict === 'violated')) return 'bad';
  return rows.every(({ verdict }) => successVerdicts.includes(verdict)) ? 'good' : 'warn';
}

function scheduleText(schedule: string): string {
  if (schedule === ownSchedule) return '';
  return schedule === givenSchedule ? ' at given steps and mini-batches' : ` at its schedule ${schedule}`;
}

/** Whether the left side was estimated. */
function isSampled(row: BoundRow): boolean {
  return engineOf(row) === 'monte-carlo' && row.replicates > 1;
}

/**
 * The verdict in words, the problem, and the rows, one object for each T; of a theorem with probability 1 − δ `left` is P(left side > b), `threshold` b and `bound` δ. Every number is a plain JSON number; null means that a silent row has no value, or that the
 * end of an interval is infinite. `own` is the bound at the theorem's own schedule, if the row is at another one. Theorem 1 has L and one σ,
 * Theorem 2 a vector of L_i and one of σ_i.
 */
export function boundsJson(record: BoundsRecord): string {
  const entries = record.rows.map((row, i) => boundsEntry(record, row, record.own?.[i]));
  const found = { verdict: conclusion(record), problem: record.problem, rows: entries };
  return `${printableJson(JSON.stringify(found, plainNumber, 2))}\n`;
}

/** JSON.stringify writes NaN and infinite numbers as null; −0 has no meaning here. */
export function plainNumber(_key: string, value: unknown): unknown {
  return value === 0 ? 0 : value;
}

/** One row as a JSON object. */
export function boundsEntry(
  { theorem, schedule: asked, coordinatewise }: Pick<BoundsRecord, 'theorem' | 'schedule' | 'coordinatewise'>,
  row: BoundRow,
  own: BoundAtOwn | undefined,
): Record<string, unknown> {
  const silent = row.verdict === 'silent';
  const known = <Value>(value: Value | undefined): Value | null => (silent || value === undefined ? null : value);
  return {
    theorem,
    schedule: asked,
    iterations: row.iterations,
    step: known(row.step),
    miniBatch: known(row.miniBatch),
    engine: known(engineOf(row)),
    left: known(row.left),
    leftInterval: known(row.leftInterval),
    leftIntervalError: known(isSampled(row) ? intervalError : 0),
    bound: known(row.bound),
    ...(row.threshold !== undefined && { threshold: row.threshold }),
    sharpBound: known(row.sharpBound),
    ratio: known(row.left / row.bound),
    sharpRatio: known(row.sharpBound === undefined ? undefined : row.left / row.sharpBound),
    constants: constantsEntry(row, coordinatewise, known),
    verdict: row.verdict,
    reason: row.reason,
    replicates: row.replicates,
    detectable: known(row.detectable),
    familyCap: known(row.familyCap),
    seed: row.seed,
    reproduce: row.reproduce,
    own: own ?? null,
  };
}

/** The constants in the bound of the row's theorem. */
function constantsEntry(
  { constants }: BoundRow,
  coordinatewise: boolean,
  known: <Value>(value: Value | undefined) => Value | null,
): Record<string, unknown> {
  const { L, coordinateL, sigma, coordinateSigma, startObjective, infimumLower, infimumUpper } = constants;
  return {
    ...(coordinatewise ? { coordinateL: known(coordinateL) } : { L: known(L) }),
    sigma: known(coordinatewise ? coordinateSigma : sigma),
    startObjective: known(startObjective),
    infimumInterval: known(infimumLower === undefined ? undefined : [infimumLower, infimumUpper]),
  };
}
