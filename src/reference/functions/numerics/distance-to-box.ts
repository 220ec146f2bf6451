import { entry, type ScalarOrVector } from '../parameters/vector.js';

/** Euclidean distance from u to {v : lower ≤ v ≤ upper}; infinite bounds are allowed. */
export function distanceToBox(u: Float64Array, lower: ScalarOrVector, upper: ScalarOrVector): number {
  // Excess over the largest one: squares neither overflow nor underflow.
  let largest = 0;
  for (let i = 0; i < u.length; i++) {
    largest = Math.max(largest, entry(lower, i) - u[i]!, u[i]! - entry(upper, i));
  }
  if (largest === 0 || largest === Infinity || Number.isNaN(largest)) return largest;
  let squares = 0;
  for (let i = 0; i < u.length; i++) {
    const excess = Math.max(0, entry(lower, i) - u[i]!, u[i]! - entry(upper, i)) / largest;
    squares += excess * excess;
  }
  return largest * Math.sqrt(squares);
}
