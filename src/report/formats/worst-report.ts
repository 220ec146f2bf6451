import { plural } from '../../claims/text.js';
import type { Worst, WorstRow } from '../../theory/proofs/search/worst.js';
import { formatNumber, formatOutwards } from '../wording/format-number.js';
import { printableJson, printableLine } from '../wording/sanitize.js';
import { type Fact, screenText, type TableOptions, type Verdict } from '../wording/screen.js';

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

/** γL, once if it is the same for every T. */
function stepsOf(rows: readonly WorstRow[]): string {
  const steps = rows.map(({ step }) => step);
  return new Set(steps).size === 1 ? steps[0]! : steps.join(', ');
}

/** What `worst` says in its first line: γL is part of it, because the schedule is a program that was only tried. */
const worstVerdict = ({ theorem, answer, scope, left, rows, compared }: Worst): Verdict => ({
  mark: answer === 'exact' && compared === undefined ? 'good' : 'warn',
  text: `${theorem}: the worst case of ${left} is ${answers[answer]} ${scope} and γL = ${stepsOf(rows)}${
    compared === undefined
      ? ''
      : `, for ${compared.formula}; your code agrees in ${compared.trials} trials, which is no proof that it is this`
  }`,
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

/** A function by the knots of its slope. */
function attainedText({ attained }: WorstRow): string {
  if (attained === undefined) return '–';
  const { smooth, functions } = attained.instance.problem;
  const [{ weight } = {}] = functions as readonly { readonly weight?: number }[];
  const curved = weight === undefined ? '' : ` plus ${weight === 1 ? '' : weight}x`;
  const { knots = [], slopes = [] } = smooth as {
    readonly knots?: readonly number[];
    readonly slopes?: readonly number[];
  };
  const start = attained.instance.start[0];
  if (knots.length > 4) return `${knots.length} knots of a slope${curved}, from ${start}`;
  return `slope ${slopes.join(', ')} at ${knots.join(', ')}${curved}, from ${start}`;
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
  const attained = rows.filter((row) => row.attained !== undefined);
  const engines = [...new Set(attained.map((row) => row.attained!.engine))];
  const spare = conjecture && conjecture.agrees.length - conjecture.determined;
  return [
    ['asked', statement],
    ['left side', left],
    ['multiple of', unit],
    ['class', functions],
    ['step', `γL = ${stepsOf(rows)}, as the schedule gives it for every L that was tried`],
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
    ...(again === undefined ? [] : [['again', { copy: again }] as const]),
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
export function worstMarkdown(record: WorstRecord): string {
  const line = (cells: readonly string[]) => `| ${cells.map(printableLine).join(' | ')} |`;
  const table = [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...record.rows.map((row) => line(cellsOf(row))),
  ];
  const facts = factsOf(record).map(
    ([label, text]) =>
      `- ${label === '' ? '' : `**${label}** `}${printableLine(typeof text === 'string' ? text : text.copy)}`,
  );
  return `## ${printableLine(worstVerdict(record).text)}\n\n${table.join('\n')}\n\n${facts.join('\n')}\n`;
}

/** Everything, certificates and problems included. */
export const worstJson = (record: WorstRecord): string =>
  `${printableJson(JSON.stringify({ verdict: worstVerdict(record).text, ...record }, undefined, 2))}\n`;
