/** Where the rows of a sweep are written when nothing else is asked for. */
export const defaultSweepOut = 'reports/sweep';

/** Largest T: a run of theorem 2 draws T² components. */
export const largestIterations = 1_000_000;

/** Largest B: counts of draws are kept in 32 bits. */
export const largestBatch = 2 ** 31 - 1;

/** A grid of more rows prints those that fail alone. */
export const mostPrinted = 100;

/** Most rows of a grid: all of them are read when a sweep is resumed, merged or reported. */
export const mostCells = 200_000;
