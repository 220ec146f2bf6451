/** The entries of a vector from the largest in size to the smallest. */
export interface SortedBySize {
  /** Where the j-th of them stands. */
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
