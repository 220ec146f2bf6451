import { plural } from '../../claims/text.js';
import type { Worst, WorstRow } from '../../theory/proofs/search/worst.js';
import { type Fact, tableOf } from '../document.js';
import { formatNumber, formatOutwards } from '../wording/format-number.js';
import { printableJson } from '../wording/sanitize.js';
import { screenText, type TableOptions, type Verdict } from '../wording/screen.js';
import { markdownPage } from './markdown-blocks.js';

/** The answer of `signprox worst`, with the commands that go on from it. */
export interface WorstRecord extends Worst {
  /** Runs the function that attains the last value, with the bound that was found. */
  readonly again?: string;
  /** Files that were written. */
  readonly written: readonly string[];
}

const answers: Readonly<Record<Worst['answer'], string>> = {
  exact: 'exact for',
  enclosed: 'enclosed for',
  undecided: 'not found for every one of',
};

/** γL, once if it is the same for every T; none of a theorem without an L, whose values hold for every γ. */
function stepsOf(rows: readonly WorstRow[]): string {
  const steps = rows.flatMap(({ step }) => step ?? []);
  if (steps.length === 0) return '';
  return new Set(steps).size === 1 ? steps[0]! : steps.join(', ');
}

/** The number that a schedule fixes: γ in the unit that L has, or in that of ‖x⁰ − x*‖/M. */
const ofUnit = (unit: string): string => (unit.startsWith('M') ? 'γM/‖x⁰ − x*‖' : 'γL');

const stepText = (rows: readonly WorstRow[], unit: string): string =>
  stepsOf(rows) === '' ? '' : ` and ${ofUnit(unit)} = ${stepsOf(rows)}`;

/** What `worst` says in its first line. */
const worstVerdict = ({ theorem, answer, scope, left, unit, rows }: Worst): Verdict => ({
  mark: answer === 'exact' ? 'good' : 'warn',
  text: `${theorem}: the worst case of ${left} is ${answers[answer]} ${scope}${stepText(rows, unit)}`,
});

/** The value, or both of its ends. */
function valueText({ answer, lower, upper, ends }: WorstRow): string {
  if (answer === 'exact') return upper!;
  if (ends === undefined) return 'not found';
  if (lower === undefined) return `at most ${outwards(ends[1], 'up')}`;
  return `${outwards(ends[0], 'down')} … ${outwards(ends[1], 'up')}`;
}

/** Nine digits after the point, on the safe side. */
function outwards(value: number, towards: 'down' | 'up'): string {
  const [round, side] = towards === 'down' ? [Math.floor, -1] : [Math.ceil, 1];
  return String(round(value * 1e9 + side * value * 1e-6) / 1e9);
}

/** The gap between both ends. */
function howText({ answer, lower, ends }: WorstRow): string {
  if (answer === 'exact') return 'exact';
  if (lower === undefined || ends === undefined) return answer;
  return `enclosed, gap ${formatOutwards(ends[1] - ends[0], 'up')}`;
}

type Component = NonNullable<WorstRow['attained']>['instance']['problem']['functions'][number];

/** A nonsmooth r of one variable, as a formula. */
function kinkText({ type, ...given }: Component, x = 'x'): string {
  const { weight, shift, slope, inner, coefficients, lower, upper } = given as {
    readonly [name in 'weight' | 'lower' | 'upper']: number;
  } & { readonly [name in 'shift' | 'slope' | 'coefficients']: readonly number[] } & {
    readonly inner: Component;
  };
  const factor = (value: number) => (value === 1 ? '' : value === -1 ? '−' : `${value}`.replace('-', '−'));
  const added = (value: number) => `${value < 0 ? '−' : '+'} ${factor(Math.abs(value))}`;
  if (type === 'scaled') return `${given['factor']} (${kinkText(inner)})`;
  if (type === 'l1') return `${factor(weight)}|${x}|`;
  if (type === 'translated') return kinkText(inner, `x ${shift[0]! < 0 ? '+' : '−'} ${Math.abs(shift[0]!)}`);
  if (type === 'tilted') return `${kinkText(inner)} ${added(slope[0]!)}x`;
  if (type === 'linear') return `${factor(coefficients[0]!)}x`;
  return type === 'box' ? `the indicator of [${lower}, ${upper}]`.replaceAll('-', '−') : '0';
}

/** A function by the knots of its slope, and r beside it. */
function attainedText({ attained }: WorstRow): string {
  if (attained === undefined) return '–';
  const { smooth, functions } = attained.instance.problem;
  const [only] = functions;
  const { weight } = only as { readonly weight?: number };
  const isCurve = only!.type === 'squared-l2';
  const curved = isCurve ? ` plus ${weight === 1 ? '' : weight}x` : '';
  const { knots = [], slopes = [] } = smooth as {
    readonly knots?: readonly number[];
    readonly slopes?: readonly number[];
  };
  const beside = isCurve || only!.type === 'zero' ? '' : `, r = ${kinkText(only!)}`;
  const start = attained.instance.start[0];
  if (smooth.type === 'quadratic')
    return `curvatures ${(smooth['curvature'] as number[]).join(' and ')}, from ${attained.instance.start.join(', ')}`;
  if (smooth.type === 'zero' && beside !== '') return `d = 0${beside}, from ${start}`;
  if (knots.length > 4) return `${knots.length} knots of a slope${curved}${beside}, from ${start}`;
  return `slope ${slopes.join(', ')} at ${knots.join(', ')}${curved}${beside}, from ${start}`;
}

function factsOf({
  left,
  unit,
  class: functions,
  conjecture,
  certificate,
  rows,
  again,
  written,
  statement,
}: WorstRecord): Fact[] {
  const stages = certificate?.stages.length ?? 0;
  const steps = stepsOf(rows);
  const attained = rows.filter((row) => row.attained !== undefined);
  const engines = [...new Set(attained.map((row) => row.attained!.engine))];
  const spare = conjecture && conjecture.agrees.length - conjecture.determined;
  return [
    ['asked', statement],
    ['left side', left],
    ['multiple of', unit],
    ['class', functions],
    ...(steps === ''
      ? []
      : [
          [
            'step',
            `${ofUnit(unit)} = ${steps}, as the schedule gives it for every ${unit.startsWith('M') ? 'M' : 'L'} that was tried`,
          ] as const,
        ]),
    ...(conjecture === undefined
      ? []
      : [
          [
            'conjecture',
            `${conjecture.formula} for every T: a fit to ${conjecture.agrees.length} values, of which ${conjecture.determined} determine it and ${spare} agree${spare === 1 ? 's' : ''}; no proof`,
          ] as const,
        ]),
    [
      'checked',
      [
        `${plural(stages, 'certificate')} in rationals`,
        ...(attained.length === 0
          ? []
          : [`${plural(attained.length, 'function')} run in rationals and by the engine ${engines.join(', ')}`]),
      ].join('; '),
    ],
    ...(again === undefined ? [] : [['again', { code: again }] as const]),
    ...written.map((file, k) => [k === 0 ? 'written' : '', file] as const),
  ];
}

const columns = [
  { title: 'T', align: 'right' as const },
  { title: 'worst case' },
  { title: 'in decimals' },
  { title: 'known' },
  { title: 'attained by' },
];

const cellsOf = (row: WorstRow): string[] => [
  String(row.iterations),
  valueText(row),
  row.answer === 'exact' ? formatNumber(row.ends![1]) : '–',
  howText(row),
  attainedText(row),
];

/** The answer for a terminal. */
export const worstTable = (record: WorstRecord, options: TableOptions = {}, exitCode = 0): string =>
  screenText(
    {
      verdict: worstVerdict(record),
      blocks: [{ table: { columns, rows: record.rows.map(cellsOf) } }, { facts: factsOf(record) }],
      more: record.written.length > 0 ? [] : ['more: --out <directory>, --format json'],
      exitCode,
    },
    options,
  );

/** The same in Markdown. */
export const worstMarkdown = (record: WorstRecord): string =>
  markdownPage(worstVerdict(record).text, [
    tableOf(
      'the worst cases',
      columns.map(({ title }) => title),
      record.rows.map(cellsOf),
    ),
    { facts: factsOf(record) },
  ]);

/** Everything, certificates and problems included. */
export const worstJson = (record: WorstRecord): string =>
  `${printableJson(JSON.stringify({ verdict: worstVerdict(record).text, ...record }, undefined, 2))}\n`;
