import { isBuiltOfFunctions } from '../../claims/implementation/call.js';
import { methodNames } from '../../claims/implementation/implementation.js';
import { refusingThemselves } from '../../claims/subject-verdicts.js';
import { plural } from '../../claims/text.js';
import { silentKinds } from '../../claims/verdict.js';
import { exitMeanings, failingOutcomes } from '../record/outcome.js';
import { theoremName } from '../record/paper-sections.js';
import type { RunRecord } from '../record/run-record.js';
import { isFault, type SubjectsRecord, subjectsOf } from '../record/subjects.js';
import { leftText } from './asked.js';

export type Subject = SubjectsRecord['subjects'][number];
type Verdict = Subject['verdict'];

/** One sign for each verdict, with a word in the legend. */
const verdictSigns: Readonly<Record<Verdict, string>> = {
  right: '✓',
  wrong: '✗',
  inaccurate: '≈',
  extreme: '∧',
  raises: '!',
  crashes: '!',
  hangs: '!',
  garbled: '!',
  nondeterministic: '!',
  'not-finite': '!',
  thin: '(✓)',
  follows: '↳',
  refuses: '?',
  'not-offered': '–',
  'not-asked': '○',
};

const legend: readonly (readonly [sign: string, verdicts: readonly Verdict[], meaning: string])[] = [
  ['✓', ['right'], 'right'],
  ['(✓)', ['thin'], 'right as far as it was answered'],
  ['✗', ['wrong'], 'wrong'],
  ['≈', ['inaccurate'], 'loses digits'],
  ['∧', ['extreme'], 'fails only for extreme questions'],
  ['!', [...silentKinds, 'not-finite'], 'does not answer'],
  ['↳', ['follows'], 'follows from another'],
  ['?', ['refuses'], 'declared, and refuses every question'],
  ['○', ['not-asked'], 'declared, and not asked'],
  ['–', ['not-offered'], 'not offered'],
];

/** The sign of a subject, in parentheses if its failures are known. */
export function signOf({ verdict, known }: Pick<Subject, 'verdict' | 'known'>): string {
  return known ? `(${verdictSigns[verdict]})` : verdictSigns[verdict];
}

/** The signs that a run has, each with its meaning. */
export function legendOf(subjects: readonly Pick<Subject, 'verdict' | 'known'>[]): string[] {
  const met = (declared: boolean): string[] => {
    const verdicts = new Set(
      subjects.filter(({ known }) => (known ?? false) === declared).map(({ verdict }) => verdict),
    );
    const rows = legend.filter(([, own]) => own.some((verdict) => verdicts.has(verdict)));
    return rows.map(([sign, , meaning]) => (declared ? `(${sign}) ${meaning}, as declared` : `${sign} ${meaning}`));
  };
  return [...met(false), ...met(true)];
}

/** Verdicts of subjects that get a paragraph, in the order in which a maintainer fixes them. */
const told: readonly Verdict[] = ['wrong', ...silentKinds, 'not-finite', 'inaccurate', 'extreme'];

/** Subjects with a failure that is not known. */
export function failedSubjects(subjects: readonly Subject[]): Subject[] {
  return told.flatMap((verdict) => subjects.filter((subject) => subject.verdict === verdict && !subject.known));
}

/** A line for each subject whose failures are all known: the failures, and their reasons. */
export function knownLines(subjects: readonly Subject[]): string[] {
  return subjects
    .filter(({ known }) => known)
    .map((subject) => {
      const [reason, ...others] = new Set(subject.cells.flatMap(({ known }) => known ?? []));
      const more = others.length > 0 ? `; ${plural(others.length, 'other reason')}` : '';
      return `${subject.subject}: ${severityText(subject)}, as declared: ${reason}${more}`;
    });
}

/** Most subjects that are named one by one for what they refuse. */
const mostRefusing = 5;

/** A line for each subject that refuses valid questions by itself: how many, and the simplest; those with the shortest question come first. */
export function refusalLines(subjects: readonly Subject[]): string[] {
  const refusing = subjects.flatMap(({ subject, cases, refused }) =>
    refused === undefined ? [] : [{ subject, cases, ...refused }],
  );
  if (refusing.length === 0) return [];
  const lines = refusingThemselves(refusing)
    .toSorted((one, other) => one.text.length - other.text.length)
    .map(({ subject, cases, count, text }) => {
      const share =
        cases === 0 ? `all ${plural(count, 'valid question')}` : `${count} of ${plural(cases + count, 'case')}`;
      return `${subject} refuses ${share}, and nothing declares that: ${text}`;
    });
  const more = lines.length - mostRefusing;
  return [
    ...lines.slice(0, mostRefusing),
    ...(more > 0 ? [`and ${more} more: run.json has what each refuses`] : []),
    'answer these, or declare what is not offered (docs/guard-declarations.md#restrictions): with --strict they are failures',
  ];
}

/** Whether a claim fails only because known failures pass. */
export const isFixed = ({ outcome, knownCells = {} }: RunRecord['claims'][number]): boolean =>
  outcome === 'xpass' && Object.values(knownCells).some(({ holds }) => holds);

/** A line for each subject with a known failure that passes: the entries to delete from the list. */
export function fixedLines({ claims }: RunRecord): string[] {
  const entries = claims.flatMap(({ id, knownCells = {} }) =>
    Object.entries(knownCells).map(([subject, cell]) => ({ id, subject, ...cell })),
  );
  const fixed = entries.filter(({ holds }) => holds);
  return [...new Set(fixed.map(({ subject }) => subject))].map((name) => {
    const own = fixed.filter(({ subject }) => subject === name);
    const isWhole = entries.every(({ subject, holds }) => subject !== name || holds);
    const where = isWhole ? '' : ` in ${own.map(({ id }) => id).join(', ')}`;
    const which =
      own.length === 1 ? `${isWhole ? 'its' : 'that'} entry` : `${isWhole ? 'its' : 'those'} ${own.length} entries`;
    return `${name} holds now${where}: delete ${which}`;
  });
}

/** The subjects of one kind: a row for each name, with the results of each of its methods. */
export interface SubjectGrid {
  readonly title: string;
  /** In the order of the columns. */
  readonly methods: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: ReadonlyMap<string, Subject> }[];
}

/** Methods in the order of the columns. */
const order: readonly string[] = ['prox', 'value', 'gradient', ...methodNames];

/** Each of some methods once, in the order of the columns. */
export function inMethodOrder(methods: readonly string[]): string[] {
  return [...new Set(methods)].sort((one, other) => order.indexOf(one) - order.indexOf(other));
}

/** The column of the operators, which have no methods: they are asked of every problem. */
const answer = 'answer';

/** The column of what is declared beside functions, algorithms and operators: a row of it stands only where it was not asked. */
const asking = 'asked';

/** Functions and algorithms by method, operators, and what else is declared. */
export function subjectGrids(subjects: readonly Subject[]): SubjectGrid[] {
  const grids = new Map<string, Map<string, Map<string, Subject>>>(
    ['function', 'algorithm', 'operator', 'declared'].map((title) => [title, new Map()]),
  );
  for (const subject of subjects) {
    const { title, label, column } = placeOf(subject.subject);
    const rows = grids.get(title)!;
    const row = rows.get(label) ?? new Map<string, Subject>();
    row.set(column, subject);
    rows.set(label, row);
  }
  return [...grids]
    .filter(([, rows]) => rows.size > 0)
    .map(([title, rows]) => ({
      title,
      methods: inMethodOrder([...rows.values()].flatMap((row) => [...row.keys()])),
      rows: [...rows].map(([name, cells]) => ({ label: isBuiltOfFunctions(name) ? `${name} (wrapper)` : name, cells })),
    }));
}

/** The grid of a subject, with its row and its column. */
function placeOf(subject: string): Readonly<Record<'title' | 'label' | 'column', string>> {
  const [method = '', name] = subject.split(' of ');
  if (!order.includes(method)) return { title: 'declared', label: subject, column: asking };
  if (name === undefined) return { title: 'operator', label: method, column: answer };
  const isFunction = ['prox', 'value', 'gradient'].includes(method);
  return { title: isFunction ? 'function' : 'algorithm', label: name, column: method };
}

const words: Partial<Record<Verdict, string>> = { 'not-finite': 'answers what is not finite' };

/** `inaccurate: 8 digits are right`, `raises (only at weight 0)`. */
export function severityText({ verdict, digits, extreme }: Subject): string {
  const accuracy = verdict === 'inaccurate' ? `: ${plural(digits ?? 0, 'digit')} are right` : '';
  return `${words[verdict] ?? verdict}${accuracy}${extreme === undefined ? '' : ` (only at ${extreme})`}`;
}

/** Digits that single precision leaves after a few roundings; more than 8 it never has. */
const ofSingle = 6;

/** What else a user may try; undefined for most verdicts. */
export function adviceText(
  { subject, verdict, digits = 0, advice }: Subject,
  { dtype }: Pick<RunRecord['implementation'], 'dtype'>,
): string | undefined {
  if (verdict === 'hangs') return 'if a call first loads or compiles something, give it time: --timeout 60s';
  if (advice !== undefined || (verdict !== 'inaccurate' && (verdict !== 'wrong' || digits < ofSingle))) return advice;
  const [, type] = /^prox of (.+)$/.exec(subject) ?? [];
  const ways = [
    ...(dtype === 'f64' && digits >= ofSingle && digits < 9 ? ['"dtype": "f32" for single precision'] : []),
    ...(type === undefined ? [] : [`"accuracy": {"${type}": 1e-${digits}} for an iteration that stops there`]),
  ];
  if (ways.length === 0) return undefined;
  return `right to ${plural(digits, 'digit')}: if it promises no more, declare that in hello or by --declare: ${ways.join(', ')}`;
}

/** The claims that see a subject fail; if some failures are not known, only those claims. */
export function seenBy({ cells }: Subject): string[] {
  const faulty = cells.filter(isFault);
  const news = faulty.filter(({ known }) => known === undefined);
  return [...new Set((news.length > 0 ? news : faulty).map(({ claim }) => claim))];
}

/** The command that shows the counterexample of a subject again: its saved case if there is one, else the claim that sees it. */
export function reproduceCommand(subject: Subject, { claims }: RunRecord): string | undefined {
  const shown = subject.cells.find(({ counterexample }) => counterexample === subject.counterexample)?.claim;
  const ids = seenBy(subject).toSorted((one, other) => Number(other === shown) - Number(one === shown));
  const seen = ids.flatMap((id) => claims.find((claim) => claim.id === id) ?? []);
  const replay = seen.flatMap((claim) => claim.replay?.[subject.subject] ?? []);
  return replay[0] ?? seen[0]?.evidence.reproduce;
}

/** Functions whose points are symmetric matrices; the others are asked about only if it is declared what they then answer. */
export const ofSymmetricMatrices: readonly string[] = ['psd-cone'];

/** Subjects that are not offered, so no question about them was refused or is missing. */
export function notAsked({
  restrictions = {},
  functions = [],
  nonsymmetric,
}: Partial<RunRecord['implementation']>): string | undefined {
  const { positiveWeights, oneDraw, isotropic, equalGroups, constantStep, inner = {} } = restrictions;
  const { withoutHyperparameters = [], fixedHyperparameters = {}, leastShape } = restrictions;
  const parameters = Array.isArray(isotropic) ? isotropic.join(' or ') : 'any parameter';
  const isIsotropic = Array.isArray(isotropic) ? isotropic.length > 0 : isotropic === true;
  const named = [
    ...(positiveWeights === true ? ['weights of 0'] : []),
    ...(oneDraw === true ? ['mini-batches of more than one draw'] : []),
    ...(isIsotropic ? [`a number for each entry in ${parameters}`] : []),
    ...(equalGroups === true ? ['groups of unequal sizes'] : []),
    ...(constantStep === true ? ['a γ that changes within a run'] : []),
    ...Object.entries(inner).map(([outer, types]) => `${outer} of anything but ${types.join(', ')}`),
    ...(leastShape === undefined ? [] : [`matrices with fewer than ${leastShape} rows or columns`]),
    ...withoutHyperparameters,
    ...Object.entries(fixedHyperparameters).map(([name, value]) => `${name} other than ${value}`),
    ...(nonsymmetric === undefined ? ofSymmetricMatrices : [])
      .filter((type) => functions.includes(type))
      .map((type) => `${type} at matrices that are not symmetric`),
  ];
  return named.length === 0 ? undefined : named.join(', ');
}

/** Subjects by verdict, in the order of the signs. */
export function orderedCounts(counts: SubjectsRecord['counts']): (readonly [verdict: Verdict, count: number])[] {
  return (Object.keys(verdictSigns) as Verdict[]).flatMap((verdict) => {
    const count = counts[verdict];
    return count === undefined ? [] : [[verdict, count] as const];
  });
}

/** `60 subjects: 59 right, 1 wrong`. */
export function countsText({ subjects, counts }: Pick<SubjectsRecord, 'subjects' | 'counts'>): string {
  const verdicts = orderedCounts(counts).map(([verdict, count]) => `${count} ${verdict}`);
  return `${plural(subjects.length, 'subject')}: ${verdicts.join(', ') || 'none was asked about'}`;
}

/** Subjects that are declared but never answered: `every question about huber and lion was refused`. */
function refusedText(subjects: readonly Subject[]): string | undefined {
  const names = subjects.filter(({ verdict }) => verdict === 'refuses').map(({ subject }) => subject);
  const refused = [...new Set(names.map((name) => name.split(' of ')[1] ?? name))];
  return refused.length === 0 ? undefined : `every question about ${refused.join(' and ')} was refused`;
}

/** The meaning of the exit code for the subjects, and what it says nothing about. */
export function exitText(record: RunRecord, subjects: readonly Subject[]): string {
  return [codeText(record, subjects), ...besideCode(record, subjects)].join('; ');
}

/** What the exit code says nothing about, and crashes. */
export function besideCode({ claims }: RunRecord, subjects: readonly Subject[]): string[] {
  const left = leftText(subjects);
  const crashed = claims.find(({ id }) => id === 'guard-crashes');
  return [...(left === undefined ? [] : [left]), ...(crashed ? [crashed.evidence.reason] : [])];
}

/** The meaning of the exit code for the subjects that were judged. */
function codeText(record: RunRecord, subjects: readonly Subject[]): string {
  const refused = refusedText(subjects);
  const but = refused === undefined ? '' : `, but ${refused}`;
  if (record.exitCode === 0 && subjects.some(({ known }) => known)) return `nothing fails that was not declared${but}`;
  if (record.exitCode !== 1) return `${exitMeanings[record.exitCode]}${but}`;
  const failing = failedSubjects(subjects).filter(
    ({ verdict, extreme }) => verdict !== 'extreme' && extreme === undefined,
  ).length;
  if (failing > 0) return `${plural(failing, 'subject')} ${failing === 1 ? 'fails' : 'fail'}`;
  if (refused !== undefined) return refused;
  const judged = record.claims.some(({ outcome }) => failingOutcomes.includes(outcome));
  return judged ? exitMeanings[1] : 'worse than the baseline';
}

/** What is declared and no claim asks about: it must not seem to be judged. */
export const unjudgedTexts = ({ claims }: RunRecord): string[] =>
  claims
    .filter(
      // What was refused has lines of its own.
      ({ id, evidence }) =>
        id === 'declared-is-judged' && evidence.verdict === 'illustrated' && evidence.reason.startsWith('not judged'),
    )
    .map(({ evidence }) => evidence.reason);

const conventionsFound = ({ claims }: RunRecord): string[] =>
  claims
    .filter(({ id, evidence }) => id === 'conventions' && evidence.verdict === 'illustrated')
    .map(({ evidence }) => evidence.reason);

/** What an object of a library does otherwise than the library: `not as torch.optim.Adam: ε inside the root`. */
const unlike = /(?:; )?(not as [^:;]+: [^;]+)/g;
export const unlikeTexts = (record: RunRecord): string[] =>
  conventionsFound(record).flatMap((text) => [...text.matchAll(unlike)].map(([, words]) => words!));

/** The conventions that the answers show and nothing declares: they are not wrong, but others may use another one. */
export const conventionTexts = (record: RunRecord): string[] =>
  conventionsFound(record).map((found) => {
    const reason = found
      .replaceAll(unlike, '')
      .replace('½ in the prox: yes', 'the prox minimises ½‖u − y‖² + γr(u)')
      .replace('½ in the prox: missing', 'the prox minimises ‖u − y‖² + γr(u), without ½');
    return `convention found: ${reason}`;
  });

/** What was not judged because it is not offered, and the theorems that were not tried. */
export function inapplicableText({ claims }: RunRecord): string[] {
  const silent = claims.filter(({ outcome }) => outcome === 'n/a');
  const missing = silent.flatMap(
    ({ evidence }) => /does not offer (.*)$/.exec(evidence.reason)?.[1]?.split(', ') ?? [],
  );
  const needed = [...new Set(missing)];
  return [
    ...(needed.length > 0 ? [`not judged, because not offered: ${firstNamed(needed)}`] : []),
    ...silent.flatMap(({ id, evidence }) => {
      const [, needs] = /^no instance .*: one would with (.*)$/.exec(evidence.reason) ?? [];
      return needs === undefined ? [] : [`${theoremName(id)} was not tried on your code: it needs ${needs}`];
    }),
  ];
}

/** Most names in a line about what is not offered. */
const mostMissing = 3;

/** `step, run, sample and 29 more`: a few names, and the number of the others. */
function firstNamed(names: readonly string[]): string {
  const more = names.length - mostMissing;
  return more > 1 ? `${names.slice(0, mostMissing).join(', ')} and ${more} more` : names.join(', ');
}

type Outcome = Subject['cells'][number]['outcome'];

/** The result of some claims about one function or algorithm, over the methods that they asked. */
export interface PropertyCell {
  /** The verdict to show: a failing method comes before a right one. */
  readonly outcome: Outcome;
  /** The subject with this verdict, e.g. `prox of huber`. */
  readonly subject: string;
  /** The first claim with this verdict about it. */
  readonly claim: string;
  /** Whether the failure was declared in advance. */
  readonly known?: true;
  /** The largest measured / allowed. */
  readonly worst: number;
}

/** Functions by claims. */
export interface FunctionProperties {
  /** Ids of the claims that judge functions, in the order of the claims. */
  readonly claims: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: ReadonlyMap<string, PropertyCell> }[];
}

export function functionProperties(record: RunRecord): FunctionProperties {
  const grid = subjectGrids(subjectsOf(record).subjects).find(({ title }) => title === 'function');
  const rows = (grid?.rows ?? []).map(({ label, cells }) => ({
    label,
    cells: propertiesOf([...cells.values()], (claim) => claim),
  }));
  const judged = new Set(rows.flatMap(({ cells }) => [...cells.keys()]));
  return { claims: record.claims.map(({ id }) => id).filter((id) => judged.has(id)), rows };
}

/** The results of some subjects by column; a claim without a column is left out. */
function propertiesOf(
  subjects: readonly Subject[],
  columnOf: (claim: string) => string | undefined,
): Map<string, PropertyCell> {
  const found = new Map<string, PropertyCell>();
  for (const { subject, cells } of subjects) {
    for (const { claim, outcome, worst, known } of cells) {
      const column = columnOf(claim);
      if (column === undefined) continue;
      const before = found.get(column);
      const next = { outcome, subject, claim, ...(known !== undefined && { known: true as const }) };
      const told = before === undefined || rank(next) > rank(before) ? next : before;
      found.set(column, { ...told, worst: Math.max(worst, before?.worst ?? 0) });
    }
  }
  return found;
}

/** The order of verdicts: own failures, known ones, those that follow from others, right ones, and what was not answered. */
function rank({ outcome, known }: Pick<PropertyCell, 'outcome' | 'known'>): number {
  if (isFault({ outcome })) return known === undefined ? 4 : 3;
  return ['not-offered', 'right', 'thin', 'follows'].indexOf(outcome) - 1;
}

/** What claims about several subjects ask: the columns after the methods. */
export const questions: Readonly<Record<string, readonly string[]>> = {
  minimiser: ['eq6-prox'],
  shapes: ['prox-forms'],
  'x kept': ['inputs-unchanged'],
  'special values': ['nonfinite-entries', 'prox-gradual-underflow', 'prox-overflow'],
};

const questionOf = (claim: string): string | undefined =>
  Object.keys(questions).find((question) => questions[question]!.includes(claim));

/** All subjects of a run in one table: a row for each function, algorithm and operator, and the results of its methods and of some questions. */
export interface SubjectMatrix {
  /** In the order of the columns; those that nothing offers are left out, and so are such rows. */
  readonly methods: readonly string[];
  /** The columns after them. */
  readonly questions: readonly string[];
  readonly groups: readonly {
    readonly title: string;
    readonly rows: readonly (SubjectGrid['rows'][number] & { readonly asked: ReadonlyMap<string, PropertyCell> })[];
  }[];
}

export function subjectMatrix(subjects: readonly Subject[]): SubjectMatrix {
  const groups = subjectGrids(subjects).map(({ title, rows }) => ({
    title,
    rows: rows.map(({ label, cells }) => {
      // What neither has a method nor is an operator was not asked.
      const named = new Map([...cells].map(([column, subject]) => [column === asking ? answer : column, subject]));
      return { label, cells: named, asked: propertiesOf([...cells.values()], questionOf) };
    }),
  }));
  const rows = groups.flatMap((group) => group.rows);
  const isShown = (subject: Subject | undefined): boolean =>
    subject !== undefined && (subject.verdict !== 'not-offered' || subject.why !== undefined);
  const isAsked = (question: string): boolean =>
    rows.some(({ asked }) => (asked.get(question)?.outcome ?? 'not-offered') !== 'not-offered');
  return {
    methods: [...new Set(order), answer].filter((column) => rows.some(({ cells }) => isShown(cells.get(column)))),
    questions: Object.keys(questions).filter(isAsked),
    groups: groups.flatMap(({ title, rows: all }) => {
      const own = all.filter(({ cells }) => [...cells.values()].some(isShown));
      return own.length === 0 ? [] : [{ title, rows: own }];
    }),
  };
}
