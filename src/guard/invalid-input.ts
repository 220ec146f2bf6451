/** A file of vectors, outputs or a baseline that cannot be used: one line, exit code 4. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'permission is denied',
};

/** The reason, in words, for an error of `readFile`. */
export function whyUnreadable(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? message;
}
