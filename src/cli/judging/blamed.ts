import type { ImplementationDescription } from '../../claims/implementation/implementation.js';
import { judgeSubjects } from '../../claims/subject-verdicts.js';
import type { CheckedClaim } from '../../report/record/build-run-record.js';
import { keyOf } from '../../report/record/settle-outcomes.js';
import { isFault } from '../../report/record/subjects.js';
import type { Saved } from './failures.js';

/** What is checked of a claim, without what it took. */
type Checked = {
  readonly claim: Pick<CheckedClaim['claim'], 'id'>;
  readonly evidence: Pick<CheckedClaim['evidence'], 'cells'>;
};

/** Whether a subject fails a claim by itself, as far as these claims tell; what is about no subject does. */
export function blamedAmong(
  checked: readonly Checked[],
  dtype: ImplementationDescription['dtype'],
): (cell: Pick<Saved, 'claim' | 'subject'>) => boolean {
  const subjects = judgeSubjects(
    checked.map(({ claim, evidence }) => ({ id: claim.id, evidence })),
    dtype,
  );
  const faults = new Set(
    subjects.flatMap(({ subject, cells }) => cells.filter(isFault).map(({ claim }) => keyOf(subject, claim))),
  );
  return ({ claim, subject }) => subject === undefined || faults.has(keyOf(subject, claim));
}
