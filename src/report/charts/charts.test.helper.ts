import type { BoundRow } from '../../claims/evidence.js';
import { syntheticRecord } from '../record/synthetic-run.test.helper.js';

export function rowsOf(id: string): readonly BoundRow[] {
  return syntheticRecord().claims.find((claim) => claim.id === id)!.evidence.rows!;
}

/** The y coordinates of the marks of one colour: paths placed by a translation, upwards is smaller. */
export function markHeights(svg: string, colour: string): number[] {
  return Array.from(
    svg.matchAll(/<path [^>]*transform="translate\([\d.-]+,([\d.-]+)\)"[^>]*fill="([^"]+)"/g),
    (match) => [Number(match[1]), match[2]] as const,
  )
    .filter(([, fill]) => fill === colour)
    .map(([y]) => y);
}
