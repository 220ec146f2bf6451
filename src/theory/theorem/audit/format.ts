import type { Interval } from '../../../reference/certified/interval.js';
import type { Constant } from './finding.js';

/** Largest number of entries of a vector that is printed in full, and the number of entries shown of a longer one. */
const inFull = 6;
const few = 4;
const firstFew = Array.from({ length: few }, (_, i) => i);

/** Seven significant digits: enough to see that a constant is exceeded, short enough for a line. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : 'NaN';
  return String(Number(value.toPrecision(7))).replaceAll('-', '−');
}

/** A double with the shortest digits that identify it. */
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

/**
 * A point, exactly, so that the statement about it can be recomputed: `x = (1, 2)`, or for a long one the entries that matter,
 * `x_8 = 1.5, others 0`. The JSON has all entries.
 */
export function formatPoint(name: string, values: ArrayLike<number>): string {
  return pointText(name, values, []);
}

/** Two points, exactly. If a long pair differs in few entries, only these are shown for the second point. */
export function formatPair(x: ArrayLike<number>, y: ArrayLike<number>): string {
  const apart = Array.from(x).flatMap((value, i) => (value === y[i] ? [] : [i]));
  if (x.length <= inFull || apart.length > few) return `${formatPoint('x', x)}, ${formatPoint('y', y)}`;
  const moved = apart.map((i) => `y_${i + 1} = ${formatExact(y[i]!)}`);
  return `${pointText('x', x, apart)}, ${[...moved, 'else y_i = x_i'].join(', ')}`;
}

/** A vector with seven digits for each entry: `(1, 2)`, or for a long one the entries that matter, `(8: 1.5, others 0)`. */
export function formatVector(values: ArrayLike<number>): string {
  const texts = Array.from(values, formatNumber);
  if (texts.length <= inFull) return `(${texts.join(', ')})`;
  const { shown, rest } = matteringEntries(texts, []);
  return `(${[...shown.map((i) => `${i + 1}: ${texts[i]}`), rest].join(', ')})`;
}

function pointText(name: string, values: ArrayLike<number>, wanted: readonly number[]): string {
  const texts = Array.from(values, formatExact);
  if (texts.length <= inFull) return `${name} = (${texts.join(', ')})`;
  const { shown, rest } = matteringEntries(texts, wanted);
  if (shown.length === 0) return `${name} with ${rest}`;
  return [...shown.map((i) => `${name}_${i + 1} = ${texts[i]}`), rest].join(', ');
}

/**
 * The entries of a long vector to show, and the value of the others: the wanted ones and those that differ from the most common value, up to a few;
 * if no value is common, the wanted ones or the first few.
 */
function matteringEntries(texts: readonly string[], wanted: readonly number[]): { shown: number[]; rest: string } {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [common, count] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most));
  if (count <= texts.length / 2) {
    return { shown: wanted.length > 0 ? [...wanted] : firstFew, rest: `… ${texts.length} entries` };
  }
  const differing = [...texts.keys()].filter((i) => texts[i] !== common);
  const candidates = [...new Set([...wanted, ...differing])];
  const shown = candidates.slice(0, Math.max(few, wanted.length)).sort((a, b) => a - b);
  const others = shown.length === 0 ? `all ${texts.length} entries ${common}` : `others ${common}`;
  const left = candidates.length - shown.length;
  return { shown, rest: left === 0 ? others : `… ${left} more, ${others}` };
}
