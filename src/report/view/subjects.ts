import { isBuiltOfFunctions } from '../../claims/implementation/call.js';
import { methodNames } from '../../claims/implementation/implementation.js';
import { plural } from '../../claims/text.js';
import { exitMeanings, failingOutcomes } from '../record/outcome.js';
import type { RunRecord } from '../record/run-record.js';
import { isFault, type SubjectsRecord, subjectsOf } from '../record/subjects.js';

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
  'not-finite': '!',
  thin: '(✓)',
  follows: '↳',
  refuses: '?',
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
  ['?', ['refuses'], 'declared, and refuses every question'],
  ['–', ['not-offered'], 'not offered'],
];

/** The sign of a subject, in parentheses where what fails of it was declared in advance. */
export function signOf({ verdict, known }: Pick<Subject, 'verdict' | 'known'>): string {
  return known ? `(${verdictSigns[verdict]})` : verdictSigns[verdict];
}

/** The signs that a run has, each with its meaning. */
export function legendOf(subjects: readonly Subject[]): string[] {
  const met = (declared: boolean): string[] => {
    const verdicts = new Set(
      subjects.filter(({ known }) => (known ?? false) === declared).map(({ verdict }) => verdict),
    );
    const rows = legend.filter(([, own]) => own.some((verdict) => verdicts.has(verdict)));
    return rows.map(([sign, , meaning]) => (declared ? `(${sign}) ${meaning}, as declared` : `${sign} ${meaning}`));
  };
  return [...met(false), ...met(true)];
}

/** Verdicts of what is told in a paragraph, in the order in which a maintainer mends them. */
const told: readonly Verdict[] = ['wrong', 'crashes', 'hangs', 'raises', 'not-finite', 'inaccurate', 'extreme'];

/** Subjects that fail in a way that was not declared in advance. */
export function failedSubjects(subjects: readonly Subject[]): Subject[] {
  return told.flatMap((verdict) => subjects.filter((subject) => subject.verdict === verdict && !subject.known));
}

/** A line for each subject of which all that fails was declared: what fails, and why it may. */
export function knownLines(subjects: readonly Subject[]): string[] {
  return subjects
    .filter(({ known }) => known)
    .map((subject) => {
      const [reason, ...others] = new Set(subject.cells.flatMap(({ known }) => known ?? []));
      const more = others.length > 0 ? `; ${plural(others.length, 'other reason')}` : '';
      return `${subject.subject}: ${severityText(subject)}, as declared: ${reason}${more}`;
    });
}

/** Whether all that keeps a claim from passing is that what was declared to fail holds. */
export const isMended = ({ outcome, knownCells = {} }: RunRecord['claims'][number]): boolean =>
  outcome === 'xpass' && Object.values(knownCells).some(({ holds }) => holds);

/** A line for each subject of which something holds that was declared to fail: what is to be deleted from the list. */
export function mendedLines({ claims }: RunRecord): string[] {
  const entries = claims.flatMap(({ id, knownCells = {} }) =>
    Object.entries(knownCells).map(([subject, cell]) => ({ id, subject, ...cell })),
  );
  const mended = entries.filter(({ holds }) => holds);
  return [...new Set(mended.map(({ subject }) => subject))].map((name) => {
    const own = mended.filter(({ subject }) => subject === name);
    const isWhole = entries.every(({ subject, holds }) => subject !== name || holds);
    const where = isWhole ? '' : ` in ${own.map(({ id }) => id).join(', ')}`;
    const which =
      own.length === 1 ? `${isWhole ? 'its' : 'that'} entry` : `${isWhole ? 'its' : 'those'} ${own.length} entries`;
    return `${name} holds now${where}: delete ${which}`;
  });
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

/** Each of some methods once, in the order of the columns. */
export function inMethodOrder(methods: readonly string[]): string[] {
  return [...new Set(methods)].sort((one, other) => order.indexOf(one) - order.indexOf(other));
}

/** The column of what has no methods: the operators, which are asked of every problem. */
const answer = 'answer';

/** Functions and algorithms by method, and operators. */
export function subjectGrids(subjects: readonly Subject[]): SubjectGrid[] {
  const grids = new Map<string, Map<string, Map<string, Subject>>>(
    ['function', 'algorithm', 'operator'].map((title) => [title, new Map()]),
  );
  for (const subject of subjects) {
    const [method = '', name] = subject.subject.split(' of ');
    const ofFunction = ['prox', 'value', 'gradient'].includes(method);
    const rows = grids.get(name === undefined ? 'operator' : ofFunction ? 'function' : 'algorithm')!;
    const label = name ?? method;
    const row = rows.get(label) ?? new Map<string, Subject>();
    row.set(name === undefined ? answer : method, subject);
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

const words: Partial<Record<Verdict, string>> = { 'not-finite': 'answers what is not finite' };

/** `inaccurate: 8 digits are right`, `raises (only at weight 0)`. */
export function severityText({ verdict, digits, extreme }: Subject): string {
  const accuracy = verdict === 'inaccurate' ? `: ${plural(digits ?? 0, 'digit')} are right` : '';
  return `${words[verdict] ?? verdict}${accuracy}${extreme === undefined ? '' : ` (only at ${extreme})`}`;
}

/** The claims that see a subject fail, in another way than was declared if in any. */
export function seenBy({ cells }: Subject): string[] {
  const faulty = cells.filter(isFault);
  const news = faulty.filter(({ known }) => known === undefined);
  return [...new Set((news.length > 0 ? news : faulty).map(({ claim }) => claim))];
}

/** The command that judges again what a subject fails: its kept case where there is one, and else the first claim that sees it. */
export function reproduceCommand(subject: Subject, { claims }: RunRecord): string | undefined {
  const seen = seenBy(subject).flatMap((id) => claims.find((claim) => claim.id === id) ?? []);
  const replay = seen.flatMap((claim) => claim.replay?.[subject.subject] ?? []);
  return replay[0] ?? seen[0]?.evidence.reproduce;
}

/** What was not asked because it is not offered: no question is refused for it, and none is missing. */
export function notAsked({ restrictions = {} }: RunRecord['implementation']): string | undefined {
  const { positiveWeights, oneDraw, isotropic, equalGroups, inner = {}, withoutHyperparameters = [] } = restrictions;
  const parameters = Array.isArray(isotropic) ? isotropic.join(' or ') : 'any parameter';
  const isIsotropic = Array.isArray(isotropic) ? isotropic.length > 0 : isotropic === true;
  const named = [
    ...(positiveWeights === true ? ['weights of 0'] : []),
    ...(oneDraw === true ? ['mini-batches of more than one draw'] : []),
    ...(isIsotropic ? [`a number for each entry in ${parameters}`] : []),
    ...(equalGroups === true ? ['groups of unequal sizes'] : []),
    ...Object.entries(inner).map(([outer, types]) => `${outer} of anything but ${types.join(', ')}`),
    ...withoutHyperparameters,
  ];
  return named.length === 0 ? undefined : named.join(', ');
}

/** `mine 1.0.0: 11960 cases, depth quick, seed 1`. */
export function runText({ implementation, depth, seed }: RunRecord, subjects: readonly Subject[]): string {
  const cases = subjects.reduce((sum, subject) => sum + subject.cases, 0);
  const without = notAsked(implementation);
  const declared = without === undefined ? '' : `; not asked, as it declares: ${without}`;
  return `${implementation.name} ${implementation.version}: ${plural(cases, 'case')}, depth ${depth}, seed ${seed}${declared}`;
}

/** Subjects by verdict, in the order of the signs. */
export function orderedCounts(counts: SubjectsRecord['counts']): (readonly [verdict: string, count: number])[] {
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

/** What was declared and never answered: `every question about huber and lion was refused`. */
function refusedText(subjects: readonly Subject[]): string | undefined {
  const names = subjects.filter(({ verdict }) => verdict === 'refuses').map(({ subject }) => subject);
  const refused = [...new Set(names.map((name) => name.split(' of ')[1] ?? name))];
  return refused.length === 0 ? undefined : `every question about ${refused.join(' and ')} was refused`;
}

/** What the exit code says about the subjects. */
export function exitText(record: RunRecord, subjects: readonly Subject[]): string {
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

/**
 * A line for all claims that were not applicable, with what they need, one for the conventions that were detected, and one for what is declared and not
 * judged; none where there is nothing such.
 */
export function inapplicableText({ claims }: RunRecord): string[] {
  // What is declared and no claim asks about must not be taken for judged.
  const unjudged = claims.filter(
    ({ id, evidence }) => id === 'declared-is-judged' && evidence.verdict === 'illustrated',
  );
  // What is taken as the implementation has it is not wrong, and must not be taken for what somebody else means.
  const conventions = claims.filter(({ id, evidence }) => id === 'conventions' && evidence.verdict === 'illustrated');
  const told = [
    ...conventions.map(({ evidence }) => `by convention, as detected: ${evidence.reason}`),
    ...unjudged.map(({ evidence }) => evidence.reason),
  ];
  const silent = claims.filter(({ outcome }) => outcome === 'n/a');
  if (silent.length === 0) return told;
  const missing = silent.flatMap(
    ({ evidence }) => /does not offer (.*)$/.exec(evidence.reason)?.[1]?.split(', ') ?? [],
  );
  const needed = [...new Set(missing)];
  const one = silent.length === 1;
  const why =
    needed.length === 0
      ? `${one ? 'does' : 'do'} not apply`
      : `${one ? 'needs' : 'need'} what is not offered: ${needed.join(', ')}`;
  // What would have a theorem judged is worth a line of its own.
  const theorems = silent.filter(({ evidence }) => evidence.reason.startsWith('no instance '));
  return [
    `${plural(silent.length, 'claim')} ${why}`,
    ...theorems.map(({ id, evidence }) => `${id}: ${evidence.reason}`),
    ...told,
  ];
}

type Outcome = Subject['cells'][number]['outcome'];

/** What one claim found about one function, by whatever of its methods it asked. */
export interface PropertyCell {
  /** What is told first: a method that fails comes before one that is right. */
  readonly outcome: Outcome;
  /** What was asked that came out so, e.g. `prox of huber`. */
  readonly subject: string;
  /** The largest measured / allowed. */
  readonly worst: number;
}

/** Functions by claims. */
export interface FunctionProperties {
  /** Ids of the claims that judge functions, in the order of the ledger. */
  readonly claims: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: ReadonlyMap<string, PropertyCell> }[];
}

export function functionProperties(record: RunRecord): FunctionProperties {
  const grid = subjectGrids(subjectsOf(record).subjects).find(({ title }) => title === 'function');
  const rows = (grid?.rows ?? []).map(({ label, cells }) => ({ label, cells: propertiesOf([...cells.values()]) }));
  const judged = new Set(rows.flatMap(({ cells }) => [...cells.keys()]));
  return { claims: record.claims.map(({ id }) => id).filter((id) => judged.has(id)), rows };
}

function propertiesOf(subjects: readonly Subject[]): Map<string, PropertyCell> {
  const found = new Map<string, PropertyCell>();
  for (const { subject, cells } of subjects) {
    for (const { claim, outcome, worst } of cells) {
      const before = found.get(claim);
      const largest = Math.max(worst, before?.worst ?? 0);
      const told = before === undefined || rank(outcome) > rank(before.outcome) ? { outcome, subject } : before;
      found.set(claim, { outcome: told.outcome, subject: told.subject, worst: largest });
    }
  }
  return found;
}

/** What fails by itself comes before what follows, and that before what is right. */
const rank = (outcome: Outcome): number => (isFault({ outcome }) ? 2 : outcome === 'follows' ? 1 : 0);
