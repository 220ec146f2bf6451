/** A user's mistake: one line that says what is wrong, why, and what to do. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Quotes a word for a POSIX shell if it has special characters. */
export function shellQuote(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Replaces the credentials of every address in a text by `***`. */
export const withoutPasswords = (text: string): string => text.replace(/(\w+:\/\/)[^\s/]*@/g, '$1***@');
