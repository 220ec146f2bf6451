import { silentKinds } from '../../claims/verdict.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { claimsApart, extremeCounts, type SubjectsRecord, subjectsOf } from '../record/subjects.js';
import { failingRows } from '../sections/failure.js';
import { caseText, keptCases, knownReason, verdictLabel, verdictReason } from '../view/claims.js';
import { formatNumber } from '../wording/format-number.js';
import type { Arrangement } from './format-names.js';

/** What became of a test case: `known` failed as was declared, and a `note` passed with something to say. */
type Kind = 'passed' | 'skipped' | 'known' | 'note' | 'failure' | 'error';

/** What became of a test case, and why. */
interface Fate {
  readonly kind: Kind;
  readonly message?: string;
  /** What kind of failure it is. */
  readonly type?: string;
  /** Lines about a failure. */
  readonly details?: readonly string[];
}

/** One test case, as JUnit, TAP and the annotations of a pull request list it. */
export interface TestCase extends Fate {
  readonly classname: string;
  readonly name: string;
  /** Its name where it has no class. */
  readonly title: string;
  /** The verdict of a claim, and how many cases of its own it judged. */
  readonly verdict?: string;
  readonly cases?: number;
  readonly seconds?: number | undefined;
}

/** The test cases of a run: one for each claim, or for each subject and claim about it. */
export const casesOf = (record: RunRecord, by: Arrangement): TestCase[] =>
  by === 'claims' ? record.claims.map((claim) => claimCase(claim, record)) : subjectCases(record);

/** A claim as a test case of its section of the paper. */
const claimCase = (claim: ClaimRecord, { timing }: RunRecord): TestCase => ({
  classname: `signprox.${claim.source.section}`,
  name: claim.id,
  title: claim.id,
  ...{ verdict: verdictLabel(claim), cases: claim.evidence.cases, seconds: timing?.claims[claim.id] },
  ...fateOf(claim),
});

function fateOf(claim: ClaimRecord): Fate {
  const { verdict } = claim.evidence;
  const message = verdictReason(claim);
  const skipped = (why: string): Fate => ({ kind: 'skipped', message: `${why}: ${message}` });
  const details = failureFacts(claim).map(([name, value]) => `${name}: ${value}`);
  switch (claim.outcome) {
    case 'pass':
      return { kind: 'passed', message };
    case 'expected':
      return verdict === 'silent' ? skipped(verdict) : { kind: 'note', message: `${verdict}, as expected: ${message}` };
    case 'n/a':
      return skipped('not applicable');
    case 'xfail':
      return { kind: 'known', message };
    case 'extreme':
    case 'follows':
      return skipped(claim.outcome);
    case 'fail':
    case 'xpass':
      return { kind: 'failure', type: verdict, message, details };
    default:
      return { kind: 'error', type: claim.outcome, message, details };
  }
}

/** What a reader needs of a failed claim, beside its reason: statement, cases, rows, and the command that reproduces it. */
function failureFacts(claim: ClaimRecord): (readonly [name: string, value: string])[] {
  const { statement, method, evidence } = claim;
  const { seed, reproduce } = evidence;
  return [
    ['statement', statement],
    ['method', method],
    ...keptCases(evidence).map(([name, kept]) => {
      const ratio = kept === evidence.unanswered ? '' : `, ratio ${formatNumber(kept.ratio)}`;
      return [`${name} (${kept.part}${ratio})`, caseText(kept)] as const;
    }),
    ...failingRows(claim),
    ['seed', seed],
    ['reproduce', reproduce],
  ];
}

/** The claims that an interrupted run has not checked, each as a skipped test case. */
export function uncheckedCases({ incomplete }: RunRecord): TestCase[] {
  const message = `incomplete: the run was interrupted; for the rest: ${incomplete?.resume}`;
  return (incomplete?.remaining ?? []).map((name) => ({
    classname: 'signprox.not checked',
    name,
    title: name,
    message,
    kind: 'skipped',
  }));
}

type Subject = SubjectsRecord['subjects'][number];
type Cell = Subject['cells'][number];

/** Subjects that no claim judged, and why. */
const unjudged: Readonly<Partial<Record<Subject['verdict'], string>>> = {
  refuses: 'every question was refused',
  'not-offered': 'not offered',
  'not-asked': 'declared and not asked',
};

/** A test case for each subject and claim about it; claims that are about no subject have one each. */
function subjectCases(record: RunRecord): TestCase[] {
  const { subjects } = subjectsOf(record);
  const claims = new Map(record.claims.map((claim) => [claim.id, claim]));
  const strict = extremeCounts(record, subjects);
  const cells = subjects.flatMap((subject): TestCase[] => {
    const { subject: classname, verdict, why } = subject;
    const caseOf = (name: string, fate: Fate): TestCase => ({
      classname,
      name,
      title: `${classname}: ${name}`,
      ...fate,
    });
    const reason = unjudged[verdict];
    if (reason !== undefined) {
      const message = verdict === 'not-asked' ? `${reason}: ${why}` : reason;
      return [caseOf(verdict, { kind: 'skipped', message })];
    }
    const byClaim = new Map<string, Fate>();
    for (const cell of subject.cells) {
      const fate = fateOfCell(cell, subject, claims.get(cell.claim)!, strict);
      const before = byClaim.get(cell.claim);
      // What is blamed for the failing cases of others has their cells beside its own.
      if (before === undefined || weights[fate.kind] > weights[before.kind]) byClaim.set(cell.claim, fate);
    }
    return [...byClaim].map(([name, fate]) => caseOf(name, fate));
  });
  const apart = claimsApart(record, subjects);
  const others = record.claims.filter((claim) => (claim.evidence.cells ?? []).length === 0 || apart.includes(claim));
  return [
    ...cells,
    ...others.map((claim) => {
      const { classname, title, ...own } = claimCase(claim, record);
      return { ...own, classname, title: `${classname}: ${title}` };
    }),
  ];
}

const weights: Readonly<Record<Kind, number>> = { failure: 3, error: 3, known: 2, skipped: 2, note: 1, passed: 0 };

function fateOfCell(cell: Cell, subject: Subject, claim: ClaimRecord, strict: boolean): Fate {
  const { outcome, counterexample = '', extreme, of = [] } = cell;
  if (outcome === 'right') return { kind: 'passed' };
  if (outcome === 'not-offered') return { kind: 'skipped', message: 'no case was answered' };
  if (outcome === 'thin')
    return { kind: 'note', message: `right as far as it was answered: ${subject.thin ?? 'some cases were refused'}` };
  const where = extreme === undefined ? '' : `only at ${extreme}: `;
  if (outcome === 'follows') return { kind: 'skipped', message: `follows from ${of.join(', ')}` };
  const declared = cell.known ?? (claim.outcome === 'xfail' ? knownReason(claim) : undefined);
  if (declared !== undefined)
    return { kind: 'known', message: `known failure (${declared}): ${where}${counterexample}` };
  if (claim.outcome === 'expected') return { kind: 'note', message: `as expected: ${counterexample}` };
  if (extreme !== undefined && !strict) return { kind: 'skipped', message: `${where}${counterexample}` };
  const details = [
    `statement: ${claim.statement}`,
    `method: ${claim.method}`,
    ...(subject.looksLike === undefined ? [] : [`looks like: ${subject.looksLike}`]),
    `seed: ${claim.evidence.seed}`,
    `reproduce: ${claim.replay?.[subject.subject] ?? claim.evidence.reproduce}`,
  ];
  const silent = (silentKinds as readonly string[]).includes(outcome);
  return { kind: silent ? 'error' : 'failure', type: outcome, message: `${where}${counterexample}`, details };
}
