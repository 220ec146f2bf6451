import type { CatalogueEntry } from '../catalogue.js';
import { selectClaims } from '../words/options.js';

/** `--list`: the claims that match, with where they stand in the paper and what they state. */
export function listClaims(claims: readonly CatalogueEntry[], glob: string | undefined): void {
  const selected = selectClaims(claims, glob);
  const width = Math.max(...selected.map(({ id }) => id.length));
  const lines = selected.map(
    ({ id, source, statement }) => `${id.padEnd(width)}  ${source.equation ?? source.section}: ${statement}`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}
