import type { CheckedClaim } from '../../claims/run-claims.js';
import { judgeSubjects } from '../../claims/subject-verdicts.js';
import { plural } from '../../claims/text.js';
import type { Fact } from '../document.js';
import { type ExitCode, exitCodeOf, exitCodes, outcomeOf, successVerdicts } from '../record/outcome.js';
import type { RunRecord } from '../record/run-record.js';
import { failingFacts, whyFacts } from '../sections/failure.js';
import { implementationText } from '../view/verdicts.js';
import type { Mark, Screen } from '../wording/screen.js';

/** A saved failure that was judged again. */
export interface Replayed extends CheckedClaim {
  /** The subject that failed, if the claim is about subjects. */
  readonly subject?: string | undefined;
  /** What came of the case that the screen of the run showed, which decides nothing. */
  readonly shown?: CheckedClaim['evidence'] | undefined;
  /** What was judged. */
  readonly implementation: Pick<RunRecord['implementation'], 'name' | 'version' | 'dtype'>;
}

/** Whether a saved failure is still one, with the paragraph of the guard, and the exit code. */
export function replayScreen(replayed: Replayed): Screen & { readonly exitCode: ExitCode } {
  const { claim, evidence, subject = claim.id, implementation } = replayed;
  const outcome = outcomeOf(evidence, claim.expected);
  const code = exitCodeOf([outcome]);
  const isWrong = evidence.verdict === 'violated' || (evidence.failure !== undefined && code === exitCodes.claimFailed);
  // A case that was refused is not right.
  const refused = (evidence.cells ?? []).flatMap(({ skipped = {} }) => Object.keys(skipped));
  const isFixed = code === exitCodes.ok && refused.length === 0;
  const why = whyFacts({ evidence, outcome, expected: claim.expected ?? successVerdicts });
  const about = implementationText(implementation);
  const screen = (mark: Mark, text: string, facts: readonly Fact[], exitCode = code) => ({
    ...{ verdict: { mark, text: `${text}: ${subject}` }, about, blocks: [{ facts }], more: [], exitCode },
  });
  if (isWrong) {
    const facts = caseFacts(replayed);
    return screen('bad', 'still wrong', facts.length > 0 ? facts : why);
  }
  if (isFixed) {
    const asked = `${plural(evidence.cases, 'saved case')}: right`;
    return screen('good', 'fixed', [evidence.cells === undefined ? ['why', evidence.reason] : ['asked', asked]]);
  }
  const unanswered: Fact[] = refused.length > 0 ? [['refused', refused.join('; ')]] : why;
  const undecided = evidence.failure === undefined ? exitCodes.nothingRan : code;
  return screen('warn', 'no answer, so not fixed', unanswered, undecided);
}

/** The paragraph of the guard: of the case that its screen showed if that still fails, else of what else failed. */
function caseFacts({ claim, subject, shown, evidence, implementation }: Replayed): Fact[] {
  for (const each of [shown, evidence]) {
    if (each === undefined) continue;
    const judged = judgeSubjects([{ id: claim.id, evidence: each }], implementation.dtype);
    const found = judged.find((one) => one.subject === subject);
    if (found?.counterexample !== undefined) return failingFacts(found, implementation);
  }
  return [];
}
