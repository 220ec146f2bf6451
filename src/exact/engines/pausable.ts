/** A long computation in turns. After each turn its caller may do something else, or stop. */
export type Pausable<Result> = Generator<void, Result, void>;

/** Runs a computation to its end without pauses. */
export function finish<Result>(turns: Pausable<Result>): Result {
  for (;;) {
    const { done, value } = turns.next();
    if (done === true) return value;
  }
}
