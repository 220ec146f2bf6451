import { EigenvalueDecomposition, Matrix, SVD } from '#ml-matrix';
import type { MatrixSpecification } from '../parameters/semi-orthogonal-matrix.js';
import { euclideanNorm, innerProduct, ordinaryScale } from './vectors.js';

export { EigenvalueDecomposition, Matrix, SVD };

/** Part of the largest entry below which an entry changes no decomposition in double precision. */
const NEGLIGIBLE = 2 ** -512;

/** The matrix without entries that are negligible beside the largest: the decompositions do not terminate, or break, at subnormal numbers. */
export function withoutNegligible(entries: Float64Array): Float64Array {
  let largest = 0;
  for (const entry of entries) largest = Math.max(largest, Math.abs(entry));
  const isNegligible = (entry: number): boolean => Math.abs(entry) < NEGLIGIBLE * largest;
  return entries.some((entry) => isNegligible(entry) && !Object.is(entry, 0))
    ? entries.map((entry) => (isNegligible(entry) ? 0 : entry))
    : entries;
}

/** Relative accuracy of the singular value decomposition. */
export const SINGULAR_ACCURACY = 2 ** -44;

/** The matrix that a vector holds row by row, times a power of two that brings it to an ordinary size. */
function scaledMatrix(u: Float64Array, rows: number, columns: number) {
  const scale = ordinaryScale(u);
  const scaled = scale === 1 ? u : u.map((entry) => scale * entry);
  return { scale, matrix: Matrix.from1DArray(rows, columns, withoutNegligible(scaled)) };
}

/** Decompositions of matrices of one shape that vectors hold row by row. They allocate. */
export function singular(rows: number, columns: number) {
  function decompose(u: Float64Array, vectors: boolean) {
    const { scale, matrix } = scaledMatrix(u, rows, columns);
    const { leftSingularVectors, rightSingularVectors, diagonal } = new SVD(matrix, {
      computeLeftSingularVectors: vectors,
      computeRightSingularVectors: vectors,
      autoTranspose: true,
    });
    return { leftSingularVectors, rightSingularVectors, diagonal: diagonal.map((sigma) => sigma / scale) };
  }
  return {
    /** σ_1 ≥ σ_2 ≥ … */
    singularValues: (u: Float64Array): number[] => decompose(u, false).diagonal,
    /** Writes V diag(levelOf(σ_k, k)) Wᵀ. */
    rebuild(y: Float64Array, out: Float64Array, levelOf: (sigma: number, k: number) => number): void {
      if (y.some(Number.isNaN)) {
        // The decomposition loses it in a matrix of one row or column.
        out.fill(Number.NaN);
        return;
      }
      const { leftSingularVectors: left, rightSingularVectors: right, diagonal } = decompose(y, true);
      writeProduct(left, diagonal.map(levelOf), right, out);
    },
  };
}

/** Writes V diag(levels) Wᵀ row by row. */
function writeProduct(
  left: InstanceType<typeof Matrix>,
  levels: readonly number[],
  right: InstanceType<typeof Matrix>,
  out: Float64Array,
): void {
  for (let row = 0, i = 0; row < left.rows; row++) {
    for (let column = 0; column < right.rows; column++, i++) {
      let sum = 0;
      for (let k = 0; k < levels.length; k++) sum += left.get(row, k) * levels[k]! * right.get(column, k);
      out[i] = sum;
    }
  }
}

/** The place of the entry of a matrix of that order, held row by row, that its transpose has at place i. */
export const transposedPlace = (i: number, order: number): number => (i % order) * order + Math.floor(i / order);

/** The symmetric matrix with the upper triangle of U. */
export const mirrored = (u: Float64Array, order: number): Float64Array =>
  u.map((_, i) => u[Math.min(i, transposedPlace(i, order))]!);

/** Decompositions of the symmetric parts ½(U + Uᵀ) of square matrices that vectors hold row by row. They allocate. */
export function spectral(order: number) {
  function decompose(u: Float64Array) {
    const part = u.map((entry, i) => entry / 2 + u[transposedPlace(i, order)]! / 2);
    // The decomposition throws at NaN.
    if (!part.every(Number.isFinite)) {
      return { eigenvalues: new Array<number>(order).fill(Number.NaN), eigenvectors: Matrix.eye(order) };
    }
    const { scale, matrix } = scaledMatrix(part, order, order);
    const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
    return { eigenvalues: realEigenvalues.map((lambda) => lambda / scale), eigenvectors: eigenvectorMatrix };
  }
  return {
    /** λ_1 … λ_k, in no order. */
    eigenvalues: (u: Float64Array): number[] => decompose(u).eigenvalues,
    /** Writes V diag(levelOf(λ_k)) Vᵀ, symmetric to the last bit. */
    rebuild(y: Float64Array, out: Float64Array, levelOf: (lambda: number) => number): void {
      const { eigenvalues, eigenvectors } = decompose(y);
      writeProduct(eigenvectors, eigenvalues.map(levelOf), eigenvectors, out);
      out.set(mirrored(out, order));
    },
  };
}

/** Part of the length of a row that must be left beside the rows before it. */
const DEPENDENT = 2 ** -40;

/** The factors of A = LQ, and how nearly dependent the rows of A are. */
export interface RowFactors {
  /** L, m × m and lower triangular, row by row. */
  readonly lower: Float64Array;
  /** Q, m × n with QQᵀ = I, row by row. */
  readonly unit: Float64Array;
  /** The first row that is a combination of those before it; undefined if the rows are independent. */
  readonly dependent: number | undefined;
  /** The largest ‖a_j‖/l_jj. */
  readonly spread: number;
}

/** A = LQ by the process of Gram and Schmidt, twice for each row, so that Q is orthogonal to rounding. */
export function rowFactors({ rows, columns, data }: MatrixSpecification): RowFactors {
  const lower = new Float64Array(rows * rows);
  const unit = Float64Array.from(data);
  let spread = 1;
  for (let j = 0; j < rows; j++) {
    const row = unit.subarray(j * columns, (j + 1) * columns);
    const length = euclideanNorm(row);
    for (let pass = 0; pass < 2; pass++) {
      for (let k = 0; k < j; k++) {
        const other = unit.subarray(k * columns, (k + 1) * columns);
        const along = innerProduct(row, other);
        lower[j * rows + k]! += along;
        for (let i = 0; i < columns; i++) row[i]! -= along * other[i]!;
      }
    }
    const left = euclideanNorm(row);
    if (!(left > DEPENDENT * length)) return { lower, unit, dependent: j, spread };
    lower[j * rows + j] = left;
    spread = Math.max(spread, length / left);
    for (let i = 0; i < columns; i++) row[i]! /= left;
  }
  return { lower, unit, dependent: undefined, spread };
}
