import TinyQueue from 'tinyqueue';
import type { Interval } from './interval.js';

/** K nondecreasing functions τ_1 … τ_K of one real variable, known by their values and by their limits at ±∞. */
export interface MonotoneFamily {
  readonly size: number;
  /** Closure of the range of τ_k. */
  readonly range: (index: number) => readonly [number, number];
  /** Certified [lower, upper] of τ_k(y) for every k, written into `low` and `high`. */
  enclose(y: number, low: Float64Array, high: Float64Array): void;
}

/** What is maximised: a function of (τ_1 … τ_K) with an upper bound on boxes. */
export interface BoxBound {
  /** The function at one point. */
  at(values: Float64Array): number;
  /** An upper bound of the function over the box low ≤ τ ≤ high. */
  over(low: Float64Array, high: Float64Array): number;
}

interface Cell {
  /** An upper bound of the function over the cell. */
  readonly bound: number;
  readonly from: number;
  readonly to: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

const RELATIVE_WIDTH = 2 ** -14;
const LARGEST_CELLS = 2048;

/**
 * sup over y ∈ R, enclosed, by best-first bisection of the extended line: on [a, b] the values lie in the box
 * [τ(a), τ(b)], beyond the last point in the box up to the limits. Ends when the enclosure is 2⁻¹⁴ wide, relatively, or
 * after 2048 cells; it is certified either way. +∞ above when a range that matters is unbounded.
 */
export function supremumOverLine(family: MonotoneFamily, bound: BoxBound): Interval {
  const { size } = family;
  const cells = new TinyQueue<Cell>([], (a, b) => (a.bound > b.bound ? -1 : 1));
  const push = (from: number, to: number, low: Float64Array, high: Float64Array) => {
    const most = bound.over(low, high);
    // NaN after an overflow: nothing is known there, and a queue of NaN has no order.
    cells.push({ bound: Number.isNaN(most) ? Infinity : most, from, to, low, high });
  };
  const end = (side: 0 | 1) => Float64Array.from({ length: size }, (_, k) => family.range(k)[side]);
  push(-Infinity, Infinity, end(0), end(1));
  let lower = 0;
  for (let count = 0; ; count++) {
    const cell = cells.pop()!;
    const upper = Math.max(cell.bound, lower);
    if (upper - lower <= RELATIVE_WIDTH * lower || count === LARGEST_CELLS) return { lower, upper };
    const middle = split(cell.from, cell.to);
    const low = new Float64Array(size);
    const high = new Float64Array(size);
    family.enclose(middle, low, high);
    lower = Math.max(lower, bound.at(low));
    push(cell.from, middle, cell.low, high);
    push(middle, cell.to, low, cell.high);
  }
}

/** The midpoint, or a point twice as far out on an unbounded side. */
function split(from: number, to: number): number {
  if (from === -Infinity) return to === Infinity ? 0 : 2 * to - 1;
  return to === Infinity ? 2 * from + 1 : from + (to - from) / 2;
}
