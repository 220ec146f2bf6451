/** The default of `--out` for a grid. */
export const defaultSweepOut = 'reports/sweep';

/** Largest T: a run of theorem 2 draws T² components. */
export const largestIterations = 1_000_000;

/** Largest B: counts of draws are kept in 32 bits. */
export const largestBatch = 2 ** 31 - 1;

/** A grid with more rows prints only those that fail. */
export const mostPrinted = 100;

/** Largest number of rows: resuming, merging and reporting a sweep read all of them into memory. */
export const mostCells = 200_000;
