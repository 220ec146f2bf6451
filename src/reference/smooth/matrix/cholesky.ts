import { Matrix } from './matrix.js';

/** Most products of entries in a Gram matrix that is formed: some seconds. */
export const MOST_PRODUCTS = 2 ** 34;
/** Columns that are eliminated at once: a block of them stays in the cache while the rest of the matrix passes by. */
const BLOCK = 64;
/** Rows and columns of a tile, whose sums are kept in registers. */
const TILE = 4;

/** AᵀA, of the columns, or AAᵀ, of the rows, row by row. Every entry is summed in the order of its products, rounded. */
export function gram({ rows, columns, data }: Matrix, of: 'rows' | 'columns'): Float64Array {
  const [order, length, across, along] = of === 'rows' ? [rows, columns, columns, 1] : [columns, rows, 1, columns];
  const product = new Float64Array(order * order);
  for (let from = 0; from < length; from += BLOCK) {
    const factor = { data, across, along, from, to: Math.min(length, from + BLOCK) };
    subtractProducts(product, order, 0, factor);
  }
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      const entry = 0 - product[i * order + j]!;
      product[i * order + j] = entry;
      product[j * order + i] = entry;
    }
  }
  return product;
}

/**
 * Whether the Cholesky factorisation of M − shift·I, of which the lower half is read, meets only positive pivots in floating point. No
 * product is left out or taken in another way than one after the other, so that the rounding bounds of Higham hold (`largestEigenvalueBelow`).
 */
export function isFactorisable(matrix: Float64Array, order: number, shift: number): boolean {
  const factor = new Float64Array(matrix);
  for (let i = 0; i < order; i++) factor[i * order + i]! -= shift;
  for (let from = 0; from < order; from += BLOCK) {
    const to = Math.min(order, from + BLOCK);
    if (!eliminate(factor, order, from, to)) return false;
    if (to < order) subtractProducts(factor, order, to, { data: factor, across: order, along: 1, from, to });
  }
  return true;
}

/** The columns of a block of the factor; false at the first pivot that is not positive. */
function eliminate(factor: Float64Array, order: number, from: number, to: number): boolean {
  for (let j = from; j < to; j++) {
    const top = j * order;
    let pivot = factor[top + j]!;
    for (let k = from; k < j; k++) pivot -= factor[top + k]! * factor[top + k]!;
    if (!(pivot > 0)) return false;
    const root = Math.sqrt(pivot);
    factor[top + j] = root;
    for (let i = j + 1; i < order; i++) {
      const row = i * order;
      let entry = factor[row + j]!;
      for (let k = from; k < j; k++) entry -= factor[row + k]! * factor[top + k]!;
      factor[row + j] = entry / root;
    }
  }
  return true;
}

/** The columns `from` to `to` of a matrix X: x_ik is `data[i * across + k * along]`. */
interface Columns {
  readonly data: Float64Array;
  readonly across: number;
  readonly along: number;
  readonly from: number;
  readonly to: number;
}

/** m_ij ← m_ij − Σ_k x_ik x_jk for first ≤ j ≤ i, k after k. */
function subtractProducts(m: Float64Array, order: number, first: number, x: Columns): void {
  const depth = x.to - x.from;
  const packed = packTiles(order, first, x);
  for (let i = first; i < order; i += TILE) {
    for (let j = first; j <= i; j += TILE) {
      const left = (i - first) * depth;
      const right = (j - first) * depth;
      if (i + TILE <= order) subtractTile(m, i * order + j, order, packed, left, right, depth);
      else subtractEdge(m, i, j, order, packed, left, right, depth);
    }
  }
}

/** The rows of X in tiles of four, column by column within each, and zeros below the last. */
function packTiles(order: number, first: number, { data, across, along, from, to }: Columns): Float64Array {
  const depth = to - from;
  const packed = new Float64Array(Math.ceil((order - first) / TILE) * TILE * depth);
  for (let i = first; i < order; i++) {
    const lane = (i - first) % TILE;
    const start = (i - first - lane) * depth + lane;
    for (let k = 0; k < depth; k++) packed[start + k * TILE] = data[i * across + (from + k) * along]!;
  }
  return packed;
}

/** The rows of a last tile that are there. */
function subtractEdge(
  m: Float64Array,
  i: number,
  j: number,
  order: number,
  packed: Float64Array,
  left: number,
  right: number,
  depth: number,
): void {
  for (let a = 0; i + a < order; a++) {
    for (let b = 0; b < TILE && j + b <= i + a; b++) {
      let entry = m[(i + a) * order + j + b]!;
      for (let k = 0; k < depth; k++) entry -= packed[left + k * TILE + a]! * packed[right + k * TILE + b]!;
      m[(i + a) * order + j + b] = entry;
    }
  }
}

/** A tile of sixteen entries, the first of which is m[corner]. */
function subtractTile(
  m: Float64Array,
  corner: number,
  order: number,
  packed: Float64Array,
  left: number,
  right: number,
  depth: number,
): void {
  const row0 = corner;
  const row1 = corner + order;
  const row2 = row1 + order;
  const row3 = row2 + order;
  let m00 = m[row0]!;
  let m01 = m[row0 + 1]!;
  let m02 = m[row0 + 2]!;
  let m03 = m[row0 + 3]!;
  let m10 = m[row1]!;
  let m11 = m[row1 + 1]!;
  let m12 = m[row1 + 2]!;
  let m13 = m[row1 + 3]!;
  let m20 = m[row2]!;
  let m21 = m[row2 + 1]!;
  let m22 = m[row2 + 2]!;
  let m23 = m[row2 + 3]!;
  let m30 = m[row3]!;
  let m31 = m[row3 + 1]!;
  let m32 = m[row3 + 2]!;
  let m33 = m[row3 + 3]!;
  const end = left + depth * TILE;
  for (let k = left, l = right; k < end; k += TILE, l += TILE) {
    const b0 = packed[l]!;
    const b1 = packed[l + 1]!;
    const b2 = packed[l + 2]!;
    const b3 = packed[l + 3]!;
    const a0 = packed[k]!;
    m00 -= a0 * b0;
    m01 -= a0 * b1;
    m02 -= a0 * b2;
    m03 -= a0 * b3;
    const a1 = packed[k + 1]!;
    m10 -= a1 * b0;
    m11 -= a1 * b1;
    m12 -= a1 * b2;
    m13 -= a1 * b3;
    const a2 = packed[k + 2]!;
    m20 -= a2 * b0;
    m21 -= a2 * b1;
    m22 -= a2 * b2;
    m23 -= a2 * b3;
    const a3 = packed[k + 3]!;
    m30 -= a3 * b0;
    m31 -= a3 * b1;
    m32 -= a3 * b2;
    m33 -= a3 * b3;
  }
  m[row0] = m00;
  m[row0 + 1] = m01;
  m[row0 + 2] = m02;
  m[row0 + 3] = m03;
  m[row1] = m10;
  m[row1 + 1] = m11;
  m[row1 + 2] = m12;
  m[row1 + 3] = m13;
  m[row2] = m20;
  m[row2 + 1] = m21;
  m[row2 + 2] = m22;
  m[row2 + 3] = m23;
  m[row3] = m30;
  m[row3 + 1] = m31;
  m[row3 + 2] = m32;
  m[row3 + 3] = m33;
}

/** A divided by a power of two, exactly, so that its largest entry is near 1 and products of entries neither over- nor underflow. */
export interface ScaledMatrix {
  readonly scaled: Matrix;
  /** The power of two; 0 for the zero matrix, which is not scaled. */
  readonly scale: number;
}

export function scaledMatrix(matrix: Matrix): ScaledMatrix {
  const largest = matrix.data.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  if (largest === 0) return { scaled: matrix, scale: 0 };
  // log2 of the largest double rounds to 1024.
  const scale = 2 ** Math.min(1023, Math.floor(Math.log2(largest)));
  const entries = matrix.data.map((entry) => entry / scale);
  return { scaled: new Matrix(matrix.rows, matrix.columns, entries), scale };
}
