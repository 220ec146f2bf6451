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
  return entries.map((entry) => (Math.abs(entry) < NEGLIGIBLE * largest ? 0 : entry));
}

/** Relative accuracy of the singular value decomposition. */
export const SINGULAR_ACCURACY = 2 ** -44;

/** Decompositions of matrices of one shape that vectors hold row by row. They allocate. */
export function singular(rows: number, columns: number) {
  function decompose(u: Float64Array, vectors: boolean) {
    const scale = ordinaryScale(u);
    const scaled = scale === 1 ? u : u.map((entry) => scale * entry);
    const { leftSingularVectors, rightSingularVectors, diagonal } = new SVD(
      Matrix.from1DArray(rows, columns, withoutNegligible(scaled)),
      { computeLeftSingularVectors: vectors, computeRightSingularVectors: vectors, autoTranspose: true },
    );
    return { leftSingularVectors, rightSingularVectors, diagonal: diagonal.map((sigma) => sigma / scale) };
  }
  return {
    /** σ_1 ≥ σ_2 ≥ … */
    singularValues: (u: Float64Array): number[] => decompose(u, false).diagonal,
    /** Writes V diag(levelOf(σ_k, k)) Wᵀ. */
    rebuild(y: Float64Array, out: Float64Array, levelOf: (sigma: number, k: number) => number): void {
      const { leftSingularVectors: left, rightSingularVectors: right, diagonal } = decompose(y, true);
      const levels = diagonal.map(levelOf);
      for (let row = 0, i = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++, i++) {
          let sum = 0;
          for (let k = 0; k < levels.length; k++) sum += left.get(row, k) * levels[k]! * right.get(column, k);
          out[i] = sum;
        }
      }
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
