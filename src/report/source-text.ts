import type { Source } from '../claims/claim.js';

/** `§2.1 (6)`, or the section's own words where it has no number. */
export function sourceText(source: Source): string {
  const section = /^\d/.test(source.section) ? `§${source.section}` : source.section;
  return source.equation === undefined ? section : `${section} ${source.equation}`;
}
