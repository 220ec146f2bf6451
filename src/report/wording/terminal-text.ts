/** Code points that take no column: combining marks and joiners. */
const zeroWidth = /^[\p{Mn}\p{Me}\u200b-\u200d\u2060]$/u;
/** Code points that take two columns on a terminal. */
const doubleWidth =
  /^[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]$/u;

function characterWidth(character: string): number {
  if (zeroWidth.test(character)) return 0;
  return doubleWidth.test(character) ? 2 : 1;
}

/** Columns that printable text takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The text cut to at most `width` ≥ 1 columns, with `…` where something was cut. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const character of text) {
    used += characterWidth(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Padded with spaces to `width` columns. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + space : space + text;
}

/** Lines of at most `width` columns, broken at spaces, or inside a word that is longer than a line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = breakWord(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1)!;
  }
  lines.push(line);
  return lines;
}

function breakWord(word: string, width: number): string[] {
  const pieces = [''];
  for (const character of word) {
    const last = pieces.length - 1;
    if (displayWidth(pieces[last]! + character) > width) pieces.push(character);
    else pieces[last] += character;
  }
  return pieces;
}

/** One column of a plain table. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** A plain table: a line of titles, a rule, and one line a row; columns as wide as their widest entry, two spaces apart. */
export function textColumns(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(({ title }, j) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[j]!))),
  );
  const line = (entries: readonly string[]): string =>
    entries
      .map((entry, j) => pad(entry, widths[j]!, columns[j]!.align))
      .join('  ')
      .trimEnd();
  const total = widths.reduce((sum, width) => sum + width, 2 * (widths.length - 1));
  return [line(columns.map(({ title }) => title)), '─'.repeat(total), ...rows.map(line)];
}
