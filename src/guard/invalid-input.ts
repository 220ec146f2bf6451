/** A file of vectors, outputs or a baseline that cannot be used: told in one line, exit code 4. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
}
