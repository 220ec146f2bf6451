
/** What an adapter sent is not the protocol; the message says in one line what is wrong with it. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** Characters that a terminal would act on: controls, format characters (bidirectional overrides), surrogates, line separators. */
const acting = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Longest piece of foreign text that a diagnosis quotes. */
const longest = 80;

/** Text from an adapter as one line in which every character is shown: escapes are written out and what is too long is cut. */
export function visible(text: string, limit = longest): string {
  // Cut before escaping: a text of megabytes must not be walked through for the sake of its first few characters.
  const shown = text.slice(0, limit).replace(acting, (character) => {
    if (character === '\n' || character === '\r' || character === '\t') return ' ';
    return `\\u{${character.codePointAt(0)!.toString(16)}}`;
  });
  return text.length > limit ? `${shown}…` : shown;
}

/** A value from an adapter as it appears in a diagnosis: JSON, cut and escaped. */
export function quoted(value: unknown): string {
  if (typeof value === 'string') return `"${visible(value)}"`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return value === undefined ? 'nothing' : String(value);
}
