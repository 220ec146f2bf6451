import type { Source } from '../../claims/source.js';

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
