import type { BoundRow } from '../../claims/evidence.js';
import type { FigureRecord } from '../record/figure-record.js';
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

export const bySetting = <Value>(make: (k: number) => Value) => ({
  'spgm-dense': make(0),
  'sign-prox-dense': make(1),
  'spgm-sparse': make(2),
  'sign-prox-sparse': make(3),
});

/** A figure of two pixels a side. */
export const figureRecord: FigureRecord = {
  problem: { side: 2, measurements: 9, weight: 0.001, seed: '1' },
  reading: 'total',
  sigma: 0.1,
  density: 0.1,
  iterations: 3,
  seeds: ['1.0', '1.1'],
  steps: bySetting((k) => 0.001 * (k + 1)),
  stepChoice: 'by hand',
  infimum: 0,
  bands: bySetting((k) => ({
    median: [1, 0.5, 0.1, 10 ** -(k + 1)],
    lower: [1, 0.4, 0.05, 0],
    upper: [1, 0.6, 0.2, Number.POSITIVE_INFINITY],
  })),
  images: bySetting((k) => ({ side: 2, pixels: [0, 1, k / 4, 2], relativeError: 0.1 * k })),
};
