import type { Source } from '../../claims/source.js';

/** `§2.1 (6)`, or the section's own words where it has no number. */
export function sourceText({ section, equation }: Source): string {
  if (!/^\d/.test(section)) return equation === undefined ? section : `${section}, ${equation}`;
  return equation === undefined ? `§${section}` : `§${section} ${equation}`;
}
