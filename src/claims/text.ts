/** `1 case`, `2 cases`. */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : many}`;
}

/** Fewest insertions, deletions and replacements of characters that turn one word into the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}

/** Letters and digits alone, in lower case. */
const bare = (word: string): string => word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Whether the letters of an abbreviation occur in a word in their order. */
function abbreviates(letters: string, word: string): boolean {
  let found = 0;
  for (const letter of word) if (letter === letters[found]) found++;
  return found === letters.length;
}

/**
 * The word meant by a mistyped one: one that contains it; else the one fewest edits away, if fewer than half
 * of it is wrong; else the shortest that it abbreviates.
 */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  const letters = bare(word);
  const containing = letters.length > 2 ? words.find((candidate) => candidate.includes(word)) : undefined;
  if (containing !== undefined) return containing;
  let nearest: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of words) {
    const distance = editDistance(word, candidate);
    if (distance < (nearest?.distance ?? word.length / 2)) nearest = { candidate, distance };
  }
  if (nearest !== undefined || letters.length < 3) return nearest?.candidate;
  return words.filter((candidate) => abbreviates(letters, bare(candidate))).sort((a, b) => a.length - b.length)[0];
}

/**
 * Refuses unknown options: a misspelt one would be ignored in silence.
 *
 * @param owner what takes them
 * @param known the options that there are, as keys
 * @throws TypeError that names the option and the nearest that there is
 */
export function requireOptions(owner: string, given: object, known: Readonly<Record<string, true>>): void {
  for (const option in given) {
    if (Object.hasOwn(known, option)) continue;
    const names = Object.keys(known);
    const near = nearestWord(option, names);
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    throw new TypeError(`there is no option "${option}"${hint}: the options of ${owner} are ${names.join(', ')}`);
  }
}

/** What globs select from names, or the first glob that selects none. */
export type Selection =
  | { readonly selected: readonly string[]; readonly unmatched?: never }
  | { readonly selected?: never; readonly unmatched: string };

/**
 * Names that match one of the comma-separated globs (`*` any text, `?` one character), in the order of the names. A glob that matches none
 * is reported with the nearest name, or the nearest of other words that may stand in its place, as the beginning of a sentence:
 * `"eq6" (did you mean eq6-prox?)`.
 */
export function selectNames(names: readonly string[], globs: string, others: readonly string[] = []): Selection {
  const patterns = globs.split(',').map((part) => part.trim());
  for (const pattern of patterns) {
    if (names.some((name) => matches(pattern, name))) continue;
    const near = nearestWord(pattern, [...others, ...names]);
    return { unmatched: `"${pattern}"${near === undefined ? '' : ` (did you mean ${near}?)`}` };
  }
  return { selected: names.filter((name) => patterns.some((pattern) => matches(pattern, name))) };
}

function matches(glob: string, name: string): boolean {
  const escaped = glob.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name);
}
