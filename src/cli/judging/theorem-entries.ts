import { theoremClaims } from '../../claims/bounds/own-theorem/theorem-claims.js';
import type { CatalogueEntry } from '../catalogue.js';
import type { LoadedTheorem } from '../problems/load-theorem.js';

/** The claims about a theorem as commands know them. */
export function theoremEntries(loaded: LoadedTheorem): CatalogueEntry[] {
  return theoremClaims(loaded).map(({ id, source, statement, requires }) => {
    const address = new URLSearchParams({ theorem: loaded.word, schedule: loaded.schedule, claim: id });
    return { id, source, statement, requires, module: `src/cli/judging/theorem-claim.js?${address}`, mutants: [] };
  });
}
