import { type CreateKernelMemory, createKernelMemory } from './webassembly.js';

/** A matrix in kernel memory, with a vector x and a sum beside it. */
export interface MatrixMemory {
  readonly columns: number;
  readonly x: Float64Array;
  readonly sum: Float64Array;
  /** Sixteen products of rows with x, or sixteen factors of rows. */
  readonly numbers: Float64Array;
  /** numbers[k] ← a_{row + k} · x. */
  products(row: number): void;
  /** sum ← sum + Σ_k numbers[k] a_{row + k}, four rows at a time. */
  add(row: number): void;
}

/** Rows of a block: `assembly/matrix-rows.ts` counts on it. */
const rowsPerBlock = 16;

/** Below this size the calls cost more than the vectors save, and a separate memory reserves much address space. */
const smallest = 2 ** 16;

const memories = new WeakMap<Float64Array, MatrixMemory>();

/** The kernel memory that holds `data`, if `matrixData` made it for rows of that length. */
export function matrixMemoryOf(data: Float64Array, columns: number): MatrixMemory | undefined {
  const found = memories.get(data);
  return found?.columns === columns ? found : undefined;
}

/**
 * Room for a large row-major matrix, filled with 0: in kernel memory where there is such a thing, so that a `Matrix` on it sweeps
 * faster, with the same bits as on any other array.
 */
export function matrixData(rows: number, columns: number): Float64Array {
  const large = rows * columns >= smallest;
  return (large ? kernelMatrixData(rows, columns) : undefined) ?? new Float64Array(rows * columns);
}

/** `matrixData` of any size; undefined without kernel memory. */
export function kernelMatrixData(
  rows: number,
  columns: number,
  create: CreateKernelMemory | undefined = createKernelMemory,
): Float64Array | undefined {
  const length = rows * columns;
  const kernel = create?.(rowsPerBlock + 2 * columns + length);
  if (kernel === undefined) return undefined;
  const { memory, exports } = kernel;
  const x = 8 * rowsPerBlock;
  const sum = x + 8 * columns;
  const first = sum + 8 * columns;
  const data = new Float64Array(memory.buffer, first, length);
  memories.set(data, {
    columns,
    x: new Float64Array(memory.buffer, x, columns),
    sum: new Float64Array(memory.buffer, sum, columns),
    numbers: new Float64Array(memory.buffer, 0, rowsPerBlock),
    products: (row) => exports.productsOfRows(first + 8 * row * columns, columns, x, 0),
    add: (row) => exports.addRows(first + 8 * row * columns, columns, 0, sum),
  });
  return data;
}
