import type { Block, Cell, Fact, Row, Span, Table, Words } from '../document.js';
import { escapeMarkdown, markdownCellCode, markdownCode, printable } from '../wording/sanitize.js';

/** Words as Markdown; in a cell of a table no sign ends it. */
function markdownWords(text: Words, inCell = false): string {
  if (typeof text !== 'object') return text === undefined ? '' : withEdges(String(text));
  return 'length' in text ? text.map((one) => markdownWords(one, inCell)).join('') : spanText(text, inCell);
}

/** Text that may begin or end with a space, which escaping cuts off. */
const withEdges = (text: string): string => printable(text).replace(/\S(?:.*\S)?/s, escapeMarkdown);

function spanText(span: Span, inCell: boolean): string {
  const code = inCell ? markdownCellCode : markdownCode;
  if ('code' in span) return code(span.code);
  if ('claim' in span) return span.says === undefined ? code(span.claim) : markdownWords(span.says, inCell);
  if ('pre' in span) return ` ${code(span.pre)}`;
  if ('math' in span) return escapeMarkdown(span.math);
  if ('statement' in span) return escapeMarkdown(span.statement);
  if ('sign' in span) return escapeMarkdown(String(span.sign));
  if ('seen' in span) return escapeMarkdown(span.seen);
  const inner = (words: Words): string => markdownWords(words, inCell);
  if ('strong' in span) return `**${inner(span.strong)}**`;
  if ('below' in span) return `: ${inner(span.below)}`;
  if ('soft' in span) return inner(span.soft);
  if ('upright' in span) return inner(span.upright);
  return 'says' in span ? inner(span.says) : '';
}

const cellText = (cell: Cell): string =>
  markdownWords(typeof cell === 'object' && 'cell' in cell ? cell.cell : (cell as Words), true);

const rowText = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Rows of escaped cells under their headings. */
export const tableText = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(rowText).join('\n');

function tableBlocks({ head, groups, foot }: Table): string[] {
  return groups.flatMap(({ title, rows }) => {
    const all: readonly Row[] = foot === undefined ? rows : [...rows, foot];
    const text = tableText(
      (head ?? all[0]?.map(() => '') ?? []).map(cellText),
      all.map((row) => row.map(cellText)),
    );
    return title === undefined ? [text] : [`**${markdownWords(title)}**`, text];
  });
}

/** Blocks as paragraphs of Markdown, which has no drawings. */
export const markdownBlocks = (all: readonly Block[]): string[] => all.flatMap(blockTexts);

function blockTexts(block: Block): string[] {
  if ('paragraph' in block) return [markdownWords(block.paragraph)];
  if ('heading' in block) return [`**${markdownWords(block.heading)}**`];
  if ('list' in block) return [block.list.map((item) => `- ${markdownWords(item)}`).join('\n')];
  if ('facts' in block) return [block.facts.map(factText).join('\n')];
  if ('table' in block) return tableBlocks(block.table);
  if ('pre' in block) return [markdownCode(block.pre)];
  if ('apart' in block) return markdownBlocks(block.apart);
  if ('card' in block) return markdownBlocks(block.card);
  if ('group' in block) return markdownBlocks(block.group);
  if ('details' in block) return [foldedText(markdownWords(block.summary), markdownBlocks(block.details))];
  return [];
}

function factText([label, text]: Fact): string {
  const name = label === '' ? '-' : `- ${escapeMarkdown(label)}:`;
  const lines = typeof text === 'object' && 'pre' in text ? printable(text.pre).split('\n') : [];
  // What could end the block, or be a tag, stays in one line.
  if (lines.length < 2 || /[<`]/.test(lines.join(''))) return `${name} ${markdownWords(text).trimStart()}`;
  return [name, '', ...['```', ...lines, '```'].map((line) => `  ${line}`)].join('\n');
}

/** Blocks below their title. */
export const markdownPage = (title: string, all: readonly Block[]): string =>
  `${[`## ${escapeMarkdown(title)}`, ...markdownBlocks(all)].join('\n\n')}\n`;

/** Paragraphs that show when their escaped title is clicked. */
export const foldedText = (title: string, body: readonly string[]): string =>
  `<details><summary>${title}</summary>\n\n${body.join('\n\n')}\n\n</details>`;
