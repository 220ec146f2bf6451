/** Thrown where an exact computation does not apply: a function without a rational form, probabilities that miss 1, and the like. */
export class NotRationalError extends Error {
  override readonly name = 'NotRationalError';
}
