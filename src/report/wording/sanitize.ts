/**
 * Characters that have an effect instead of being shown: C0 and C1 controls except newline (escape sequences start with one), controls that
 * reorder text, line separators, lone surrogates and the other code points that XML forbids.
 */
const acting = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu;

/**
 * Text of printable characters: anything that a terminal or a browser would interpret becomes a visible `\u{1b}`. Newlines stay, tabs become
 * spaces.
 */
export function printable(text: string): string {
  return text.replace(acting, (character) => {
    if (character === '\n') return character;
    if (character === '\t') return ' ';
    return `\\u{${character.codePointAt(0)!.toString(16)}}`;
  });
}

/** JSON text with such characters escaped: the same value, and safe to show. */
export function printableJson(json: string): string {
  return json.replace(acting, (character) => {
    return character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** As `printable`, on one line. */
export function printableLine(text: string): string {
  return printable(text.replace(/\r\n?/g, '\n')).replace(/\s+/g, ' ').trim();
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text or attribute value for HTML and XML 1.0. */
export function escapeMarkup(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => entities[character]!);
}

/** One line of text for a Markdown paragraph or table cell, escaped so that it makes no emphasis, link, heading, cell border or tag. */
export function escapeMarkdown(text: string): string {
  return printableLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_{}[\]>#|~!$]/g, '\\$&')
    .replace(/:\/\//g, '\\://')
    .replace(/\bwww\./gi, (match) => `${match.slice(0, 3)}\\.`)
    .replace(/^([-+])/, '\\$1')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');
}

const widths = new Map<string, number>();

/** The length of a character when escaped, cached: the same few occur again and again. */
function widthOf(character: string): number {
  let width = widths.get(character);
  if (width === undefined) {
    width = Math.max(1, escapeMarkdown(character).length);
    widths.set(character, width);
  }
  return width;
}

/** One line of unescaped text, cut so that it takes about `limit` characters as Markdown, with `…` if something was cut. */
export function clipMarkdown(text: string, limit: number): string {
  const line = printableLine(text);
  // Escaping makes nothing shorter.
  if (line.length <= limit && escapeMarkdown(line).length <= limit) return line;
  let kept = '';
  let used = 1;
  for (const character of line) {
    used += widthOf(character);
    if (used > limit) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** A Markdown code span in a table cell: only there a | in code needs a backslash, which is not shown. */
export const markdownCellCode = (text: string): string => markdownCode(text).replace(/\|/g, '\\|');

/** A Markdown code span outside of tables. */
export function markdownCode(text: string): string {
  const line = printableLine(text);
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), (match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
