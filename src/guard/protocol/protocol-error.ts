/** An adapter broke the protocol. The message says in one line what is wrong. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** Characters that a terminal may interpret: controls, format characters (bidirectional overrides), surrogates, line separators. */
const acting = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Longest piece of foreign text that a diagnosis quotes. */
const longest = 80;

/** Text from an adapter as one line of printable characters: others are escaped, and a long text is cut. */
export function visible(text: string, limit = longest): string {
  // Cut before escaping: only the first few characters of a text of megabytes matter.
  const shown = text.slice(0, limit).replace(acting, (character) => {
    if (character === '\n' || character === '\r' || character === '\t') return ' ';
    return `\\u{${character.codePointAt(0)!.toString(16)}}`;
  });
  return text.length > limit ? `${shown}…` : shown;
}

/** A value from an adapter for a diagnosis: JSON, cut and escaped. */
export function quoted(value: unknown): string {
  if (typeof value === 'string') return `"${visible(value)}"`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return value === undefined ? 'nothing' : String(value);
}
