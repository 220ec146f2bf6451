import type { Observed } from '../implementation/observed.js';
import type { Judgement } from '../judges/judgement.js';
import { isExtreme, isPlainlyWrong } from './failing-cases.js';
import { ordinaryInputs, simplerInputs } from './simpler-inputs.js';

/** Most simpler inputs that are tried for one counterexample. */
const mostSimpler = 200;

/** A failing case with what was asked in it. */
export interface Found<Case> {
  readonly input: Case;
  readonly judgement: Judgement;
  readonly observed: Observed<Judgement>;
}

/** A failing case with numbers that people can check by hand, as long as it stays an ordinary one whose answer is plainly wrong. */
export async function simplified<Case>(
  found: Found<Case>,
  attempt: (input: Case) => Promise<Found<Case> | undefined>,
): Promise<Found<Case>> {
  if (found.observed.subject === undefined || !(await isPlainlyWrong(found.observed))) return found;
  const ordinary = !isExtreme(found.observed);
  let best = found;
  let tried = 0;
  for (let improved = true; improved; ) {
    improved = false;
    for (const input of simplerInputs(best.input)) {
      if (++tried > mostSimpler) return best;
      // Not every number may stand in every place: what the suite itself refuses is no case.
      const next = await attempt(input as Case).catch(() => undefined);
      if (next === undefined || (ordinary && isExtreme(next.observed)) || !(await isPlainlyWrong(next.observed)))
        continue;
      best = next;
      improved = true;
      break;
    }
  }
  return best;
}

/** One of some failing cases at ordinary numbers, if any of them is plainly wrong there too. */
export async function ordinarily<Case>(
  found: readonly Found<Case>[],
  attempt: (input: Case) => Promise<Found<Case> | undefined>,
): Promise<Found<Case> | undefined> {
  for (const { input } of found) {
    for (const usual of ordinaryInputs(input)) {
      const next = await attempt(usual as Case).catch(() => undefined);
      if (next !== undefined && !isExtreme(next.observed) && (await isPlainlyWrong(next.observed))) return next;
    }
  }
  return undefined;
}
