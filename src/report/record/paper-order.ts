import type { Source } from '../../claims/source.js';

/** `2.1` → [2, 1]; sources without a section number stand after the paper's own. */
function sectionNumbers(section: string): readonly number[] {
  const match = /^\d+(?:\.\d+)*/.exec(section);
  return match === null ? [Number.POSITIVE_INFINITY] : match[0].split('.').map(Number);
}

/**
 * Compares two ledger entries by section; within a section the order of the registry stands (sorting is stable), because
 * algorithms, assumptions and equations have no common numbering.
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
