import type { Budget, Claim } from './claim.js';
import {
  type AnswersInPlace,
  answering,
  type Implementation,
  type ImplementationDescription,
} from './implementation/implementation.js';
import { reference } from './implementation/reference.js';
import { quickBudget } from './registry-tests.test.helper.js';
import { runClaims } from './run-claims.js';
import { type JudgedSubject, judgeSubjects } from './subject-verdicts.js';

const { reference: _, functionOf: __, ...answers } = reference;

/** The reference as a library of somebody else, with another offer and with other answers in place of its own. */
export const otherLibrary = (
  offered: Partial<ImplementationDescription>,
  others: AnswersInPlace = {},
): Implementation => answering({ ...answers, description: { ...reference.description, ...offered } }, others);

/** What claims say of each thing that a library is asked about. */
export async function subjectsOf(
  claims: readonly Claim[],
  library: Implementation,
  budget: Budget = quickBudget(),
): Promise<readonly JudgedSubject[]> {
  const checked = await runClaims(claims, library, budget);
  return judgeSubjects(
    checked.map(({ claim: { id }, evidence }) => ({ id, evidence })),
    library.description.dtype,
  );
}
