/** A user's mistake: one line that says what, why and what to do; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
