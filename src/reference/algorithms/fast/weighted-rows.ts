/**
 * Σ_k w_k·row k of a matrix of rows of the length of `out`, in the order of k. Four rows per sweep: with one, most of the time goes into loading
 * and storing `out`.
 */
export function sumWeightedRows(weights: Float64Array, rows: Float64Array, out: Float64Array): void {
  const n = out.length;
  out.fill(0);
  let k = 0;
  for (; k + 3 < weights.length; k += 4) {
    const w0 = weights[k]!;
    const w1 = weights[k + 1]!;
    const w2 = weights[k + 2]!;
    const w3 = weights[k + 3]!;
    let p = k * n;
    for (let i = 0; i < n; i++, p++) {
      let sum = out[i]! + w0 * rows[p]!;
      sum += w1 * rows[p + n]!;
      sum += w2 * rows[p + 2 * n]!;
      out[i] = sum + w3 * rows[p + 3 * n]!;
    }
  }
  for (; k < weights.length; k++) {
    const weight = weights[k]!;
    let p = k * n;
    for (let i = 0; i < n; i++, p++) out[i] = out[i]! + weight * rows[p]!;
  }
}
