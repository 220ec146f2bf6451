import { requireNumbers, theoremClaims } from '../../claims/bounds/own-theorem/theorem-claims.js';
import type { Budget } from '../../claims/claim.js';
import type { CatalogueEntry } from '../catalogue.js';
import { type LoadedTheorem, theoremErrorText } from '../problems/load-theorem.js';
import { UsageError } from '../words/usage-error.js';

/**
 * Asks a theorem for its numbers before it is judged.
 * @throws UsageError in one line where one of its functions gives what it must not
 */
export function requireComputed(loaded: LoadedTheorem, options: Pick<Budget, 'seed' | 'depth'>): void {
  try {
    requireNumbers(loaded, options);
  } catch (error) {
    const why = theoremErrorText(error);
    throw why === undefined ? error : new UsageError(`${loaded.word}: ${why}`);
  }
}

/** The claims about a theorem as commands know them. */
export function theoremEntries(loaded: LoadedTheorem): CatalogueEntry[] {
  return theoremClaims(loaded).map(({ id, source, statement, requires }) => {
    const address = new URLSearchParams({ theorem: loaded.word, schedule: loaded.schedule, claim: id });
    return { id, source, statement, requires, module: `src/cli/judging/theorem-claim.js?${address}`, mutants: [] };
  });
}
