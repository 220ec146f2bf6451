import { requireNumbers, theoremClaims } from '../../claims/bounds/own-theorem/theorem-claims.js';
import type { Budget, Claim } from '../../claims/claim.js';
import type { CatalogueEntry } from '../catalogue.js';
import { UsageError } from '../options/usage-error.js';
import { type LoadedTheorem, loadTheorem, theoremErrorText, theoremWord } from '../problems/load-theorem.js';

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
  return theoremClaims(loaded).map(({ id, source, statement, method, requires }) => {
    const address = new URLSearchParams({ theorem: loaded.word, schedule: loaded.schedule, claim: id });
    const module = `src/cli/judging/theorem-entries.js?${address}`;
    return { id, source, statement, method, requires, module, mutants: [] };
  });
}

/**
 * The claim that the address of this module asks for. A claim is found by the module that exports it, in the main thread as in worker threads:
 * `theoremEntries` gives addresses that name a theorem and one of the claims about it.
 */
export const claim: Claim | undefined = await claimAt(new URL(import.meta.url).searchParams);

async function claimAt(asked: URLSearchParams): Promise<Claim | undefined> {
  if (!asked.has('claim')) return undefined;
  const loaded = await loadTheorem(asked.get('theorem')!, asked.get('schedule')!);
  return theoremClaims({ ...loaded, word: theoremWord(loaded) }).find(({ id }) => id === asked.get('claim'));
}
