import type { Asked } from '../../claims/asked.js';
import { refusingThemselves } from '../../claims/subject-verdicts.js';
import type { RunRecord } from '../record/run-record.js';
import type { SubjectRecord } from '../record/subjects.js';
import { formatNumber, formatPower } from '../wording/format-number.js';

type Described = RunRecord['implementation'];
type Numbers = Asked['numbers'][string];

/** Names that have a place of their own in the line; the others are parameters. */
const places = [
  'γ',
  'components',
  'B',
  'workers',
  'T',
  'long T',
  'draws',
  'n',
  'long n',
  'x',
  'schedule',
  'd',
  'r_k',
  'variant',
];

/** Most words that are named; of more there is only the number. */
const mostWords = 4;

/** The dtype of the numbers that were asked, and beside it that of what is not asked for. */
function dtypeText(subject: string, { dtype, computeDtype, stateDtype, statefulAlgorithms = [] }: Described): string {
  const [method, about] = subject.split(' of ');
  if (method === 'prox' && computeDtype !== undefined) return `${dtype}, computed in ${computeDtype}`;
  const hasMemory = statefulAlgorithms.some((algorithm) => algorithm === about);
  return hasMemory && stateDtype !== undefined ? `${dtype}, memory in ${stateDtype}` : dtype;
}

/**
 * What the judged cases asked about a subject, in one line: `γ 0.1 to 3.5, constant and decaying; momentum 0, 0.5, 0.9; f64; n 1, 2; entries 0 …`;
 * undefined if nothing was asked, or nobody kept what.
 */
export function askedText({ asked, subject }: SubjectRecord, described: Described): string | undefined {
  if (asked === undefined) return undefined;
  const { numbers, words } = asked;
  const said = (name: string, as = name): string[] => (numbers[name] ? [`${as} ${numbersText(numbers[name])}`] : []);
  const named = (name: string, of: string): string[] => (words[name] ? [wordsText(name, words[name], of)] : []);
  const isParameter = ([name]: readonly [string, unknown]): boolean => !places.includes(name);
  const steps = [...said('γ'), ...(words['schedule'] ? [listed(words['schedule'])] : [])];
  const sizes = (name: string): string[] => {
    const texts = [name, `long ${name}`].flatMap((each) => (numbers[each] ? [numbersText(numbers[each])] : []));
    return texts.length > 0 ? [`${name} ${texts.join(', ')}`] : [];
  };
  return [
    ...(steps.length > 0 ? [steps.join(', ')] : []),
    ...Object.keys(Object.fromEntries(Object.entries(numbers).filter(isParameter))).flatMap((name) => said(name)),
    ...Object.entries(words)
      .filter(isParameter)
      .map(([name, own]) => wordsText(name, own, own.some((word) => word.includes(' × ')) ? 'shapes' : 'types')),
    ...named('d', 'types'),
    ...named('r_k', 'types'),
    ...['components', 'B', 'workers'].flatMap((name) => said(name)),
    ...sizes('T'),
    ...said('draws'),
    dtypeText(subject, described),
    ...sizes('n'),
    ...said('x', 'entries'),
    ...(numbers['x'] ? specialsText(numbers['x']) : []),
    ...(words['variant'] ? [`variants ${words['variant'].join(', ')}`] : []),
  ].join('; ');
}

/**
 * What was asked at most of all right subjects together: `up to 1000 entries, γ from 2⁻¹⁰ to 2¹⁰; ±∞ and NaN not asked`; undefined if nobody kept
 * what was asked.
 */
export function coverText(subjects: readonly SubjectRecord[]): string | undefined {
  const asked = subjects.flatMap(({ asked: own }) => own ?? []);
  if (asked.length === 0) return undefined;
  const sizes = (...names: readonly string[]): number[] =>
    asked.flatMap(({ numbers }) =>
      names.flatMap((name) => {
        const { values, from, to } = numbers[name] ?? {};
        return values ?? (from === undefined ? [] : [from, to!]);
      }),
    );
  const [entries, steps] = [sizes('n', 'long n'), sizes('γ')];
  const entrywise = asked.flatMap(({ numbers }) => (numbers['x'] ? [missingSpecials(numbers['x'])] : []));
  const never = (entrywise[0] ?? []).filter((special) => entrywise.every((missing) => missing.includes(special)));
  const said = [
    ...(entries.length === 0 ? [] : [`up to ${formatNumber(Math.max(...entries))} entries`]),
    ...(steps.length === 0 ? [] : [`γ from ${numberText(Math.min(...steps))} to ${numberText(Math.max(...steps))}`]),
  ].join(', ');
  const text = [...(said === '' ? [] : [said]), ...(never.length === 0 ? [] : [`${listed(never)} not asked`])].join(
    '; ',
  );
  return text === '' ? undefined : text;
}

/** Special values of an entry that nothing asked: `−0, ±∞, NaN not asked`. */
function specialsText(numbers: Numbers): string[] {
  const missing = missingSpecials(numbers);
  return missing.length === 0 ? [] : [`${missing.join(', ')} not asked`];
}

function missingSpecials({ also = [] }: Numbers): string[] {
  const [plus, minus] = [also.includes('∞'), also.includes('−∞')];
  return [
    ...(also.includes('−0') ? [] : ['−0']),
    ...(plus || minus ? [] : ['±∞']),
    ...(plus && !minus ? ['−∞'] : []),
    ...(minus && !plus ? ['∞'] : []),
    ...(also.includes('NaN') ? [] : ['NaN']),
  ];
}

function wordsText(name: string, words: readonly string[], of: string): string {
  const isSwitch = words.every((word) => word === 'on' || word === 'off');
  if (isSwitch) return `${name} ${listed(words.toSorted().toReversed())}`;
  if (words.length <= mostWords) return `${name} ${words.join(', ')}`;
  return name === 'shape' ? `${words.length} shapes` : `${name} of ${words.length} ${of}`;
}

/** `0, 0.5, 0.9`, `1 to 4`, `0 and 2⁻¹⁰ to 96`, `0, −0 and ±2⁻⁴⁰ to ±2³⁸`. */
function numbersText({ values, from, to, also = [] }: Numbers): string {
  const special = also.filter((sign) => sign !== 'negative' && !(values && sign === '0'));
  if (values) {
    // A 0 that is −0 alone is named as such.
    const own = also.includes('−0') && !also.includes('0') ? values.filter((value) => value !== 0) : values;
    const isRun = own.length > 2 && own.every((value, i) => Number.isInteger(value) && value === own[0]! + i);
    const shown = isRun ? [`${own[0]} to ${own.at(-1)}`] : own.map(numberText);
    return [...shown, ...special].join(', ');
  }
  const sign = also.includes('negative') ? '±' : '';
  const range = `${sign}${numberText(from!)} to ${sign}${numberText(to!)}`;
  return special.length === 0 ? range : `${special.join(', ')} and ${range}`;
}

/** Sizes of powers of two that are easier to read as powers. */
const [small, large] = [-5, 10] as const;

function numberText(value: number): string {
  const exponent = Math.log2(Math.abs(value));
  const isPower =
    Number.isInteger(exponent) && 2 ** exponent === Math.abs(value) && (exponent <= small || exponent >= large);
  return isPower ? `${value < 0 ? '−' : ''}${formatPower(2, exponent)}` : formatNumber(value);
}

/** `one`, `one and two`, `one, two and three`. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Most things that are named in a line, and most of one method that are named one by one. */
const [mostNamed, mostOfMethod] = [8, 3] as const;

/** What is declared and was not asked, was refused, or asked in part only: what the exit code says nothing about. Undefined if there is none. */
export function leftText(subjects: readonly SubjectRecord[]): string | undefined {
  const unasked = subjects.filter(({ verdict }) => verdict === 'not-asked');
  const refused = subjects.filter(({ verdict, why }) => verdict === 'not-offered' && why !== undefined);
  const partly = refusingThemselves(subjects.filter(({ refused: some }) => some !== undefined)).filter(
    ({ cases }) => cases > 0,
  );
  const thin = subjects.filter(({ verdict, refused: some }) => verdict === 'thin' && some === undefined);
  const clauses = [
    ...[...new Set(unasked.map(({ why }) => why!))].map((why) => {
      return [`declared and not asked (${why})`, unasked.filter((subject) => subject.why === why)] as const;
    }),
    ['declared and refused', refused] as const,
    ['valid questions refused', partly] as const,
    ['asked in part', thin] as const,
  ];
  const told = clauses.filter(([, own]) => own.length > 0).map(([said, own]) => `${said}: ${namesText(own)}`);
  return told.length === 0 ? undefined : told.join('; ');
}

/** `prox of huber, step of 15 algorithms, variant fused and 3 more`. */
function namesText(subjects: readonly SubjectRecord[]): string {
  const names = subjects.map(({ subject }) => subject);
  const methodOf = (name: string): string => /^(prox|value|gradient|step|run) of /.exec(name)?.[0] ?? name;
  const shown = [...new Set(names.map(methodOf))].flatMap((method) => {
    const own = names.filter((name) => methodOf(name) === method);
    const what = /^(step|run) of /.test(method) ? 'algorithms' : 'functions';
    return own.length > mostOfMethod
      ? [{ text: `${method}${own.length} ${what}`, count: own.length }]
      : own.map((text) => ({ text, count: 1 }));
  });
  const more = shown.slice(mostNamed).reduce((sum, { count }) => sum + count, 0);
  const text = shown
    .slice(0, mostNamed)
    .map((each) => each.text)
    .join(', ');
  return more === 0 ? text : `${text} and ${more} more`;
}
