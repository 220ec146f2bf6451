import { euclideanNorm } from '../numerics/vectors.js';
import type { Groups } from '../parameters/structure.js';

// A complex vector z is a real vector x of its parts in pairs: z_j = x_{2j} + i·x_{2j+1}. Where the length of x is odd, the last number is real.

const pair = new Float64Array(2);

/** How many numbers a vector of n parts holds. */
export const countOfNumbers = (n: number): number => Math.ceil(n / 2);

/** |z_j| of every number, without overflow or underflow of the squares. */
export function moduliOf(x: Float64Array, out: Float64Array): Float64Array {
  for (let j = 0; j < out.length; j++) {
    pair[0] = x[2 * j]!;
    pair[1] = x[2 * j + 1] ?? 0;
    out[j] = euclideanNorm(pair);
  }
  return out;
}

/** The places in a vector of n parts by the number that they belong to. */
export const placesOfNumbers = (n: number): Groups =>
  Array.from({ length: countOfNumbers(n) }, (_, j) => (2 * j + 1 < n ? [2 * j, 2 * j + 1] : [2 * j]));

/** The vector with every number replaced by what `change` makes of its two parts. */
export function eachNumber(
  x: Float64Array,
  change: (real: number, imaginary: number) => readonly [real: number, imaginary: number],
): Float64Array {
  const changed = x.slice();
  for (let i = 0; i < x.length; i += 2) {
    const [real, imaginary] = change(x[i]!, x[i + 1] ?? 0);
    changed[i] = real;
    if (i + 1 < x.length) changed[i + 1] = imaginary;
  }
  return changed;
}
