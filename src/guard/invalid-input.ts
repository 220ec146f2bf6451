/** A file of vectors, outputs or a baseline that cannot be used: told in one line, exit code 4. */
export class InvalidInputError extends Error {
  override readonly name = 'InvalidInputError';
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'permission is denied',
};

/** Why a file cannot be read, in words, from what `readFile` throws. */
export function whyUnreadable(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return reasons[code] ?? message;
}
