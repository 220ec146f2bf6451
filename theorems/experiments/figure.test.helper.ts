import type { FigureRecord } from './figure-record.js';

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
