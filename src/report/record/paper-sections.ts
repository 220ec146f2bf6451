import type { Source } from '../../claims/schemas.js';

/** `2.1` → [2, 1]; sources without a section number come after the paper's. */
function sectionNumbers(section: string): readonly number[] {
  const match = /^\d+(?:\.\d+)*/.exec(section);
  return match === null ? [Number.POSITIVE_INFINITY] : match[0].split('.').map(Number);
}

/**
 * Compares two claims by section. Within a section the order of the registry stays (sorting is stable), because algorithms, assumptions and
 * equations have no common numbering.
 */
export function byPaperOrder(a: { readonly source: Source }, b: { readonly source: Source }): number {
  const left = sectionNumbers(a.source.section);
  const right = sectionNumbers(b.source.section);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const l = left[i] ?? -1;
    const r = right[i] ?? -1;
    if (l !== r) return l < r ? -1 : 1;
  }
  return 0;
}

/** `§2.1 (6)`, or the section's own words where it has no number. */
export function sourceText({ section, equation }: Source): string {
  if (!/^\d/.test(section)) return equation === undefined ? section : `${section}, ${equation}`;
  return equation === undefined ? `§${section}` : `§${section} ${equation}`;
}

/** Titles of the paper's sections. */
const titles: Readonly<Record<string, string>> = {
  '1': 'Introduction',
  '2': 'Main results',
  '2.1': 'Compressed optimization using proximals',
  '2.2': 'Theoretical analysis',
  '3': 'Numerical illustration',
  '5.1': 'Proof of Theorem 1',
  '5.2': 'Proof of Theorem 2',
};

/** `§2.2 Theoretical analysis`, or the section's own words where it has no number. */
export function sectionTitle({ section }: Pick<Source, 'section'>): string {
  if (!/^\d/.test(section)) return `${section.charAt(0).toUpperCase()}${section.slice(1)}`;
  const title = titles[section];
  return title === undefined ? `§${section}` : `§${section} ${title}`;
}

/** `Theorem 1` for `theorem-1`, and the id of any other theorem. */
export const theoremName = (id: string): string => id.replace(/^theorem-(\d)$/, 'Theorem $1');
