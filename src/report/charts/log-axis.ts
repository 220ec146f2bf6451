import type { BoundRow } from '../../claims/evidence.js';
import { formatCount, formatNumber, formatPower } from '../wording/format-number.js';

/** Ends of a logarithmic axis. */
export type AxisRange = readonly [bottom: number, top: number];

/** Left sides are drawn as far as these factors below the lowest and above the highest bound; beyond, they stand on the edge. */
const furthestBelow = 1e-5;
const furthestAbove = 1e3;

/**
 * A range that holds every bound, and every positive left side and interval end that is not so far from the bounds that the rest
 * would be flattened: one of 10⁻³⁰, or the 10²¹ of a diverging run.
 */
export function valueRange(rows: readonly BoundRow[]): AxisRange {
  const drawable = (value: number): boolean => value > 0 && Number.isFinite(value);
  const lefts = rows.flatMap((row) => [row.left, ...row.leftInterval]).filter(drawable);
  const bounds = rows.flatMap((row) => [row.bound, row.sharpBound ?? row.bound]).filter(drawable);
  const anchors = bounds.length > 0 ? bounds : lefts;
  if (anchors.length === 0) return [0.1, 10];
  const lowest = Math.min(...anchors);
  const highest = Math.max(...anchors);
  const bottom = Math.max(Math.min(lowest, ...lefts), lowest * furthestBelow);
  const top = Math.min(Math.max(highest, ...lefts), highest * furthestAbove);
  return [bottom / 1.6, top * 1.6];
}

/** Powers of ten in the range, with 2 and 5 times them where there are few, and every multiple where those would leave one tick. */
export function decadeTicks([bottom, top]: AxisRange): number[] {
  const digits = top / bottom < 5 ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : top / bottom < 1000 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let exponent = Math.floor(Math.log10(bottom)); exponent <= Math.ceil(Math.log10(top)); exponent++) {
    for (const digit of digits) {
      const tick = Number(`${digit}e${exponent}`);
      if (tick >= bottom && tick <= top) ticks.push(tick);
    }
  }
  return ticks;
}

/** A number at a tick: what has an exponent is a power of ten, or a multiple of one. */
export function tickLabel(tick: number): string {
  const text = formatNumber(tick);
  const [digits, exponent] = text.split('e');
  if (exponent === undefined) return text;
  const power = formatPower(10, Number(exponent.replace('−', '-')));
  return digits === '1' ? power : `${digits}·${power}`;
}

/** A count of iterations at a tick: a large one is a power of two, or written in full. */
export function iterationLabel(iterations: number): string {
  const exponent = Math.log2(iterations);
  return iterations >= 1e5 && Number.isInteger(exponent) ? formatPower(2, exponent) : formatCount(iterations);
}

/** At most seven of the iteration counts, evenly spread from the last one down, so that labels do not run into each other. */
export function iterationTicks(iterations: readonly number[]): number[] {
  const stride = Math.max(1, Math.ceil((iterations.length - 1) / 6));
  return iterations.filter((_, i) => (iterations.length - 1 - i) % stride === 0);
}

/** Abscissas of a power law: dense enough that what lies outside a panel can be left out instead of bent along its edge. */
export function powersBetween(first: number, last: number): number[] {
  const steps = 48;
  return Array.from({ length: steps + 1 }, (_, i) => first * (last / first) ** (i / steps));
}
