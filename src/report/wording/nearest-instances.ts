import type { BoundRow } from '../../claims/evidence.js';
import { successVerdicts } from '../record/outcome.js';
import { byInstance } from './row-fields.js';

/**
 * The rows of `most` instances in their order: of those with a row that is not a success, and then of those that come nearest to their bounds.
 * A claim may have seventy instances, and a page has two hundred claims.
 */
export function nearestInstances(rows: readonly BoundRow[], most: number): [string, readonly BoundRow[]][] {
  const groups = [...byInstance(rows)];
  const failing = (group: readonly BoundRow[]): boolean =>
    group.some(({ verdict }) => !successVerdicts.includes(verdict));
  const nearest = groups.toSorted(
    ([, a], [, b]) => Number(failing(b)) - Number(failing(a)) || largestRatio(b) - largestRatio(a),
  );
  const chosen = new Set(nearest.slice(0, most));
  return groups.filter((group) => chosen.has(group));
}

/** A left side and a bound of 0 are as near as can be. */
const largestRatio = (rows: readonly BoundRow[]): number =>
  Math.max(...rows.map(({ left, bound }) => (left === bound ? 1 : left / bound)));
