import { nearestWord } from './nearest.js';

/** What globs select from names, or the first glob that selects none. */
export type Selection =
  | { readonly selected: readonly string[]; readonly unmatched?: never }
  | { readonly selected?: never; readonly unmatched: string };

/**
 * Names that match one of the comma-separated globs (`*` any text, `?` one character), in the order of the names. A glob that matches none
 * is reported with the nearest name, as the beginning of a sentence: `"eq6" (did you mean eq6-prox?)`.
 */
export function selectNames(names: readonly string[], globs: string): Selection {
  const patterns = globs.split(',').map((part) => part.trim());
  for (const pattern of patterns) {
    if (names.some((name) => matches(pattern, name))) continue;
    const near = nearestWord(pattern, names);
    return { unmatched: `"${pattern}"${near === undefined ? '' : ` (did you mean ${near}?)`}` };
  }
  return { selected: names.filter((name) => patterns.some((pattern) => matches(pattern, name))) };
}

function matches(glob: string, name: string): boolean {
  const escaped = glob.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name);
}
