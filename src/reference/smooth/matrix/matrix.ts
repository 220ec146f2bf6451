import { ParameterError } from '../../functions/definition/arguments.js';
import type { Parameter } from '../../functions/parameters/parameter.js';
import {
  type MatrixSpecification,
  matrixAllowed,
  readMatrix,
} from '../../functions/parameters/semi-orthogonal-matrix.js';
import { addRows, type RowFactor, type Rows } from './sweep.js';

/** A dense real matrix, row-major. In JSON it is `{ rows, columns, data: [...] }`. */
export class Matrix implements MatrixSpecification, Rows {
  constructor(
    readonly rows: number,
    readonly columns: number,
    readonly data: Float64Array,
  ) {}

  /** Its JSON form. */
  toJSON(): MatrixSpecification {
    return { rows: this.rows, columns: this.columns, data: Array.from(this.data) };
  }

  /** a_j · x, summed in four interleaved partial sums so that the additions overlap. */
  rowDot(row: number, x: Float64Array): number {
    const { data, columns } = this;
    const offset = row * columns;
    const blocked = columns - (columns % 4);
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = 0; i < blocked; i += 4) {
      s0 += data[offset + i]! * x[i]!;
      s1 += data[offset + i + 1]! * x[i + 1]!;
      s2 += data[offset + i + 2]! * x[i + 2]!;
      s3 += data[offset + i + 3]! * x[i + 3]!;
    }
    for (let i = blocked; i < columns; i++) s0 += data[offset + i]! * x[i]!;
    return s0 + s1 + (s2 + s3);
  }

  /** Σ_j ‖a_j‖₁ size(Σ_i |a_ji x_i|, j): bounds the terms of Aᵀφ(Ax) where |φ| ≤ size, whatever cancels in the sums. */
  termSize(x: Float64Array, size: (product: number, row: number) => number): number {
    const { rows, columns, data } = this;
    let total = 0;
    for (let j = 0; j < rows; j++) {
      let product = 0;
      let length = 0;
      for (let i = 0; i < columns; i++) {
        const entry = Math.abs(data[j * columns + i]!);
        product += entry * Math.abs(x[i]!);
        length += entry;
      }
      total += length * size(product, j);
    }
    return total;
  }

  /** out ← Σ_j factor(a_j · x, j) a_j, i.e. Aᵀφ(Ax), in one sweep over the rows. `out` must not be x. */
  sweep(x: Float64Array, factor: RowFactor, out: Float64Array): void {
    out.fill(0);
    addRows(this, x, factor, out);
  }
}

/**
 * A matrix parameter. A `Float64Array` given as data is kept, not copied, and must not be changed afterwards: a measurement
 * matrix of a few thousand rows is tens of megabytes.
 */
export const matrix: Parameter<Matrix, MatrixSpecification> = {
  kind: 'matrix',
  allowed: matrixAllowed,
  read(value, place) {
    const { rows, columns, data } = readMatrix(value, place);
    return new Matrix(rows, columns, data);
  },
  write: (value) => value,
};

/** Throws unless a vector parameter has one entry for each row. */
export function checkRows(owner: string, parameter: string, vector: Float64Array, { rows }: Matrix): void {
  if (vector.length !== rows) {
    throw new ParameterError(owner, `${parameter} length`, vector.length, `${rows}, the number of rows of matrix`);
  }
}
