import { isBuiltOfFunctions } from '../../claims/implementation/call.js';
import { methodNames } from '../../claims/implementation/implementation.js';
import { plural } from '../../claims/plural.js';
import { exitMeanings } from '../record/outcome.js';
import type { RunRecord } from '../record/run-record.js';
import { type SubjectsRecord, subjectsOf } from '../record/subjects.js';
import { printableLine } from '../wording/sanitize.js';
import { reportWidth, textTable, wrap } from '../wording/terminal-text.js';
import type { TableOptions } from './ledger-table.js';

type Subject = SubjectsRecord['subjects'][number];
type Verdict = Subject['verdict'];

/** One sign for each verdict, with a word in the legend. */
const signs: Readonly<Record<Verdict, string>> = {
  right: '✓',
  wrong: '✗',
  inaccurate: '≈',
  extreme: '∧',
  raises: '!',
  crashes: '!',
  hangs: '!',
  'not-finite': '!',
  thin: '(✓)',
  follows: '↳',
  'not-offered': '–',
};

const legend: readonly (readonly [sign: string, verdicts: readonly Verdict[], meaning: string])[] = [
  ['✓', ['right'], 'right'],
  ['(✓)', ['thin'], 'right as far as it was answered'],
  ['✗', ['wrong'], 'wrong'],
  ['≈', ['inaccurate'], 'loses digits'],
  ['∧', ['extreme'], 'fails only for extreme questions'],
  ['!', ['raises', 'crashes', 'hangs', 'not-finite'], 'does not answer'],
  ['↳', ['follows'], 'follows from another'],
  ['–', ['not-offered'], 'not offered'],
];

/** Verdicts of what is told in a paragraph, in the order in which a maintainer mends them. */
const told: readonly Verdict[] = ['wrong', 'crashes', 'hangs', 'raises', 'not-finite', 'inaccurate', 'extreme'];

/**
 * A run by what was asked about, for a terminal: the table of subjects, a paragraph for each that fails, and what came of all. Where nothing
 * fails, three lines.
 */
export function subjectTable(record: RunRecord, { width: given }: TableOptions = {}): string {
  const width = reportWidth(given);
  const { subjects, counts } = subjectsOf(record);
  const failed = told.flatMap((verdict) => subjects.filter((subject) => subject.verdict === verdict));
  const others = record.claims.filter(
    ({ outcome, evidence }) => troubles.includes(outcome) && evidence.cells === undefined,
  );
  const verdicts = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`);
  const { implementation, depth, seed } = record;
  const cases = subjects.reduce((sum, subject) => sum + subject.cases, 0);
  const failing = failed.filter(({ verdict, extreme }) => verdict !== 'extreme' && extreme === undefined).length;
  const meaning =
    record.exitCode === 1 && failing > 0
      ? `${plural(failing, 'subject')} ${failing === 1 ? 'fails' : 'fail'}`
      : exitMeanings[record.exitCode];
  const ending = [
    ...wrap(
      printableLine(
        `${implementation.name} ${implementation.version}: ${plural(cases, 'case')}, depth ${depth}, seed ${seed}`,
      ),
      width,
    ),
    ...wrap(`${plural(subjects.length, 'subject')}: ${verdicts.join(', ') || 'none was asked about'}`, width),
    ...inapplicable(record, width),
    ...wrap(`exit ${record.exitCode}: ${meaning}`, width),
  ];
  if (failed.length === 0 && others.length === 0 && counts.thin === undefined) return `${ending.join('\n')}\n`;
  return `${[
    ...tables(subjects, width),
    ...legendLines(counts, width),
    ...failed.flatMap((subject) => ['', ...paragraph(subject, record, width)]),
    ...others.flatMap(({ id, outcome, evidence }) => [
      '',
      ...wrap(printableLine(`${id}: ${outcome}: ${evidence.failure?.message ?? evidence.reason}`), width),
      `  reproduce: ${printableLine(evidence.reproduce)}`,
    ]),
    '',
    ...ending,
  ].join('\n')}\n`;
}

const troubles: readonly string[] = ['fail', 'error', 'timeout', 'crash', 'protocol', 'suite-error', 'xpass'];

/** Methods in the order of the columns. */
const order: readonly string[] = ['prox', 'value', 'gradient', ...methodNames];

/** Functions by method, then what is asked of problems. */
function tables(subjects: readonly Subject[], width: number): string[] {
  const rows = new Map<string, Map<string, Verdict>>();
  for (const { subject, verdict } of subjects) {
    const [method = '', name] = subject.split(' of ');
    const key = name ?? 'every problem';
    const row = rows.get(key) ?? new Map<string, Verdict>();
    row.set(method, verdict);
    rows.set(key, row);
  }
  const methodsOf = (names: readonly string[]) => [...new Set(names.flatMap((name) => [...rows.get(name)!.keys()]))];
  const named = [...rows.keys()];
  const isFunction = (name: string): boolean =>
    [...rows.get(name)!.keys()].some((method) => ['prox', 'value', 'gradient'].includes(method));
  return [named.filter(isFunction), named.filter((name) => !isFunction(name))].flatMap((names, j) => {
    if (names.length === 0) return [];
    const methods = methodsOf(names).sort((one, other) => order.indexOf(one) - order.indexOf(other));
    const { head, rows: lines } = textTable(
      [{ title: j === 0 ? 'function' : 'algorithm' }, ...methods.map((title) => ({ title }))],
      names.map((name) => [
        isBuiltOfFunctions(name) ? `${printableLine(name)} (wrapper)` : printableLine(name),
        ...methods.map((method) => {
          const verdict = rows.get(name)!.get(method);
          return verdict === undefined ? '' : signs[verdict];
        }),
      ]),
      width,
    );
    return [...(j > 0 && named.some(isFunction) ? [''] : []), ...head, ...lines.flat()];
  });
}

function legendLines(counts: SubjectsRecord['counts'], width: number): string[] {
  const met = legend.filter(([, verdicts]) => verdicts.some((verdict) => counts[verdict] !== undefined));
  return wrap(met.map(([sign, , meaning]) => `${sign} ${meaning}`).join('   '), width);
}

const words: Partial<Record<Verdict, string>> = { 'not-finite': 'answers what is not finite' };

function paragraph(
  { subject, verdict, digits, extreme, counterexample, cells }: Subject,
  record: RunRecord,
  width: number,
) {
  const failing = cells
    .filter(({ outcome }) => !['right', 'thin', 'follows'].includes(outcome))
    .map(({ claim }) => claim);
  const accuracy = verdict === 'inaccurate' ? `: ${plural(digits ?? 0, 'digit')} are right` : '';
  const where = extreme === undefined ? '' : ` (only at ${extreme})`;
  const replay = record.claims.find(({ id }) => id === failing[0])?.evidence.reproduce;
  return [
    ...wrap(printableLine(`${subject}: ${words[verdict] ?? verdict}${accuracy}${where}`), width),
    ...wrap(printableLine(counterexample ?? ''), width - 2).map((line) => `  ${line}`),
    ...wrap(printableLine(`seen by ${failing.join(', ')}`), width - 2).map((line) => `  ${line}`),
    // Not wrapped: a command is there to be copied.
    ...(replay === undefined ? [] : [`  reproduce: ${printableLine(replay)}`]),
  ];
}

/** One line for all claims that were not applicable, with what they need. */
function inapplicable({ claims }: RunRecord, width: number): string[] {
  const silent = claims.filter(({ outcome }) => outcome === 'n/a');
  if (silent.length === 0) return [];
  const missing = silent.flatMap(
    ({ evidence }) => /does not offer (.*)$/.exec(evidence.reason)?.[1]?.split(', ') ?? [],
  );
  const needed = [...new Set(missing)];
  const why = needed.length === 0 ? 'do not apply' : `need what is not offered: ${needed.join(', ')}`;
  return wrap(printableLine(`${plural(silent.length, 'claim')} ${why}`), width);
}
