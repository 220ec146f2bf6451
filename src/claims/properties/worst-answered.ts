import { UnsupportedError } from '../implementation/implementation.js';
import { type Judgement, worstOf } from '../judges/judgement.js';

/**
 * The worst of several judgements of one case, made one after another: a question that is refused takes none of the answers away that were
 * given to the others. Where every one is refused, so is the case.
 */
export async function worstAnswered(judges: Iterable<() => Promise<Judgement>>): Promise<Judgement> {
  const judgements: Judgement[] = [];
  let refusal: UnsupportedError | undefined;
  for (const judge of judges) {
    try {
      judgements.push(await judge());
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      refusal ??= error;
    }
  }
  if (refusal === undefined) return worstOf(judgements);
  if (judgements.length === 0) throw refusal;
  return { ...worstOf(judgements), refused: refusal.message };
}
