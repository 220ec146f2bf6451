import type { BoundRow } from '../../claims/evidence.js';
import { boundRatio } from '../record/bound-ratio.js';
import { formatCount, formatNumber } from './format-number.js';

/** A column of the table of bound rows. */
export interface RowField {
  readonly heading: string;
  /** What the heading means, for a tooltip or a legend. */
  readonly meaning: string;
  readonly align: 'left' | 'right';
  readonly code?: true;
  readonly text: (row: BoundRow) => string;
}

/** What stands where a row does not state something. */
export const none = '–';
const optional = (value: number | undefined): string => (value === undefined ? none : formatNumber(value));

function number(heading: string, meaning: string, value: (row: BoundRow) => number | undefined): RowField {
  return { heading, meaning, align: 'right', text: (row) => optional(value(row)) };
}

function text(heading: string, meaning: string, value: (row: BoundRow) => string): RowField {
  return { heading, meaning, align: 'left', text: value };
}

/** Everything that a row states: what was measured, against what, how it was decided and how to find it again. */
export const rowFields: readonly RowField[] = [
  { heading: 'T', meaning: 'iterations', align: 'right', text: (row) => formatCount(row.iterations) },
  text('verdict', 'what was decided about the row', (row) => (row.trivial ? `${row.verdict} (trivial)` : row.verdict)),
  number('left', 'mean of the replicates, or the exact left side', (row) => row.left),
  text(
    'interval',
    'encloses the left side: surely by an exact engine, by Monte Carlo but for a probability of 10⁻³; never used for the verdict',
    (row) => {
      return `[${row.leftInterval.map((end) => formatNumber(end)).join(', ')}]`;
    },
  ),
  number('bound b', 'right side of the theorem', (row) => row.bound),
  number('left / b', 'at most 1 when the theorem holds', boundRatio),
  number('sharp', 'bound of the sharpened theorem', (row) => row.sharpBound),
  number('left / sharp', 'at most 1 when the sharpened theorem holds', ({ left, sharpBound }) => {
    return sharpBound === undefined ? undefined : boundRatio({ left, bound: sharpBound });
  }),
  number('γ', 'step', (row) => row.step),
  number('B', 'mini-batch', (row) => row.miniBatch),
  text('engine', 'how the left side was computed', (row) => row.engine),
  number('n', 'replicates used', (row) => row.replicates),
  number('log E violated', 'e-process against E[X] ≤ b; violated at log 1/α', (row) => row.logE?.violated),
  number('log E holds', 'e-process against E[X] ≥ b; holds at log 1/α', (row) => row.logE?.holds),
  number('α', 'slot of the error budget', (row) => row.alpha),
  number('detectable', 'smallest mean that would have been found violated', (row) => {
    return row.detectable;
  }),
  number('U', 'anytime-valid upper bound of the mean when undecided', (row) => row.upper),
  text('assumption', 'what the decision rests on: cap M, second moment v, or none', (row) => {
    const assumption = row.assumption ?? none;
    if (row.familyCap !== undefined)
      return `${assumption}; detectable if no replicate exceeds ${formatNumber(row.familyCap)}`;
    return row.cap === undefined ? assumption : `${assumption}, M = ${formatNumber(row.cap)}`;
  }),
  text('constants', 'constants of the instance; what the gap is made of is in run.json', (row) => {
    return Object.entries(row.constants)
      .filter(([name]) => !partsOfGap.includes(name) || row.constants['gapUpper'] === undefined)
      .filter(
        ([name, value]) =>
          typeof value === 'number' || value.length > 1 || row.constants[norms[name] ?? ''] === undefined,
      )
      .map(([name, value]) => `${name} = ${typeof value === 'number' ? formatNumber(value) : vector(value)}`)
      .join(', ');
  }),
  text('reason', 'why this verdict', (row) => row.reason),
  { ...text('seed', 'seed of the run', (row) => row.seed), code: true },
  { ...text('reproduce', 'command that computes the row again', (row) => row.reproduce), code: true },
];

/** What a vector with one entry is the same as. */
const norms: Readonly<Record<string, string>> = { coordinateL: 'L', coordinateSigma: 'sigma' };

/** f(x⁰) and f* stand beside f(x⁰) − f*, which is all that a bound depends on. */
const partsOfGap = ['startObjective', 'infimumLower', 'infimumUpper'];

function vector(values: readonly number[]): string {
  const shown = values.slice(0, 8).map((value) => formatNumber(value));
  return `(${shown.join(', ')}${values.length > 8 ? ', …' : ''})`;
}

/** Rows of one instance, in the order in which instances appear. */
export function byInstance(rows: readonly BoundRow[]): ReadonlyMap<string, readonly BoundRow[]> {
  const groups = new Map<string, BoundRow[]>();
  for (const row of rows) {
    const group = groups.get(row.instance);
    if (group === undefined) groups.set(row.instance, [row]);
    else group.push(row);
  }
  return groups;
}
