import type { Matrix } from './matrix.js';
import { scaledMatrix } from './scaled-matrix.js';

/** Largest order of the Gram matrix that is squared repeatedly; a squaring costs its cube. */
const LARGEST_ORDER = 64;
const SQUARINGS = 12;
const UNIT = 2 ** -52;
/** Below this a product with a power of two is not exact. */
const SMALLEST_NORMAL = 2 ** -1022;

/**
 * A certified upper bound of ‖A‖₂² (power iteration would give a lower one). Always at most min(‖A‖_F², ‖A‖₁‖A‖_∞); when a
 * Gram matrix M of A is small, λ_max(M) = λ_max(M^p)^{1/p} ≤ ‖M^p‖_F^{1/p} with p = 2¹² is within 0.1 % of ‖A‖₂². Every
 * rounding error is bounded and added: |fl(XY) − XY| ≤ n·u·|X||Y| entrywise.
 */
export function squaredSpectralNormBound(matrix: Matrix): number {
  const { scaled, scale } = scaledMatrix(matrix);
  if (scale === 0) return 0;
  const { rows, columns } = matrix;
  const rounding = 1 + rows * columns * UNIT;
  const simple = Math.min(squaredFrobenius(scaled.data), oneNorm(scaled) * infinityNorm(scaled)) * rounding;
  const order = Math.min(rows, columns);
  const bound = order > LARGEST_ORDER ? simple : Math.min(simple, boundByPowers(gram(scaled), order, scaled));
  const result = bound * scale * scale;
  return result >= SMALLEST_NORMAL ? result : result + Number.MIN_VALUE;
}

/** Upper bound of λ_max of the Gram matrix whose rounded entries are given. */
function boundByPowers(gramMatrix: Float64Array, order: number, matrix: Matrix): number {
  const gramError = Math.max(matrix.rows, matrix.columns) * UNIT * squaredFrobenius(matrix.data);
  // Level j holds M_j with M_{j+1} = fl(M_j²)/s_j; s_j is a power of two, so scaling is exact.
  const scales: number[] = [];
  const errors: number[] = [];
  let power = gramMatrix;
  for (let level = 0; level < SQUARINGS; level++) {
    const squared = square(power, order);
    errors.push(order * UNIT * squaredFrobenius(power));
    const scale = 2 ** Math.floor(Math.log2(Math.sqrt(squaredFrobenius(squared))));
    scales.push(scale);
    for (let i = 0; i < squared.length; i++) squared[i] = squared[i]! / scale;
    power = squared;
  }
  let bound = Math.sqrt(squaredFrobenius(power));
  for (let level = SQUARINGS - 1; level >= 0; level--) {
    // λ_max(M_j)² ≤ s_j·λ_max(M_{j+1}) + ‖rounding error of M_j²‖.
    bound = Math.sqrt(scales[level]! * bound + errors[level]!) * (1 + 8 * UNIT);
  }
  return (bound + gramError) * (1 + order * order * UNIT);
}

function gram(matrix: Matrix): Float64Array {
  const { rows, columns, data } = matrix;
  const byRows = rows < columns;
  const order = byRows ? rows : columns;
  const length = byRows ? columns : rows;
  const at = (i: number, k: number) => (byRows ? data[i * columns + k]! : data[k * columns + i]!);
  const result = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < length; k++) sum += at(i, k) * at(j, k);
      result[i * order + j] = sum;
      result[j * order + i] = sum;
    }
  }
  return result;
}

function square(symmetric: Float64Array, order: number): Float64Array {
  const result = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < order; k++) sum += symmetric[i * order + k]! * symmetric[j * order + k]!;
      result[i * order + j] = sum;
      result[j * order + i] = sum;
    }
  }
  return result;
}

function squaredFrobenius(data: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i]! * data[i]!;
  return sum;
}

/** ‖A‖₁, the largest column sum of moduli. */
function oneNorm({ rows, columns, data }: Matrix): number {
  const sums = new Float64Array(columns);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) sums[i] = sums[i]! + Math.abs(data[j * columns + i]!);
  }
  return sums.reduce((largest, sum) => Math.max(largest, sum), 0);
}

/** ‖A‖_∞, the largest row sum of moduli. */
function infinityNorm({ rows, columns, data }: Matrix): number {
  let largest = 0;
  for (let j = 0; j < rows; j++) {
    let sum = 0;
    for (let i = 0; i < columns; i++) sum += Math.abs(data[j * columns + i]!);
    largest = Math.max(largest, sum);
  }
  return largest;
}
