import { eventLoopTurns } from '../claim-in-pieces.js';
import type { CaseRecord } from '../evidence.js';
import { encodeExact } from '../exact-encoding.js';
import { ImplementationError, NotOfferedError, UnsupportedError } from '../implementation/implementation.js';
import { NotFiniteError, type Observed, type Observer } from '../implementation/observed.js';
import type { Judgement } from '../judges/judgement.js';
import { blamed } from './failing-cases.js';
import type { PropertyPart, PropertyRun } from './property-part.js';

export const passes = (ratio: number): boolean => ratio <= 1;

/** What became of one case. */
export type Outcome<Case> = { readonly input: Case; readonly observed: Observed<Judgement> } & (
  | { readonly judgement: Judgement }
  | { readonly refusal: string }
  | { readonly failure: ImplementationError }
);

/** Judges cases of a part one by one, and tells those that are refused or not answered from those that are. */
export function caseJudge<Case>(
  part: PropertyPart<Case>,
  { observe = unobserved, signal }: PropertyRun,
): (input: Case) => Promise<Outcome<Case>> {
  const turn = eventLoopTurns();
  return async (input) => {
    await turn();
    signal?.throwIfAborted();
    const observed = await observe(() => part.judge(input));
    const { result, error } = observed;
    const about = { input, observed };
    if (result !== undefined) {
      const judgement = Number.isNaN(result.ratio) ? { ...result, ratio: Number.POSITIVE_INFINITY } : result;
      if (passes(judgement.ratio)) return { judgement, ...about };
      // Other questions of a case, e.g. single steps beside a run, need not be wrong.
      const subject = await blamed(observed);
      return { input, observed: { ...observed, ...(subject && { subject }) }, judgement };
    }
    if (error instanceof NotFiniteError) {
      return { judgement: { ratio: Number.POSITIVE_INFINITY, explanation: () => error.message }, ...about };
    }
    // A method declared as not offered is not missing for any subject.
    if (error instanceof NotOfferedError) return { input, observed: { calls: [] }, refusal: error.message };
    if (error instanceof UnsupportedError) return { ...about, refusal: error.message };
    if (error instanceof ImplementationError && !error.asked)
      return { ...about, refusal: `not asked: ${error.message}` };
    if (error instanceof ImplementationError) return { ...about, failure: error };
    throw error;
  };
}

const unobserved: Observer['observe'] = async (judge) => {
  try {
    return { result: await judge(), calls: [] };
  } catch (error) {
    return { error, calls: [] };
  }
};

/** A case as it is kept. */
export function recordOf<Case>(
  { name }: PropertyPart<Case>,
  { saved }: PropertyRun,
  input: Case,
  { ratio, explanation }: Judgement,
): CaseRecord {
  return {
    part: name,
    ratio,
    input: encodeExact(input),
    // Explanations describe the error. Without an error there is nothing to say, except when a case is replayed after a fix.
    ...(explanation && (ratio > 0 || saved.length > 0) ? { explanation: explanation() } : {}),
  };
}
