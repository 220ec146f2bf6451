import { isBuiltOfFunctions } from '../../claims/implementation/call.js';
import { methodNames } from '../../claims/implementation/implementation.js';
import { plural } from '../../claims/plural.js';
import { exitMeanings } from '../record/outcome.js';
import type { RunRecord } from '../record/run-record.js';
import { isFault, type SubjectsRecord } from '../record/subjects.js';

export type Subject = SubjectsRecord['subjects'][number];
type Verdict = Subject['verdict'];

/** One sign for each verdict, with a word in the legend. */
export const verdictSigns: Readonly<Record<Verdict, string>> = {
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

/** The signs that a run has, each with its meaning. */
export function legendOf(counts: SubjectsRecord['counts']): string[] {
  const met = legend.filter(([, verdicts]) => verdicts.some((verdict) => counts[verdict] !== undefined));
  return met.map(([sign, , meaning]) => `${sign} ${meaning}`);
}

/** Verdicts of what is told in a paragraph, in the order in which a maintainer mends them. */
const told: readonly Verdict[] = ['wrong', 'crashes', 'hangs', 'raises', 'not-finite', 'inaccurate', 'extreme'];

export function failedSubjects(subjects: readonly Subject[]): Subject[] {
  return told.flatMap((verdict) => subjects.filter((subject) => subject.verdict === verdict));
}

/** The subjects of one kind: a row for each name, with what was found about each of its methods. */
export interface SubjectGrid {
  readonly title: string;
  /** In the order of the columns. */
  readonly methods: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: ReadonlyMap<string, Subject> }[];
}

/** Methods in the order of the columns. */
const order: readonly string[] = ['prox', 'value', 'gradient', ...methodNames];

/** Functions by method, then what is asked of problems. */
export function subjectGrids(subjects: readonly Subject[]): SubjectGrid[] {
  const rows = new Map<string, Map<string, Subject>>();
  for (const subject of subjects) {
    const [method = '', name] = subject.subject.split(' of ');
    const key = name ?? 'every problem';
    const row = rows.get(key) ?? new Map<string, Subject>();
    row.set(method, subject);
    rows.set(key, row);
  }
  const isFunction = ([, row]: readonly [string, ReadonlyMap<string, Subject>]): boolean =>
    [...row.keys()].some((method) => ['prox', 'value', 'gradient'].includes(method));
  const named = [...rows];
  return [
    { title: 'function', own: named.filter(isFunction) },
    { title: 'algorithm', own: named.filter((row) => !isFunction(row)) },
  ]
    .filter(({ own }) => own.length > 0)
    .map(({ title, own }) => ({
      title,
      methods: [...new Set(own.flatMap(([, row]) => [...row.keys()]))].sort(
        (one, other) => order.indexOf(one) - order.indexOf(other),
      ),
      rows: own.map(([name, cells]) => ({ label: isBuiltOfFunctions(name) ? `${name} (wrapper)` : name, cells })),
    }));
}

const words: Partial<Record<Verdict, string>> = { 'not-finite': 'answers what is not finite' };

/** `inaccurate: 8 digits are right`, `raises (only at weight 0)`. */
export function severityText({ verdict, digits, extreme }: Subject): string {
  const accuracy = verdict === 'inaccurate' ? `: ${plural(digits ?? 0, 'digit')} are right` : '';
  return `${words[verdict] ?? verdict}${accuracy}${extreme === undefined ? '' : ` (only at ${extreme})`}`;
}

/** The claims that see a subject fail. */
export function seenBy({ cells }: Subject): string[] {
  return [...new Set(cells.filter(isFault).map(({ claim }) => claim))];
}

/** The command that judges again what a subject fails, by the first claim that sees it. */
export function reproduceCommand(subject: Subject, { claims }: RunRecord): string | undefined {
  const [first] = seenBy(subject);
  return claims.find(({ id }) => id === first)?.evidence.reproduce;
}

/** `mine 1.0.0: 11960 cases, depth quick, seed 1`. */
export function runText({ implementation, depth, seed }: RunRecord, subjects: readonly Subject[]): string {
  const cases = subjects.reduce((sum, subject) => sum + subject.cases, 0);
  return `${implementation.name} ${implementation.version}: ${plural(cases, 'case')}, depth ${depth}, seed ${seed}`;
}

/** `60 subjects: 59 right, 1 wrong`. */
export function countsText({ subjects, counts }: Pick<SubjectsRecord, 'subjects' | 'counts'>): string {
  const verdicts = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`);
  return `${plural(subjects.length, 'subject')}: ${verdicts.join(', ') || 'none was asked about'}`;
}

/** What the exit code says about the subjects. */
export function exitText(record: RunRecord, subjects: readonly Subject[]): string {
  const failing = failedSubjects(subjects).filter(
    ({ verdict, extreme }) => verdict !== 'extreme' && extreme === undefined,
  ).length;
  return record.exitCode === 1 && failing > 0
    ? `${plural(failing, 'subject')} ${failing === 1 ? 'fails' : 'fail'}`
    : exitMeanings[record.exitCode];
}

/** A line for all claims that were not applicable, with what they need, and one for what is declared and not judged; none where there is nothing such. */
export function inapplicableText({ claims }: RunRecord): string[] {
  // What is declared and no claim asks about must not be taken for judged.
  const unjudged = claims.filter(
    ({ id, evidence }) => id === 'declared-is-judged' && evidence.verdict === 'illustrated',
  );
  const told = unjudged.map(({ evidence }) => evidence.reason);
  const silent = claims.filter(({ outcome }) => outcome === 'n/a');
  if (silent.length === 0) return told;
  const missing = silent.flatMap(
    ({ evidence }) => /does not offer (.*)$/.exec(evidence.reason)?.[1]?.split(', ') ?? [],
  );
  const needed = [...new Set(missing)];
  const why = needed.length === 0 ? 'do not apply' : `need what is not offered: ${needed.join(', ')}`;
  return [`${plural(silent.length, 'claim')} ${why}`, ...told];
}
