import { mean } from 'simple-statistics';
import { tightestFound } from '../../claims/claim.js';
import type { BoundRow } from '../../claims/evidence.js';
import { refutingVerdicts, type Verdict } from '../../claims/verdict.js';
import { rateExponent } from '../../statistics/summaries.js';
import { boundRatio, successVerdicts } from '../record/outcome.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { formatCount, formatNumber } from '../wording/format-number.js';

/**
 * How the left side of a row is known: in rationals, or as the one run that there is without noise; between two ends that surely hold it; from below; or
 * as a mean of replicates, of which only an interval says something, with an error of `intervalError`.
 */
export type Kind = 'exact' | 'enclosed' | 'lower end' | 'interval';

const kinds: Readonly<Record<BoundRow['engine'], Kind>> = {
  enumeration: 'exact',
  moments: 'exact',
  deterministic: 'exact',
  lattice: 'enclosed',
  paths: 'enclosed',
  'monte-carlo': 'interval',
  cap: 'interval',
};

/** How the left side of a row is known. */
export function kindOf({ engine, leftInterval }: Pick<BoundRow, 'engine' | 'leftInterval'>): Kind {
  const kind = kinds[engine];
  return kind !== 'interval' && leftInterval[1] === Number.POSITIVE_INFINITY ? 'lower end' : kind;
}

/**
 * What surely, or for replicates nearly surely, holds left/bound. The bound of a row is that of the upper end of f(x⁰) − f*, and grows at most in proportion
 * to it. (From a minimiser the lower end is 0, and the upper end is rounding.)
 */
export function ratioInterval({
  leftInterval: [low, high],
  bound,
  constants: { gapLower, gapUpper = gapLower },
}: Pick<BoundRow, 'leftInterval' | 'bound' | 'constants'>): readonly [number, number] {
  const share = gapLower ? Number(gapLower) / Number(gapUpper) : 1;
  return [boundRatio({ left: low, bound }), boundRatio({ left: high, bound: bound * share })];
}

/** A column of the table of bound rows. */
export interface RowField {
  readonly heading: string;
  /** The meaning of the heading, for a tooltip or a legend. */
  readonly meaning: string;
  readonly align: 'left' | 'right';
  readonly code?: true;
  readonly text: (row: BoundRow) => string;
}

/** The cell of a value that a row does not state. */
const none = '–';
const optional = (value: number | undefined): string => (value === undefined ? none : formatNumber(value));

function number(heading: string, meaning: string, value: (row: BoundRow) => number | undefined): RowField {
  return { heading, meaning, align: 'right', text: (row) => optional(value(row)) };
}

function text(heading: string, meaning: string, value: (row: BoundRow) => string): RowField {
  return { heading, meaning, align: 'left', text: value };
}

/** All values of a row: the measured left side, the bound, how it was decided, and how to reproduce it. */
export const rowFields: readonly RowField[] = [
  { heading: 'T', meaning: 'iterations', align: 'right', text: (row) => formatCount(row.iterations) },
  text('verdict', 'what was decided about the row', (row) => (row.trivial ? `${row.verdict} (trivial)` : row.verdict)),
  number(
    'left',
    'mean of the replicates, or the exact left side; with probability 1 − δ: P(left side > b)',
    (row) => row.left,
  ),
  text(
    'interval',
    'encloses the left side: surely by an exact engine, by Monte Carlo except with probability 10⁻³; never used for the verdict',
    (row) => {
      return `[${row.leftInterval.map((end) => formatNumber(end)).join(', ')}]`;
    },
  ),
  number('bound b', 'right side of the theorem; with probability 1 − δ: δ, and the reason names b', (row) => row.bound),
  number('left / b', 'at most 1 when the theorem holds', boundRatio),
  number('sharp', 'bound of the sharpened theorem', (row) => row.sharpBound),
  number('left / sharp', 'at most 1 when the sharpened theorem holds', ({ left, sharpBound }) => {
    return sharpBound === undefined ? undefined : boundRatio({ left, bound: sharpBound });
  }),
  number('γ', 'step', (row) => row.step),
  number('B', 'mini-batch', (row) => row.miniBatch),
  text('engine', 'how the left side was computed', (row) => row.engine),
  number('n', 'replicates used', (row) => row.replicates),
  number(
    'log E violated',
    'e-process against E[X] ≤ b, or P(left side > b) ≤ δ; violated at log 1/α',
    (row) => row.logE?.violated,
  ),
  number(
    'log E holds',
    'e-process against E[X] ≥ b, or P(left side > b) ≥ δ; holds at log 1/α',
    (row) => row.logE?.holds,
  ),
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

/** A vector with one entry is shown as a number. */
const norms: Readonly<Record<string, string>> = { coordinateL: 'L', coordinateSigma: 'sigma' };

/** f(x⁰) and f* are shown beside f(x⁰) − f*, on which alone a bound depends. */
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

/** The columns of a table, and the fields that all rows share. */
export interface RowColumns {
  readonly columns: readonly RowField[];
  /** Fields with the same text in all rows, which is shown once. */
  readonly shared: readonly (readonly [RowField, string])[];
}

/** A table of bound rows, without columns that are empty or the same everywhere. T, verdict and left side always stay. */
export function rowColumns(rows: readonly BoundRow[]): RowColumns {
  const columns: RowField[] = [];
  const shared: (readonly [RowField, string])[] = [];
  rowFields.forEach((field, index) => {
    const texts = new Set(rows.map(field.text));
    const [only = none] = texts;
    if (index < 3 || texts.size > 1) columns.push(field);
    else if (only !== none) shared.push([field, only]);
  });
  return { columns, shared };
}

/**
 * The rows of `most` instances in their order: of those with a row that is not a success, and then of those that come nearest to their bounds.
 * A claim may have seventy instances, and a page has two hundred claims.
 */
export function nearestInstances(rows: readonly BoundRow[], most: number): [string, readonly BoundRow[]][] {
  const groups = [...byInstance(rows)];
  const failing = (group: readonly BoundRow[]): boolean =>
    group.some(({ verdict }) => !successVerdicts.includes(verdict));
  const nearest = groups.toSorted(
    ([, a], [, b]) => Number(failing(b)) - Number(failing(a)) || largestRatio(b) - largestRatio(a),
  );
  const chosen = new Set(nearest.slice(0, most));
  return groups.filter((group) => chosen.has(group));
}

/** A left side and a bound of 0 count as equal. */
const largestRatio = (rows: readonly BoundRow[]): number =>
  Math.max(...rows.map(({ left, bound }) => (left === bound ? 1 : left / bound)));

/** A power law left ≈ e^intercept · T^slope fitted to the rows of one instance. */
export interface RateFit {
  /** The rate exponent; both theorems promise a bound of exponent −1/2. */
  readonly slope: number;
  /** The fitted left side at T iterations. */
  at(iterations: number): number;
  /** Rows used: T > 0 and a positive finite left side. */
  readonly points: number;
}

/** The fields of a row that a fit needs. */
export type RatePoint = Pick<BoundRow, 'iterations' | 'left' | 'engine' | 'replicates'> &
  Partial<Pick<BoundRow, 'instance'>>;

/**
 * Least squares of log left on centred log T, every row with equal weight; undefined with fewer than three different T, which any line fits. Rows decided
 * by the cap without a replicate have no measured left side and are left out; so are those of a search, which are about different problems. It is
 * for display only: no verdict depends on it.
 */
export function fitRate(rows: readonly RatePoint[]): RateFit | undefined {
  const used = rows.filter((row) => {
    const measured = row.engine !== 'cap' || row.replicates > 0;
    return (
      measured && row.instance !== tightestFound && row.iterations > 0 && row.left > 0 && Number.isFinite(row.left)
    );
  });
  const slope = rateExponent(used);
  if (slope === undefined || new Set(used.map((row) => row.iterations)).size < 3) return undefined;
  // On centred abscissas the level of the least-squares line is the mean of the ordinates.
  const centre = mean(used.map((row) => Math.log(row.iterations)));
  const level = mean(used.map((row) => Math.log(row.left)));
  return { slope, points: used.length, at: (iterations) => Math.exp(level + slope * (Math.log(iterations) - centre)) };
}

/** How close a claim's left sides come to their bound, for each T. */
export interface SlackLine {
  readonly claim: ClaimRecord;
  /** T ↦ the largest left/bound over the instances, in the order of T. */
  readonly largest: ReadonlyMap<number, number>;
}

/** Slack of the claims that hold on every row: planted errors and counterexamples exceed their bounds on purpose. */
export function slackLines(record: RunRecord): readonly SlackLine[] {
  return record.claims.flatMap((claim) => {
    const { verdict, rows = [] } = claim.evidence;
    const holds = [verdict, ...rows.map((row) => row.verdict)].every((one) => successVerdicts.includes(one));
    return holds && rows.length > 0 ? [{ claim, largest: largestByIterations(rows) }] : [];
  });
}

/** All T of some lines, from the smallest. */
export function iterationsOf(lines: readonly SlackLine[]): readonly number[] {
  return [...new Set(lines.flatMap(({ largest }) => [...largest.keys()]))].sort((a, b) => a - b);
}

/** Lines about the same statement, in the order in which the statements appear. */
export function byStatement(lines: readonly SlackLine[]): ReadonlyMap<string, readonly SlackLine[]> {
  const groups = new Map<string, SlackLine[]>();
  for (const line of lines) {
    const statement = line.claim.source.equation ?? line.claim.source.section;
    groups.set(statement, [...(groups.get(statement) ?? []), line]);
  }
  return groups;
}

function largestByIterations(rows: NonNullable<ClaimRecord['evidence']['rows']>): Map<number, number> {
  const largest = new Map<number, number>();
  for (const row of rows) {
    const ratio = boundRatio(row);
    if (Number.isFinite(ratio)) largest.set(row.iterations, Math.max(ratio, largest.get(row.iterations) ?? 0));
  }
  return new Map([...largest].sort(([a], [b]) => a - b));
}

const refuting: readonly Verdict[] = refutingVerdicts;

/** How far a counterexample exceeds the bound that it refutes. */
export interface Refutation {
  readonly claim: ClaimRecord;
  /** The rows with a finite ratio, by instance. */
  readonly instances: ReadonlyMap<string, readonly BoundRow[]>;
}

/** The claims whose left sides exceed the bounds that they refute. */
export function refutations({ claims }: Pick<RunRecord, 'claims'>): Refutation[] {
  return claims.flatMap((claim) => {
    const { verdict, rows = [] } = claim.evidence;
    // If a bound is 0, no ratio can be drawn.
    const drawable = rows.filter((row) => row.iterations > 0 && Number.isFinite(boundRatio(row)));
    return refuting.includes(verdict) && drawable.length > 0 ? [{ claim, instances: byInstance(drawable) }] : [];
  });
}
