import { scratchVector } from './vectors.js';

/** v moved towards 0 by a threshold, or 0 if |v| is at most the threshold: the prox of the threshold times |v|. */
export const softThreshold = (v: number, threshold: number): number =>
  Math.sign(v) * Math.max(Math.abs(v) - threshold, 0);

/** The threshold τ = largest − depth; kept apart because differences to the largest entry do not cancel. */
export interface Threshold {
  /** Largest entry of y. */
  largest: number;
  /** How far τ lies below it; 0 when the total is. */
  depth: number;
}

/**
 * Solver of Σ max(y_i − τ, 0) = t for t ≥ 0, by sorting in O(n log n) (Held, Wolfe, Crowder 1974): what projections onto simplex and
 * ℓ1 ball, and the proxes of max and ℓ∞, have in common. With `magnitudes` it takes |y_i| in place of y_i. Allocates nothing after
 * the first call for a length; the object returned is written again by the next call.
 */
export function simplexThreshold(magnitudes = false): (y: Float64Array, total: number) => Threshold {
  const sortedOf = scratchVector();
  const found: Threshold = { largest: 0, depth: 0 };
  return (y, total) => {
    const gaps = sortedOf(y.length);
    let largest = -Infinity;
    for (let i = 0; i < y.length; i++) {
      gaps[i] = magnitudes ? Math.abs(y[i]!) : y[i]!;
      largest = Math.max(largest, gaps[i]!);
    }
    for (let i = 0; i < y.length; i++) gaps[i] = largest - gaps[i]!;
    gaps.sort();
    // With the k smallest gaps active: Σ(depth − gap_i) = t.
    let depth = Infinity;
    let sum = total;
    for (let k = 0; k < gaps.length && gaps[k]! < depth; k++) {
      sum += gaps[k]!;
      depth = sum / (k + 1);
    }
    found.largest = largest;
    found.depth = depth;
    return found;
  };
}

/** The entries of a vector from the largest in size to the smallest. */
export interface SortedBySize {
  /** The index of the j-th of them. */
  readonly order: Uint32Array;
  /** Its size |u_i|. */
  readonly sizes: Float64Array;
}

/** Sorts vectors of n entries by size, in O(n log n); the object returned is written again by the next call. */
export function sortedBySize(n: number): (u: Float64Array) => SortedBySize {
  const order = new Uint32Array(n);
  const sizes = new Float64Array(n);
  const sorted: SortedBySize = { order, sizes };
  return (u) => {
    for (let i = 0; i < n; i++) order[i] = i;
    order.sort((a, b) => Math.abs(u[b]!) - Math.abs(u[a]!));
    for (let j = 0; j < n; j++) sizes[j] = Math.abs(u[order[j]!]!);
    return sorted;
  };
}

/** The level τ = reference − depth of `cappedThreshold`. */
export interface CappedThreshold {
  /** An entry of y that is near the level. */
  readonly reference: number;
  /** How far the level lies below it. */
  readonly depth: number;
}

/**
 * The τ with Σ min(max(y_i − τ, 0), c) = t for 0 ≤ t ≤ nc, by sorting in O(n log n): what projections onto a simplex with upper bounds and the
 * sum of the largest entries have in common. In order of size the first entries of y have the share c, the next ones y_i − τ, and the rest 0.
 */
export function cappedThreshold(y: Float64Array, cap: number, total: number): CappedThreshold {
  const sorted = y.slice().sort().reverse();
  const n = sorted.length;
  if (!(total > 0)) return { reference: sorted[0]!, depth: 0 };
  // The level falls from the largest entry on; at each of its values `capped` entries have the share c and `entered` one above 0.
  let [capped, entered, level, sum] = [0, 1, sorted[0]!, 0];
  while (capped < n) {
    const next = Math.max(entered < n ? sorted[entered]! : -Infinity, sorted[capped]! - cap);
    const reached = sum + (entered - capped) * (level - next);
    if (!(reached < total)) break;
    [sum, level] = [reached, next];
    if (entered < n && sorted[entered]! === next) entered++;
    else capped++;
  }
  if (capped === n || capped === entered) return { reference: sorted[capped - 1]!, depth: cap };
  const reference = sorted[capped]!;
  let below = total - capped * cap;
  for (let j = capped; j < entered; j++) below += reference - sorted[j]!;
  return { reference, depth: below / (entered - capped) };
}
