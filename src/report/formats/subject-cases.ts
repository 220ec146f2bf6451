import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { claimsApart, extremeCounts, type SubjectsRecord, subjectsOf } from '../record/subjects.js';
import { knownReason } from '../wording/evidence-text.js';
import { claimCase, type Fate, type TestCase } from './test-case.js';

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
    const byClaim = new Map<string, Fate | undefined>();
    for (const cell of subject.cells) {
      const fate = fateOf(cell, subject, claims.get(cell.claim)!, strict);
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

function fateOf(cell: Cell, subject: Subject, claim: ClaimRecord, strict: boolean): Fate | undefined {
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
  const silent = outcome === 'raises' || outcome === 'crashes' || outcome === 'hangs';
  return { kind: silent ? 'error' : 'failure', type: outcome, message: `${where}${counterexample}`, details };
}
