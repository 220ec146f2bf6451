import { mean } from 'simple-statistics';
import { type BoundRow, tightestFound } from '../../claims/evidence.js';
import { rateExponent } from '../../statistics/summaries.js';

/** A power law left ≈ e^intercept · T^slope fitted to the rows of one instance. */
export interface RateFit {
  /** The rate exponent; both theorems promise a bound of exponent −1/2. */
  readonly slope: number;
  /** The fitted left side at T iterations. */
  at(iterations: number): number;
  /** Rows used: T > 0 and a positive finite left side. */
  readonly points: number;
}

/** What a fit needs of a row. */
export type RatePoint = Pick<BoundRow, 'iterations' | 'left' | 'engine' | 'replicates'> &
  Partial<Pick<BoundRow, 'instance'>>;

/**
 * Least squares of log left on centred log T, every row with equal weight; undefined with fewer than three different T, which any line fits. Rows decided
 * by the cap without a replicate have no measured left side and are left out, as are those of a search, which are of different problems. A figure for people: no verdict rests on it.
 */
export function fitRate(rows: readonly RatePoint[]): RateFit | undefined {
  const used = rows.filter((row) => {
    const measured = row.engine !== 'cap' || row.replicates > 0;
    return (
      measured && row.instance !== tightestFound && row.iterations > 0 && row.left > 0 && Number.isFinite(row.left)
    );
  });
  const slope = rateExponent(used);
  if (slope === undefined || new Set(used.map((row) => row.iterations)).size < 3) return undefined;
  // On centred abscissas the level of the least-squares line is the mean of the ordinates.
  const centre = mean(used.map((row) => Math.log(row.iterations)));
  const level = mean(used.map((row) => Math.log(row.left)));
  return { slope, points: used.length, at: (iterations) => Math.exp(level + slope * (Math.log(iterations) - centre)) };
}
