import type { Budget, Claim } from '../../claims/claim.js';
import { requireNumbers, theoremClaims } from '../../theory/bounds/own-theorem/theorem-claims.js';
import type { CatalogueEntry } from '../catalogue.js';
import { UsageError } from '../options/usage-error.js';
import { type LoadedTheorem, loadTheorem, theoremErrorText, theoremWord } from '../problems/load-theorem.js';

/**
 * Calls a theorem's functions before it is judged.
 * @throws UsageError of one line if one of its functions returns an invalid value
 */
export function requireComputed(loaded: LoadedTheorem, options: Pick<Budget, 'seed' | 'depth'>): void {
  try {
    requireNumbers(loaded, options);
  } catch (error) {
    const why = theoremErrorText(error);
    throw why === undefined ? error : new UsageError(`${loaded.word}: ${why}`);
  }
}

/** The catalogue entries of the claims about a theorem. */
export function theoremEntries(loaded: LoadedTheorem): CatalogueEntry[] {
  return theoremClaims(loaded).map(({ id, version, source, statement, method, requires }) => {
    const address = new URLSearchParams({ theorem: loaded.word, schedule: loaded.schedule, claim: id });
    const module = `src/cli/runs/theorem-entries.js?${address}`;
    return { id, version, source, statement, method, requires, module, mutants: [] };
  });
}

/**
 * The claim that this module's URL names. Main and worker threads find a claim by the module that exports it, so `theoremEntries` gives
 * URLs with a query that names a theorem and one of its claims.
 */
export const claim: Claim | undefined = await claimAt(new URL(import.meta.url).searchParams);

async function claimAt(asked: URLSearchParams): Promise<Claim | undefined> {
  if (!asked.has('claim')) return undefined;
  const loaded = await loadTheorem(asked.get('theorem')!, asked.get('schedule')!);
  return theoremClaims({ ...loaded, word: theoremWord(loaded) }).find(({ id }) => id === asked.get('claim'));
}
