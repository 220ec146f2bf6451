/** A user's mistake: one line that says what, why and what to do; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A word as a POSIX shell needs it: as it is when nothing in it is special, else in single quotes. */
export function shellQuote(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** What may be printed of a text in which somebody wrote an address with a password, wherever it stands. */
export const withoutPasswords = (text: string): string => text.replace(/(\w+:\/\/)[^\s/]*@/g, '$1***@');
