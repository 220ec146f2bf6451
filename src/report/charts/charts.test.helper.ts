import type { BoundRow } from '../../claims/evidence.js';
import { syntheticRecord } from '../record/synthetic-run.test.helper.js';

export function rowsOf(id: string): readonly BoundRow[] {
  return syntheticRecord().claims.find((claim) => claim.id === id)!.evidence.rows!;
}

/** The y coordinates of the marks of one colour: paths placed by a translation, upwards is smaller. */
export function markHeights(svg: string, colour: string): number[] {
  const groups = svg.matchAll(new RegExp(`<g [^>]*fill="${colour}">(.*?)</g>`, 'g'));
  return Array.from(groups).flatMap(([, marks]) =>
    Array.from(marks!.matchAll(/<path transform="translate\([\d.-]+,([\d.-]+)\)"/g), ([, y]) => Number(y)),
  );
}
