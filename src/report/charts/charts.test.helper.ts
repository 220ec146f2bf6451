import type { BoundRow } from '../../claims/evidence.js';
import { syntheticRecord } from '../record/synthetic-run.test.helper.js';

export function rowsOf(id: string): readonly BoundRow[] {
  return syntheticRecord().claims.find((claim) => claim.id === id)!.evidence.rows!;
}

/** The y coordinates of the marks of one colour: circles, and paths placed by a translation; upwards is smaller. */
export function markHeights(svg: string, colour: string): number[] {
  const groups = svg.matchAll(new RegExp(`<g [^>]*fill="${colour}">(.*?)</g>`, 'g'));
  return Array.from(groups).flatMap(([, marks]) =>
    Array.from(
      marks!.matchAll(/<circle cx="[\d.-]+" cy="([\d.-]+)"|<path transform="translate\([\d.-]+,([\d.-]+)\)"/g),
      ([, circle, path]) => Number(circle ?? path),
    ),
  );
}
