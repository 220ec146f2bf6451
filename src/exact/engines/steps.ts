/** A long computation in steps: whoever drives it may do something else, or stop, after each. */
export type Steps<Result> = Generator<void, Result, void>;

/** Runs a computation to its end without a pause. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
