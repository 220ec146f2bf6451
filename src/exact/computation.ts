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

/** A long computation in turns. After each turn its caller may do something else, or stop. */
export type Pausable<Result> = Generator<void, Result, void>;

/** Runs a computation to its end without pauses. */
export function finish<Result>(turns: Pausable<Result>): Result {
  for (;;) {
    const { done, value } = turns.next();
    if (done === true) return value;
  }
}
