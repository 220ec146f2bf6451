/** The factor of row j, from a_j · x and j. Rows are asked about in their order, each once. */
export type RowFactor = (product: number, row: number) => number;

/** The rows a_j of a matrix, one after the other. */
export interface Rows {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/**
 * Adds Σ_j factor(a_j · x, j) a_j to `out`, which must not be x. A product is summed column by column, four rows are added together as
 * (t₀ + t₁) + (t₂ + t₃), so that `out` is read once for four, and rows left over one by one.
 */
export function addRows({ rows, columns, data }: Rows, x: Float64Array, factor: RowFactor, out: Float64Array): void {
  const grouped = rows - (rows % 4);
  for (let j = 0; j < grouped; j += 4) {
    const a = j * columns;
    const [b, c, d] = [a + columns, a + 2 * columns, a + 3 * columns];
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = 0; i < columns; i++) {
      const xi = x[i]!;
      s0 += data[a + i]! * xi;
      s1 += data[b + i]! * xi;
      s2 += data[c + i]! * xi;
      s3 += data[d + i]! * xi;
    }
    const [f0, f1, f2, f3] = [factor(s0, j), factor(s1, j + 1), factor(s2, j + 2), factor(s3, j + 3)];
    for (let i = 0; i < columns; i++)
      out[i]! += f0 * data[a + i]! + f1 * data[b + i]! + (f2 * data[c + i]! + f3 * data[d + i]!);
  }
  for (let j = grouped; j < rows; j++) {
    let product = 0;
    for (let i = 0; i < columns; i++) product += data[j * columns + i]! * x[i]!;
    const f = factor(product, j);
    for (let i = 0; i < columns; i++) out[i]! += f * data[j * columns + i]!;
  }
}
