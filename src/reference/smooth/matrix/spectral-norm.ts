import { gram, isFactorisable, MOST_PRODUCTS, scaledMatrix } from './cholesky.js';
import type { Matrix } from './matrix.js';

/** Largest order of the Gram matrix that is squared repeatedly; a squaring costs its cube. */
const LARGEST_ORDER = 64;
const SQUARINGS = 12;
/** By how much c is above the Ritz value θ. Where θ is too far below λ_max the first factorisation breaks down, and a larger c is tried. */
const MARGINS = [2 ** -8, 2 ** -5, 2 ** -2];
const LARGEST_KRYLOV = 256;
/** The Ritz value is accepted when this many steps raise it by less than 2⁻¹² of itself. */
const KRYLOV_STRIDE = 8;
const UNIT = 2 ** -52;
/** Below this a product with a power of two is not exact. */
const SMALLEST_NORMAL = 2 ** -1022;

/**
 * A certified upper bound of ‖A‖₂² (power iteration would give a lower one). Always at most min(‖A‖_F², ‖A‖₁‖A‖_∞). Let M be the smaller
 * Gram matrix of A, with the same λ_max. Up to order 64, λ_max(M) = λ_max(M^p)^{1/p} ≤ ‖M^p‖_F^{1/p} with p = 2¹² is within 0.1 % of ‖A‖₂²; up
 * to order 2000 and beyond (at most 2³⁴ products), `boundByFactorisation` is within 1 %. Every rounding error is bounded and added:
 * |fl(XY) − XY| ≤ n·u·|X||Y| entrywise.
 */
export function squaredSpectralNormBound(matrix: Matrix): number {
  const { scaled, scale } = scaledMatrix(matrix);
  if (scale === 0) return 0;
  const result = scaledBound(scaled) * scale * scale;
  return result >= SMALLEST_NORMAL ? result : result + Number.MIN_VALUE;
}

function scaledBound(matrix: Matrix): number {
  const { rows, columns } = matrix;
  const simple = simpleBound(matrix);
  const order = Math.min(rows, columns);
  if (order <= LARGEST_ORDER) return Math.min(simple, boundByPowers(smallerGram(matrix), order, matrix));
  if (order * rows * columns > MOST_PRODUCTS) return simple;
  const estimate = ritzValue(matrix);
  return simple <= (1 + MARGINS[0]!) * estimate ? simple : boundByFactorisation(matrix, estimate);
}

/** min(‖A‖_F², ‖A‖₁‖A‖_∞) ≥ ‖|A|‖₂², rounded up. */
function simpleBound(matrix: Matrix): number {
  const rounding = 1 + matrix.rows * matrix.columns * UNIT;
  return Math.min(squaredFrobenius(matrix.data), oneNorm(matrix) * infinityNorm(matrix)) * rounding;
}

const smallerGram = (matrix: Matrix): Float64Array => gram(matrix, matrix.rows < matrix.columns ? 'rows' : 'columns');

/**
 * Upper bound of ‖A‖₂² for an A with its largest entry near 1, little above an `estimate` of it that need not be a bound. Let M = AᵀA or AAᵀ,
 * of order n, and M̂ its rounded form, with entries of m products each: |M̂ − M| ≤ γ_m|A|ᵀ|A| entrywise, and a norm is monotone
 * in the moduli of entries that are not negative, so that λ_max(M) ≤ λ_max(M̂) + γ_m‖|A|‖₂². The second term is bounded by the simple norms,
 * and λ_max(M̂) by `largestEigenvalueBelow`. Here γ_k = ku/(1 − ku) with u = 2⁻⁵³ is bounded by 2ku, which leaves ku for products that underflow.
 */
export function boundByFactorisation(matrix: Matrix, estimate: number): number {
  const { rows, columns } = matrix;
  const simple = simpleBound(matrix);
  const order = Math.min(rows, columns);
  const gramMatrix = smallerGram(matrix);
  const gramError = Math.max(rows, columns) * UNIT * simple;
  for (const margin of MARGINS) {
    const bound = largestEigenvalueBelow(gramMatrix, order, (1 + margin) * Math.max(estimate, 1));
    if (bound !== undefined) return Math.min(simple, (bound + gramError) * (1 + 2 * UNIT));
  }
  return simple;
}

/**
 * An upper bound of λ_max(M), little above c, for a symmetric M of order n without negative numbers on its diagonal and c ≥ 2⁻⁵⁰⁰;
 * undefined where c does not prove one. If the Cholesky factorisation of fl(cI − M) runs to its end in floating point, then
 * R̂ᵀR̂ = cI − M + D + E with a diagonal |D| ≤ cu and |E| ≤ γ_{n+1}|R̂ᵀ||R̂|, in whatever order the products are summed (Higham 2002, Accuracy and
 * Stability of Numerical Algorithms, theorem 10.3). So ‖E‖ ≤ γ_{n+1}‖R̂‖_F², and ‖R̂‖_F² = tr R̂ᵀR̂ ≤ nc(1 + u) + γ_{n+1}‖R̂‖_F². As
 * R̂ᵀR̂ ⪰ 0,
 *
 *     λ_max(M) ≤ c + ‖D‖ + ‖E‖ ≤ c + cu + nc(1 + u)·γ_{n+1}/(1 − γ_{n+1}) ≤ c + 2u·n(n + 2)·c.
 *
 * The last step leaves more than n²uc for products that underflow, n² times (n + 2)·2⁻¹⁰⁷⁴ at the most. (Rump 2006, Verification of
 * positive definiteness, BIT 46, bounds the same errors more closely; here they are 10⁻⁹ of c at n = 2000.)
 */
export function largestEigenvalueBelow(symmetric: Float64Array, order: number, c: number): number | undefined {
  const opposite = symmetric.map((entry) => -entry);
  return isFactorisable(opposite, order, -c) ? c * (1 + order * (order + 2) * UNIT) * (1 + 2 * UNIT) : undefined;
}

/** The largest Ritz value of AᵀA from the Lanczos process: an estimate of ‖A‖₂² from below, up to rounding. */
function ritzValue(matrix: Matrix): number {
  const { columns } = matrix;
  const itself = (product: number) => product;
  const diagonal: number[] = [];
  const beside: number[] = [];
  let previous = new Float64Array(columns);
  // A fixed vector without structure: nearly every one has a part in the leading eigenspace, and the bound is proved for each.
  let current = Float64Array.from({ length: columns }, (_, i) => 0.5 + ((i * 0.6180339887498949) % 1));
  const length = Math.sqrt(squaredFrobenius(current));
  for (let i = 0; i < columns; i++) current[i]! /= length;
  let next = new Float64Array(columns);
  let largest = 0;
  for (let step = 1; step <= LARGEST_KRYLOV; step++) {
    matrix.sweep(current, itself, next);
    const before = beside.at(-1) ?? 0;
    let along = 0;
    for (let i = 0; i < columns; i++) along += next[i]! * current[i]!;
    for (let i = 0; i < columns; i++) next[i]! -= along * current[i]! + before * previous[i]!;
    const rest = Math.sqrt(squaredFrobenius(next));
    diagonal.push(along);
    const exhausted = rest <= 2 ** -40 * along;
    if (exhausted || step % KRYLOV_STRIDE === 0) {
      const value = largestOfTridiagonal(diagonal, beside);
      if (exhausted || value <= (1 + 2 ** -12) * largest) return value;
      largest = value;
    }
    beside.push(rest);
    for (let i = 0; i < columns; i++) next[i]! /= rest;
    [previous, current, next] = [current, next, previous];
  }
  return largest;
}

/** λ_max of a symmetric tridiagonal matrix by bisection: all pivots of T − xI are negative if and only if x > λ_max. */
function largestOfTridiagonal(diagonal: readonly number[], beside: readonly number[]): number {
  const isAbove = (x: number): boolean => {
    let pivot = Number.NEGATIVE_INFINITY;
    return diagonal.every((entry, i) => {
      pivot = entry - x - (i === 0 ? 0 : beside[i - 1]! ** 2 / pivot);
      return pivot < 0;
    });
  };
  let low = Math.max(...diagonal);
  let high = low + 2 * Math.max(0, ...beside);
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2;
    if (isAbove(middle)) high = middle;
    else low = middle;
  }
  return high;
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
