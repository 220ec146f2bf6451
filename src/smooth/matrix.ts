import { ParameterError } from '../functions/parameter-error.js';
import type { Parameter } from '../functions/parameters/parameter.js';
import { type MatrixMemory, matrixMemoryOf } from '../kernels/matrix-memory.js';

/** The JSON form of a matrix: its entries row by row. */
export interface MatrixSpecification {
  readonly rows: number;
  readonly columns: number;
  readonly data: ArrayLike<number>;
}

/** A dense real matrix, row-major. In JSON it is `{ rows, columns, data: [...] }`. */
export class Matrix implements MatrixSpecification {
  readonly #memory: MatrixMemory | undefined;

  constructor(
    readonly rows: number,
    readonly columns: number,
    readonly data: Float64Array,
  ) {
    this.#memory = matrixMemoryOf(data, columns);
  }

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

  /**
   * out ← Σ_j factor(a_j · x, j) a_j, i.e. Aᵀφ(Ax), in one sweep: rows are taken eight at a time while they are in the cache.
   * `out` must not be x. In kernel memory vectors of two rows do the same sums in the same order.
   */
  sweep(x: Float64Array, factor: (product: number, row: number) => number, out: Float64Array): void {
    const { rows, columns, data } = this;
    const memory = this.#memory;
    const sum = memory?.sum ?? out;
    sum.fill(0);
    memory?.x.set(x);
    const blocked = rows - (rows % 8);
    for (let j = 0; j < blocked; j += 8) {
      const numbers = memory?.eight ?? eight;
      if (memory) memory.products(j);
      else productsOfEightRows(data, columns, x, j * columns);
      for (let k = 0; k < 8; k++) numbers[k] = factor(numbers[k]!, j + k);
      if (memory) memory.add(j);
      else addEightRows(data, columns, sum, j * columns);
    }
    for (let j = blocked; j < rows; j++) {
      const f = factor(this.rowDot(j, x), j);
      for (let i = 0; i < columns; i++) sum[i]! += f * data[j * columns + i]!;
    }
    if (memory) out.set(sum);
  }
}

/**
 * eight[k] ← a_k · x for the eight rows from `first` on. The index walks from row to row, so that it fits the registers, and `| 0` saves
 * the checks for overflow; a function of its own is compiled as a whole after a few calls.
 */
function productsOfEightRows(data: Float64Array, columns: number, x: Float64Array, first: number): void {
  let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < columns; i++) {
    const xi = x[i]!;
    let k = (first + i) | 0;
    s0 += data[k]! * xi;
    k = (k + columns) | 0;
    s1 += data[k]! * xi;
    k = (k + columns) | 0;
    s2 += data[k]! * xi;
    k = (k + columns) | 0;
    s3 += data[k]! * xi;
    k = (k + columns) | 0;
    s4 += data[k]! * xi;
    k = (k + columns) | 0;
    s5 += data[k]! * xi;
    k = (k + columns) | 0;
    s6 += data[k]! * xi;
    k = (k + columns) | 0;
    s7 += data[k]! * xi;
  }
  eight[0] = s0;
  eight[1] = s1;
  eight[2] = s2;
  eight[3] = s3;
  eight[4] = s4;
  eight[5] = s5;
  eight[6] = s6;
  eight[7] = s7;
}

/** out ← out + Σ_k eight[k] a_k over the eight rows from `first` on, summed as a tree. */
function addEightRows(data: Float64Array, columns: number, out: Float64Array, first: number): void {
  const [f0, f1, f2, f3] = [eight[0]!, eight[1]!, eight[2]!, eight[3]!];
  const [f4, f5, f6, f7] = [eight[4]!, eight[5]!, eight[6]!, eight[7]!];
  for (let i = 0; i < columns; i++) {
    let k = (first + i) | 0;
    const a0 = f0 * data[k]!;
    k = (k + columns) | 0;
    const a1 = f1 * data[k]!;
    k = (k + columns) | 0;
    const a2 = f2 * data[k]!;
    k = (k + columns) | 0;
    const a3 = f3 * data[k]!;
    k = (k + columns) | 0;
    const a4 = f4 * data[k]!;
    k = (k + columns) | 0;
    const a5 = f5 * data[k]!;
    k = (k + columns) | 0;
    const a6 = f6 * data[k]!;
    k = (k + columns) | 0;
    const a7 = f7 * data[k]!;
    out[i]! += a0 + a1 + (a2 + a3) + (a4 + a5 + (a6 + a7));
  }
}

/** The products of eight rows, then their factors. */
const eight = new Float64Array(8);

const ALLOWED = 'an object { rows, columns, data } with rows * columns finite numbers, row by row';

/**
 * A matrix parameter. A `Float64Array` given as data is kept, not copied, and must not be changed afterwards: a measurement
 * matrix of a few thousand rows is tens of megabytes.
 */
export const matrix: Parameter<Matrix, MatrixSpecification> = {
  kind: 'matrix',
  allowed: ALLOWED,
  read(value, { owner, path }) {
    if (typeof value !== 'object' || value === null) throw new ParameterError(owner, path, value, ALLOWED);
    const { rows, columns, data } = value as Readonly<Record<string, unknown>>;
    const size = (name: string, count: unknown): number => {
      if (typeof count === 'number' && Number.isInteger(count) && count >= 1) return count;
      throw new ParameterError(owner, `${path}.${name}`, count, 'an integer >= 1');
    };
    const length = size('rows', rows) * size('columns', columns);
    if (!(Array.isArray(data) || data instanceof Float64Array)) {
      throw new ParameterError(owner, `${path}.data`, data, `an array of ${length} finite numbers, row by row`);
    }
    if (data.length !== length) {
      throw new ParameterError(owner, `${path}.data length`, data.length, `${length}, rows * columns`);
    }
    for (let i = 0; i < length; i++) {
      if (!Number.isFinite(data[i])) throw new ParameterError(owner, `${path}.data[${i}]`, data[i], 'a finite number');
    }
    return new Matrix(rows as number, columns as number, data instanceof Float64Array ? data : Float64Array.from(data));
  },
  write: (value) => value,
};

/** Throws unless a vector parameter has one entry for each row. */
export function checkRows(owner: string, parameter: string, vector: Float64Array, { rows }: Matrix): void {
  if (vector.length !== rows) {
    throw new ParameterError(owner, `${parameter} length`, vector.length, `${rows}, the number of rows of matrix`);
  }
}
