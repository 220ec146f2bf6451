import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { claimsApart, extremeCounts, type SubjectsRecord, subjectsOf } from '../record/subjects.js';
import { knownReason } from '../wording/evidence-text.js';
import { claimCase, detailed, note, skipped, type TestCase, type VerdictElement } from './junit-case.js';

type Subject = SubjectsRecord['subjects'][number];
type Cell = Subject['cells'][number];

/** A test case for each subject and claim about it; claims that are about no subject have one each. */
export function subjectCases(record: RunRecord): TestCase[] {
  const { subjects } = subjectsOf(record);
  const claims = new Map(record.claims.map((claim) => [claim.id, claim]));
  const strict = extremeCounts(record, subjects);
  const cells = subjects.flatMap((subject): TestCase[] => {
    const { subject: classname, verdict } = subject;
    if (verdict === 'not-offered') return [{ classname, name: verdict, element: skipped('not offered') }];
    const byClaim = new Map<string, VerdictElement | undefined>();
    for (const cell of subject.cells) {
      const element = cellElement(cell, subject, claims.get(cell.claim)!, strict);
      // What is blamed for the failing cases of others has their cells beside its own.
      if (!byClaim.has(cell.claim) || weight(element) > weight(byClaim.get(cell.claim))) {
        byClaim.set(cell.claim, element);
      }
    }
    return [...byClaim].map(([name, element]) => ({ classname, name, element }));
  });
  const apart = claimsApart(record, subjects);
  const others = record.claims.filter((claim) => (claim.evidence.cells ?? []).length === 0 || apart.includes(claim));
  return [...cells, ...others.map((claim) => claimCase(claim, record))];
}

const weights: Readonly<Record<VerdictElement['kind'], number>> = { failure: 3, error: 3, skipped: 2, 'system-out': 1 };
const weight = (element: VerdictElement | undefined): number => (element === undefined ? 0 : weights[element.kind]);

function cellElement(cell: Cell, subject: Subject, claim: ClaimRecord, strict: boolean): VerdictElement | undefined {
  const { outcome, counterexample = '', extreme, of = [] } = cell;
  if (outcome === 'right') return undefined;
  if (outcome === 'not-offered') return skipped('no case was answered');
  if (outcome === 'thin') return note(`right as far as it was answered: ${subject.thin ?? 'some cases were refused'}`);
  const where = extreme === undefined ? '' : `only at ${extreme}: `;
  if (outcome === 'follows') return skipped(`follows from ${of.join(', ')}`);
  const declared = cell.known ?? (claim.outcome === 'xfail' ? knownReason(claim) : undefined);
  if (declared !== undefined) return skipped(`known failure (${declared}): ${where}${counterexample}`);
  if (claim.outcome === 'expected') return note(`as expected: ${counterexample}`);
  if (extreme !== undefined && !strict) return skipped(`${where}${counterexample}`);
  const details = [
    `statement: ${claim.statement}`,
    `method: ${claim.method}`,
    `seed: ${claim.evidence.seed}`,
    `reproduce: ${claim.evidence.reproduce}`,
  ].join('\n');
  const silent = outcome === 'raises' || outcome === 'crashes' || outcome === 'hangs';
  return detailed(silent ? 'error' : 'failure', outcome, `${where}${counterexample}`, details);
}
