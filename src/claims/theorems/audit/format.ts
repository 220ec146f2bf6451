import type { Interval } from '../../../reference/certified/interval.js';
import type { Constant } from './finding.js';

/** Entries of a vector that are printed. */
const longest = 4;

/** Seven significant digits: enough to see a constant exceeded, short enough for a line. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : 'NaN';
  return String(Number(value.toPrecision(7))).replaceAll('-', '−');
}

/** A double by the shortest digits that mean it and no other. */
export function formatExact(value: number): string {
  return Number.isFinite(value) ? String(value).replaceAll('-', '−') : formatNumber(value);
}

/** A constant, vector of constants or enclosure as one short word. */
export function formatConstant(value: Constant | Interval): string {
  if (typeof value === 'number') return formatNumber(value);
  if ('lower' in value) {
    const [lower, upper] = [formatNumber(value.lower), formatNumber(value.upper)];
    return lower === upper ? lower : `[${lower}, ${upper}]`;
  }
  return formatVector(value);
}

/** A point, exactly, so that what is said of it can be computed again; cut after a few entries, all of which are in the JSON. */
export function formatPoint(values: ArrayLike<number>): string {
  return formatEntries(values, formatExact);
}

/** A vector by seven digits an entry, cut after a few. */
export function formatVector(values: ArrayLike<number>): string {
  return formatEntries(values, formatNumber);
}

function formatEntries(values: ArrayLike<number>, format: (value: number) => string): string {
  const shown = Array.from({ length: Math.min(longest, values.length) }, (_, i) => format(values[i]!));
  return `(${shown.join(', ')}${values.length > longest ? `, … ${values.length} entries` : ''})`;
}
