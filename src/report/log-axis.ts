import type { BoundRow } from '../claims/evidence.js';

/** Ends of a logarithmic axis. */
export type AxisRange = readonly [bottom: number, top: number];

/** At most this many decades are drawn, so that one left side of 10⁻³⁰ does not flatten the others. */
const decades = 6;

/** A range that holds every positive left side, interval end and bound, as far as `decades` below the largest. */
export function valueRange(rows: readonly BoundRow[]): AxisRange {
  const values = rows
    .flatMap((row) => [row.left, row.bound, row.sharpBound ?? row.bound, ...row.leftInterval])
    .filter((value) => value > 0 && Number.isFinite(value));
  if (values.length === 0) return [0.1, 10];
  const top = Math.max(...values);
  const bottom = Math.max(Math.min(...values), top * 10 ** -decades);
  return [bottom / 1.6, top * 1.6];
}

/** Powers of ten in the range, with 2 and 5 times them where there are few. */
export function decadeTicks([bottom, top]: AxisRange): number[] {
  const digits = top / bottom < 1000 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let exponent = Math.floor(Math.log10(bottom)); exponent <= Math.ceil(Math.log10(top)); exponent++) {
    for (const digit of digits) {
      const tick = Number(`${digit}e${exponent}`);
      if (tick >= bottom && tick <= top) ticks.push(tick);
    }
  }
  return ticks;
}

/** At most seven of the iteration counts, evenly spread from the last one down, so that labels do not run into each other. */
export function iterationTicks(iterations: readonly number[]): number[] {
  const stride = Math.max(1, Math.ceil((iterations.length - 1) / 6));
  return iterations.filter((_, i) => (iterations.length - 1 - i) % stride === 0);
}
