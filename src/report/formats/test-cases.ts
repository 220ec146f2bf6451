import { silentKinds, type Verdict } from '../../claims/verdict.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { claimsApart, extremeCounts, type SubjectsRecord, subjectsOf } from '../record/subjects.js';
import { caseText, keptCases, knownReason, verdictReason } from '../view/claims.js';
import { formatNumber } from '../wording/format-number.js';

/** What became of a test case that did not simply pass: `known` failed as was declared, and a `note` passed. */
export interface Fate {
  readonly kind: 'skipped' | 'known' | 'note' | 'failure' | 'error';
  readonly message: string;
  /** What kind of failure it is. */
  readonly type?: string;
  /** Lines about a failure. */
  readonly details?: readonly string[];
}

/** One test case as the suite lists it. */
export interface TestCase {
  readonly classname: string;
  readonly name: string;
  /** Absent where it passed. */
  readonly fate?: Fate | undefined;
  readonly seconds?: number | undefined;
}

/** A claim as a test case of its section of the paper. */
export function claimCase(claim: ClaimRecord, record: RunRecord): TestCase {
  return {
    classname: `signprox.${claim.source.section}`,
    name: claim.id,
    fate: fateOf(claim),
    seconds: record.timing?.claims[claim.id],
  };
}

function fateOf(claim: ClaimRecord): Fate | undefined {
  const { verdict } = claim.evidence;
  const message = verdictReason(claim);
  switch (claim.outcome) {
    case 'pass':
      return undefined;
    case 'expected':
      return verdict === 'silent'
        ? { kind: 'skipped', message: `silent: ${message}` }
        : { kind: 'note', message: `${verdict}, as expected: ${message}` };
    case 'n/a':
      return { kind: 'skipped', message };
    case 'xfail':
      return { kind: 'known', message };
    case 'extreme':
    case 'follows':
      return { kind: 'skipped', message: `${claim.outcome}: ${message}` };
    case 'fail':
    case 'xpass':
      return { kind: 'failure', type: verdict, message, details: failureDetails(claim) };
    default:
      return { kind: 'error', type: claim.outcome, message, details: failureDetails(claim) };
  }
}

/** Verdicts of rows that are told where a claim fails. */
const told: readonly Verdict[] = ['violated', 'inconclusive', 'not-refuted'];

/** Statement, cases and the command that reproduces a failure, one per line, unescaped. */
function failureDetails(claim: ClaimRecord): string[] {
  const { evidence } = claim;
  const lines = [`statement: ${claim.statement}`, `method: ${claim.method}`];
  for (const [name, kept] of keptCases(evidence)) {
    const ratio = kept === evidence.unanswered ? '' : ` (ratio ${formatNumber(kept.ratio)})`;
    lines.push(`${name}${ratio}: ${caseText(kept)}`);
  }
  for (const row of evidence.rows ?? []) {
    if (!told.includes(row.verdict)) continue;
    lines.push(
      `row ${row.instance}, T = ${row.iterations}: ${row.verdict}, left ${formatNumber(row.left)}, ` +
        `bound ${formatNumber(row.bound)}: ${row.reason}`,
    );
  }
  lines.push(`seed: ${evidence.seed}`, `reproduce: ${evidence.reproduce}`);
  return lines;
}

/** The claims that an interrupted run has not checked, each as a skipped test case. */
export function uncheckedCases({ incomplete }: RunRecord): TestCase[] {
  const message = `incomplete: the run was interrupted; for the rest: ${incomplete?.resume}`;
  return (incomplete?.remaining ?? []).map((name) => ({
    classname: 'signprox.not checked',
    name,
    fate: { kind: 'skipped', message },
  }));
}

type Subject = SubjectsRecord['subjects'][number];
type Cell = Subject['cells'][number];

/** A test case for each subject and claim about it; claims that are about no subject have one each. */
export function subjectCases(record: RunRecord): TestCase[] {
  const { subjects } = subjectsOf(record);
  const claims = new Map(record.claims.map((claim) => [claim.id, claim]));
  const strict = extremeCounts(record, subjects);
  const cells = subjects.flatMap((subject): TestCase[] => {
    const { subject: classname, verdict } = subject;
    if (verdict === 'refuses')
      return [{ classname, name: verdict, fate: { kind: 'skipped', message: 'every question was refused' } }];
    if (verdict === 'not-offered')
      return [{ classname, name: verdict, fate: { kind: 'skipped', message: 'not offered' } }];
    if (verdict === 'not-asked') {
      const message = `declared and not asked: ${subject.why}`;
      return [{ classname, name: verdict, fate: { kind: 'skipped', message } }];
    }
    const byClaim = new Map<string, Fate | undefined>();
    for (const cell of subject.cells) {
      const fate = fateOfCell(cell, subject, claims.get(cell.claim)!, strict);
      // What is blamed for the failing cases of others has their cells beside its own.
      if (!byClaim.has(cell.claim) || weight(fate) > weight(byClaim.get(cell.claim))) {
        byClaim.set(cell.claim, fate);
      }
    }
    return [...byClaim].map(([name, fate]) => ({ classname, name, fate }));
  });
  const apart = claimsApart(record, subjects);
  const others = record.claims.filter((claim) => (claim.evidence.cells ?? []).length === 0 || apart.includes(claim));
  return [...cells, ...others.map((claim) => claimCase(claim, record))];
}

const weights: Readonly<Record<Fate['kind'], number>> = { failure: 3, error: 3, known: 2, skipped: 2, note: 1 };
const weight = (fate: Fate | undefined): number => (fate === undefined ? 0 : weights[fate.kind]);

function fateOfCell(cell: Cell, subject: Subject, claim: ClaimRecord, strict: boolean): Fate | undefined {
  const { outcome, counterexample = '', extreme, of = [] } = cell;
  if (outcome === 'right') return undefined;
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
    `seed: ${claim.evidence.seed}`,
    `reproduce: ${claim.replay?.[subject.subject] ?? claim.evidence.reproduce}`,
  ];
  const silent = (silentKinds as readonly string[]).includes(outcome);
  return { kind: silent ? 'error' : 'failure', type: outcome, message: `${where}${counterexample}`, details };
}
