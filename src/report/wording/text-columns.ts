import { displayWidth, pad } from './terminal-text.js';

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
