import { nearestWord } from '../../claims/text.js';

/** A function of a user's theorem returned an invalid value: one line that names the function, the value and what is expected. */
export class TheoremError extends Error {
  override readonly name: string = 'TheoremError';
}

/** A module does not export a valid theorem: one line names the field, its value and the expected value. */
export class TheoremFileError extends TheoremError {}

/** A theorem outside of what can be modelled; the message says why in one line. */
export class NoModelError extends TheoremError {
  override readonly name = 'NoModelError';
}

type Fields = Readonly<Record<string, unknown>>;

/** The entries of an array; none if there is no array. */
export function readList<Entry>(
  given: unknown,
  place: string,
  read: (entry: unknown, place: string) => Entry,
): Entry[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw wrong(place, given, 'an array');
  return given.map((entry, k) => read(entry, `${place}[${k}]`));
}

/** An object with fields. */
export function record(given: unknown, place: string, expected: string): Fields {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Fields;
  throw wrong(place, given, expected);
}

/** One line of text that is not empty. */
export function line(given: unknown, place: string): string {
  if (typeof given === 'string' && given.trim() !== '' && !given.includes('\n')) return given;
  throw wrong(place, given, 'one line of text');
}

export function requireFunction(given: unknown, place: string): void {
  if (typeof given !== 'function') throw wrong(place, given, 'a function');
}

/** Rejects an unknown field, which is usually a misspelt one. */
export function onlyKnown(fields: Fields, place: string, known: readonly string[]): void {
  for (const name of Object.keys(fields)) {
    if (!known.includes(name)) throw new TheoremFileError(`${place} has no field ${name}${meant(name, known)}`);
  }
}

export const oneOf = (words: readonly string[], given: unknown): boolean => words.some((word) => word === given);

/** The word that was probably meant, in brackets; empty if none is near. */
export function meant(given: unknown, words: readonly string[]): string {
  const nearest = typeof given === 'string' ? nearestWord(given, words) : undefined;
  return nearest === undefined ? '' : ` (did you mean ${nearest}?)`;
}

/** A value as an error shows it; JSON has no NaN. */
export function shown(given: unknown): string {
  if (typeof given === 'function') return 'a function';
  if (typeof given === 'number') return String(given);
  return (JSON.stringify(given) ?? String(given)).slice(0, 80);
}

/** The error of a field: what it must be, and what it is. */
export function wrong(
  place: string,
  given: unknown,
  expected: string,
  words: readonly string[] = [],
): TheoremFileError {
  return new TheoremFileError(`${place} must be ${expected}, got ${shown(given)}${meant(given, words)}`);
}
