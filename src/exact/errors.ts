/** Thrown if an exact computation does not apply: for a function without a rational form, probabilities that do not sum to 1, and the like. */
export class NotRationalError extends Error {
  override readonly name = 'NotRationalError';
}

/** The result, or the NotRationalError if the computation does not apply; other errors are rethrown. */
export function whereRational<T>(compute: () => T): T | NotRationalError {
  try {
    return compute();
  } catch (error) {
    if (error instanceof NotRationalError) return error;
    throw error;
  }
}
