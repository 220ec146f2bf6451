import type { BoundRow } from '../../claims/evidence.js';

/** left / bound of a row; a bound of 0 is met by 0 only. */
export function boundRatio(row: Pick<BoundRow, 'left' | 'bound'>): number {
  return row.left === 0 && row.bound === 0 ? 0 : row.left / row.bound;
}
