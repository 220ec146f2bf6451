import { entry, type ScalarOrVector } from '../parameters/vector.js';

/** ⟨a, b⟩ = Σ a_i b_i, summed in the order of the entries. */
export function innerProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

const SMALLEST_SAFE = 1e-280;
const LARGEST_SAFE = 1e280;

/** ‖u‖₂ without overflow or underflow of the squares; 0 for the empty vector. */
export function euclideanNorm(u: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < u.length; i++) squares += u[i]! * u[i]!;
  if (squares > SMALLEST_SAFE && squares < LARGEST_SAFE) return Math.sqrt(squares);
  let largest = 0;
  for (let i = 0; i < u.length; i++) largest = Math.max(largest, Math.abs(u[i]!));
  if (largest === 0 || largest === Infinity || Number.isNaN(largest)) return largest;
  squares = 0;
  for (let i = 0; i < u.length; i++) squares += (u[i]! / largest) ** 2;
  return largest * Math.sqrt(squares);
}

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

/** Sizes whose squares, and sums of many of them, neither overflow nor vanish. */
const [SMALLEST, LARGEST] = [2 ** -256, 2 ** 256];

/** Largest exponent by which one multiplication scales: its inverse is a normal number too. */
const LARGEST_EXPONENT = 1000;

/** The power of two that brings the largest of the numbers to an ordinary size; 1 for numbers that have one, for zeros, and for what is not finite. */
export function ordinaryScale(numbers: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < numbers.length; i++) largest = Math.max(largest, Math.abs(numbers[i]!));
  if (largest === 0 || !Number.isFinite(largest) || (largest >= SMALLEST && largest <= LARGEST)) return 1;
  const exponent = Math.floor(Math.log2(largest));
  return 2 ** -Math.max(-LARGEST_EXPONENT, Math.min(LARGEST_EXPONENT, exponent));
}

/** A private vector that is allocated once for each new length: calls after the first allocate nothing. */
export function scratchVector(): (length: number) => Float64Array {
  let vector = new Float64Array(0);
  return (length) => {
    if (vector.length !== length) vector = new Float64Array(length);
    return vector;
  };
}
