import { Matrix } from './matrix.js';

/** A divided by a power of two, exactly, so that its largest entry is near 1 and products of entries neither over- nor underflow. */
export interface ScaledMatrix {
  readonly scaled: Matrix;
  /** The power of two; 0 for the zero matrix, which stays as it is. */
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
