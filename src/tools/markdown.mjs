/** A line of a table. */
const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |\n`;

/** A table of Markdown. */
export const table = (headings, rows) => [headings, headings.map(() => '---'), ...rows].map(line).join('');

/**
 * The anchor of a heading, on a code host and on the site.
 * @param {string} heading
 */
export const anchor = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
