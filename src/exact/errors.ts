/** Thrown where an exact computation does not apply: a function without a rational form, probabilities that miss 1, and the like. */
export class NotRationalError extends Error {
  override readonly name = 'NotRationalError';
}

/** The result, or the error where the computation does not apply; every other error is thrown on. */
export function whereRational<T>(compute: () => T): T | NotRationalError {
  try {
    return compute();
  } catch (error) {
    if (error instanceof NotRationalError) return error;
    throw error;
  }
}
