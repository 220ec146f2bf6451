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
      if (memory) sweepEightInMemory(memory, factor, j);
      else this.sweepEight(x, factor, sum, j);
    }
    for (let j = blocked; j < rows; j++) {
      const f = factor(this.rowDot(j, x), j);
      for (let i = 0; i < columns; i++) sum[i]! += f * data[j * columns + i]!;
    }
    if (memory) out.set(sum);
  }

  /** Rows j … j + 7 of a sweep: a function of its own, so that it is compiled as a whole after a few calls. */
  private sweepEight(
    x: Float64Array,
    factor: (product: number, row: number) => number,
    out: Float64Array,
    j: number,
  ): void {
    const { data, columns } = this;
    const [r0, r1, r2, r3] = [j * columns, (j + 1) * columns, (j + 2) * columns, (j + 3) * columns];
    const [r4, r5, r6, r7] = [(j + 4) * columns, (j + 5) * columns, (j + 6) * columns, (j + 7) * columns];
    let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < columns; i++) {
      const xi = x[i]!;
      s0 += data[r0 + i]! * xi;
      s1 += data[r1 + i]! * xi;
      s2 += data[r2 + i]! * xi;
      s3 += data[r3 + i]! * xi;
      s4 += data[r4 + i]! * xi;
      s5 += data[r5 + i]! * xi;
      s6 += data[r6 + i]! * xi;
      s7 += data[r7 + i]! * xi;
    }
    const [f0, f1, f2, f3] = [factor(s0, j), factor(s1, j + 1), factor(s2, j + 2), factor(s3, j + 3)];
    const [f4, f5, f6, f7] = [factor(s4, j + 4), factor(s5, j + 5), factor(s6, j + 6), factor(s7, j + 7)];
    for (let i = 0; i < columns; i++) {
      const low = f0 * data[r0 + i]! + f1 * data[r1 + i]! + (f2 * data[r2 + i]! + f3 * data[r3 + i]!);
      const high = f4 * data[r4 + i]! + f5 * data[r5 + i]! + (f6 * data[r6 + i]! + f7 * data[r7 + i]!);
      out[i]! += low + high;
    }
  }
}

/** `sweepEight` where the matrix lies in kernel memory: the same sums in the same order. */
function sweepEightInMemory(memory: MatrixMemory, factor: (product: number, row: number) => number, j: number): void {
  const { eight } = memory;
  memory.products(j);
  for (let k = 0; k < 8; k++) eight[k] = factor(eight[k]!, j + k);
  memory.add(j);
}

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
