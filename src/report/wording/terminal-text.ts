import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Columns that text takes on a terminal. */
export const displayWidth = (text: string): number => stringWidth(text);

/** Padded with spaces to `width` columns. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + space : space + text;
}

/** Lines of at most `width` columns, broken at spaces, or inside a word that is longer than a line. */
export const wrap = (text: string, width: number): string[] => wrapAnsi(text, width, { hard: true }).split('\n');

/** One column of a plain table. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** The lines of a table: those of its head, and those of each row. */
export interface TableLines {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * A plain table: a line of titles, a rule, and one line for each row; columns as wide as their widest entry, two spaces apart. If that is wider
 * than `width`, rows without a head: the first entry, and below it the others, each with its title.
 */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width = Number.POSITIVE_INFINITY,
): TableLines {
  const widths = columns.map(({ title }, j) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[j]!))),
  );
  const total = widths.reduce((sum, each) => sum + each, 2 * (widths.length - 1));
  if (total > width) return { head: [], rows: rows.map((row) => stackedRow(columns, row, width)) };
  const line = (entries: readonly string[]): string =>
    entries
      .map((entry, j) => pad(entry, widths[j]!, columns[j]!.align))
      .join('  ')
      .trimEnd();
  return {
    head: [line(columns.map(({ title }) => title)), '─'.repeat(total)],
    rows: rows.map((row) => [line(row)]),
  };
}

function stackedRow([key, ...columns]: readonly Column[], [first, ...entries]: readonly string[], width: number) {
  const titleWidth = Math.max(...columns.map(({ title }) => displayWidth(title)));
  const label = (title: string): string => `  ${pad(title, titleWidth)}  `;
  return [
    ...wrap(`${key!.title} ${first}`, width),
    ...entries.flatMap((entry, j) => hanging(label(columns[j]!.title), entry, width)),
  ];
}

/**
 * Text after a label, with later lines aligned under the first; below the label if one of its words is too long to fit beside it.
 */
export function hanging(label: string, text: string, width: number): string[] {
  const beside = width - displayWidth(label);
  const indent = ' '.repeat(Math.min(displayWidth(label), Math.max(24, Math.floor(0.4 * width))));
  const below = '    ';
  const longest = Math.max(...text.split(' ').map(displayWidth));
  if (longest > beside && longest <= width - below.length) {
    return [label.trimEnd(), ...wrap(text, width - below.length).map((line) => below + line)].filter(Boolean);
  }
  const [first, ...rest] = wrap(text, Math.max(1, beside));
  const tail = rest.length === 0 ? [] : wrap(rest.join(' '), width - indent.length);
  return [label + first, ...tail.map((line) => indent + line)];
}

/** The width of a report on a terminal of the given width, within limits: long lines are hard to read, and short ones do not fit a number. */
export const reportWidth = (columns = 80): number => Math.min(160, Math.max(30, columns));
