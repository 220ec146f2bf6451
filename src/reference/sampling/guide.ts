/**
 * Fills a guide to a distribution function: entry g is ⌊j/2^shift⌋ of the smallest j with cumulative[j] > g/cells. Inversion of u starts there,
 * with g = ⌊u·cells⌋, and seldom goes on by more than one outcome, or 2^shift, where bisection takes log₂ of their number.
 *
 * @param guide its length, the number of cells, is a power of two, so that u·cells is exact
 * @param cumulative non-decreasing, ends above every u in [0, 1)
 */
export function fillGuide(guide: Int32Array | Uint8Array, cumulative: Float64Array, shift: number): void {
  let j = 0;
  for (let g = 0; g < guide.length; g++) {
    while (cumulative[j]! <= g / guide.length) j++;
    guide[g] = j >> shift;
  }
}
