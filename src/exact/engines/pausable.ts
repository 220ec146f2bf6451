/** A long computation in turns: whoever drives it may do something else, or stop, after each. */
export type Pausable<Result> = Generator<void, Result, void>;

/** Runs a computation to its end without a pause. */
export function finish<Result>(turns: Pausable<Result>): Result {
  for (;;) {
    const { done, value } = turns.next();
    if (done === true) return value;
  }
}
