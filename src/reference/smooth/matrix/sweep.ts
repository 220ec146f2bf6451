/** The factor of row j, from a_j · x and j. Rows are asked about in their order, each once. It must not sweep itself. */
export type RowFactor = (product: number, row: number) => number;

/** The rows a_j of a matrix, one after the other. */
export interface Rows {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** Adds Σ_j factor(a_j · x, j) a_j to `out`, which must not be x. */
export type AddRows = (matrix: Rows, x: Float64Array, factor: RowFactor, out: Float64Array) => void;

/**
 * The definition: a product is summed column by column, four rows are added together as (t₀ + t₁) + (t₂ + t₃), and rows left over one by
 * one. The fast forms do the same sums in the same order.
 */
export const addRowsAsDefined: AddRows = ({ rows, columns, data }, x, factor, out) => {
  const entry = (row: number, column: number) => data[row * columns + column]!;
  const factorOf = (row: number) => {
    let product = 0;
    for (let i = 0; i < columns; i++) product += entry(row, i) * x[i]!;
    return factor(product, row);
  };
  const grouped = rows - (rows % 4);
  for (let j = 0; j < grouped; j += 4) {
    const factors = [factorOf(j), factorOf(j + 1), factorOf(j + 2), factorOf(j + 3)];
    for (let i = 0; i < columns; i++) {
      const t = (k: number) => factors[k]! * entry(j + k, i);
      out[i]! += t(0) + t(1) + (t(2) + t(3));
    }
  }
  for (let j = grouped; j < rows; j++) {
    const f = factorOf(j);
    for (let i = 0; i < columns; i++) out[i]! += f * entry(j, i);
  }
};

/** Of longer rows, and of matrices with more entries than 32 bits can count, the sums are taken as defined. */
const longestRow = 2 ** 17;
const mostEntries = 2 ** 31;

/** x and the sum. Arrays that the compiler knows beforehand save it the checks of their kind and place at every access. */
const vector = new Float64Array(longestRow);
const sum = new Float64Array(longestRow);

/** The products of four rows, then their factors. */
const four = new Float64Array(4);

/**
 * The definition in a faster form: while four rows are added from the cache the products of the next four are taken from memory, in one
 * loop; with eight of each the loop no longer fits the registers.
 */
export const addRowsInJavaScript: AddRows = (matrix, x, factor, out) => {
  const { rows, columns, data } = matrix;
  const grouped = rows - (rows % 4);
  if (grouped === 0 || columns > longestRow || data.length > mostEntries) {
    addRowsAsDefined(matrix, x, factor, out);
    return;
  }
  vector.set(x);
  sum.set(out);
  productsOfFourRows(data, columns, 0);
  for (let j = 0; j < grouped; j += 4) {
    for (let k = 0; k < 4; k++) four[k] = factor(four[k]!, j + k);
    if (j + 4 < grouped) addFourRowsAndMultiply(data, columns, j * columns);
    else addFourRows(data, columns, j * columns);
  }
  out.set(sum.subarray(0, columns));
  addRowsFrom(grouped, addRowsAsDefined, matrix, x, factor, out);
};

/** Adds the rows from `first`, a multiple of 4, on. */
export function addRowsFrom(
  first: number,
  addRows: AddRows,
  { rows, columns, data }: Rows,
  x: Float64Array,
  factor: RowFactor,
  out: Float64Array,
): void {
  if (first === rows) return;
  const below = { rows: rows - first, columns, data: data.subarray(first * columns) };
  addRows(below, x, (product, row) => factor(product, first + row), out);
}

/**
 * four[k] ← a_k · x for the four rows from the index `first` on. The index walks from row to row, so that it fits the registers, and
 * `| 0` saves the checks for overflow; a function of its own is compiled as a whole after a few calls.
 */
function productsOfFourRows(data: Float64Array, columns: number, first: number): void {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = 0; i < columns; i++) {
    const xi = vector[i]!;
    let k = (first + i) | 0;
    s0 += data[k]! * xi;
    k = (k + columns) | 0;
    s1 += data[k]! * xi;
    k = (k + columns) | 0;
    s2 += data[k]! * xi;
    k = (k + columns) | 0;
    s3 += data[k]! * xi;
  }
  four[0] = s0;
  four[1] = s1;
  four[2] = s2;
  four[3] = s3;
}

/** sum ← sum + Σ_k four[k] a_k over the four rows from the index `first` on. */
function addFourRows(data: Float64Array, columns: number, first: number): void {
  const f0 = four[0]!;
  const f1 = four[1]!;
  const f2 = four[2]!;
  const f3 = four[3]!;
  for (let i = 0; i < columns; i++) {
    let k = (first + i) | 0;
    const t0 = f0 * data[k]!;
    k = (k + columns) | 0;
    const t1 = f1 * data[k]!;
    k = (k + columns) | 0;
    const t2 = f2 * data[k]!;
    k = (k + columns) | 0;
    const t3 = f3 * data[k]!;
    sum[i]! += t0 + t1 + (t2 + t3);
  }
}

/** `addFourRows`, and `productsOfFourRows` for the four after them, in one loop. */
function addFourRowsAndMultiply(data: Float64Array, columns: number, first: number): void {
  const f0 = four[0]!;
  const f1 = four[1]!;
  const f2 = four[2]!;
  const f3 = four[3]!;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = 0; i < columns; i++) {
    const xi = vector[i]!;
    let k = (first + i) | 0;
    const t0 = f0 * data[k]!;
    k = (k + columns) | 0;
    const t1 = f1 * data[k]!;
    k = (k + columns) | 0;
    const t2 = f2 * data[k]!;
    k = (k + columns) | 0;
    const t3 = f3 * data[k]!;
    sum[i]! += t0 + t1 + (t2 + t3);
    k = (k + columns) | 0;
    s0 += data[k]! * xi;
    k = (k + columns) | 0;
    s1 += data[k]! * xi;
    k = (k + columns) | 0;
    s2 += data[k]! * xi;
    k = (k + columns) | 0;
    s3 += data[k]! * xi;
  }
  four[0] = s0;
  four[1] = s1;
  four[2] = s2;
  four[3] = s3;
}
