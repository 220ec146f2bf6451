import { type Fact, plainText, type Tone } from '../document.js';
import { printable, printableLine } from './sanitize.js';
import { type Column, displayWidth, hanging, pad, reportWidth, textTable, wrap } from './terminal-text.js';

/** Layout options of what a terminal shows. */
export interface TableOptions {
  /** Columns of the terminal; default 80. */
  readonly width?: number;
  /** ANSI colours; default false. */
  readonly colour?: boolean;
  /** Also what is as expected: what was asked, what is not offered, each claim; default false. */
  readonly ledger?: boolean | undefined;
  /** The page of the report, which the last line names. */
  readonly report?: string | undefined;
}

/**
 * Width and colour for a stream. `FORCE_COLOR` decides as in Node; without it a stream is plain unless it is a terminal, `NO_COLOR` is unset or
 * empty and the terminal is not dumb.
 */
export function tableOptions(
  stream: { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): { readonly width: number; readonly colour: boolean } {
  const terminal = stream.isTTY === true;
  const { FORCE_COLOR: forced, NO_COLOR: without = '', TERM: kind } = environment;
  const colour =
    forced === undefined ? terminal && without === '' && kind !== 'dumb' : !['0', 'false'].includes(forced);
  return { width: terminal ? (stream.columns ?? 80) : 80, colour };
}

/** How good a verdict is at a glance; `none` is a title that judges nothing. */
export type Mark = 'good' | 'bad' | 'warn' | 'none';

/** A verdict in words, with its sign before it. */
export interface Verdict {
  readonly mark: Mark;
  readonly text: string;
}

/** A part of a screen. */
export type ScreenBlock =
  | {
      /** More verdicts, with what belongs to the last one right below. */ readonly verdicts: readonly Verdict[];
      readonly facts?: readonly Fact[];
    }
  | { readonly facts: readonly Fact[] }
  | { readonly table: { readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] } }
  | { /** Paragraphs. */ readonly text: readonly string[] }
  | { /** Lines that are laid out by whoever knows them. */ readonly lines: (width: number) => readonly string[] };

/** The end of a command: its verdict, what it rests on, and how it ends. */
export interface Screen {
  readonly verdict: Verdict;
  /** What was judged, at the end of the first line. */
  readonly about?: string;
  readonly blocks: readonly ScreenBlock[];
  /** The last line: where more is, with the exit code at its end. */
  readonly more: readonly string[];
  readonly exitCode: number;
}

/** The sign before a verdict. */
export const signs: Readonly<Record<Mark, string>> = { good: '✓', bad: '✗', warn: '!', none: ' ' };
const [bold, dim, red, green, amber] = [1, 2, 31, 32, 33];

/** SGR colours of tones. */
const colours: Readonly<Record<Tone, number>> = { good: green, note: 36, warn: amber, bad: red, mute: 90 };

/** Paints a text in SGR colours, where there are any. */
type Paint = (text: string, ...codes: readonly number[]) => string;

const painter =
  (colour = false): Paint =>
  (text, ...codes) =>
    colour && text !== '' ? `\u001b[${codes.join(';')}m${text}\u001b[0m` : text;

/** What ends at the right ends here on wider terminals too, where the eye would lose the line. */
const widest = 80;

/** Below this width facts are indented less. */
const narrow = 60;

/** A screen as lines of text: the verdict first, blocks with an empty line between them, and the closing line. */
export function screenText({ verdict, about, blocks, more, exitCode }: Screen, options: TableOptions = {}): string {
  const width = reportWidth(options.width);
  const paint = painter(options.colour);
  const parts = blocks.map((block) => blockLines(block, width, paint)).filter((lines) => lines.length > 0);
  return `${[
    ...verdictLines(verdict, width, paint, about),
    ...parts.flatMap((lines) => ['', ...lines]),
    '',
    ...closingLines(more, exitCode, width, paint),
  ].join('\n')}\n`;
}

/** The verdict with its sign, and what it is about at the right if there is room. */
function verdictLines({ mark, text }: Verdict, width: number, paint: Paint, about = ''): string[] {
  const lines = wrap(printableLine(text), width - 2);
  const codes = mark === 'none' ? [bold] : [bold, colours[mark]];
  const painted = lines.map((line, k) => paint(`${k === 0 ? signs[mark] : ' '} ${line}`, ...codes));
  if (about === '') return painted;
  const shown = printableLine(about);
  const space = Math.min(width, widest) - displayWidth(lines[0]!) - 2 - displayWidth(shown);
  if (lines.length === 1 && space >= 2) return [`${painted[0]}${' '.repeat(space)}${paint(shown, dim)}`];
  return [...painted, ...wrap(shown, width - 2).map((line) => paint(`  ${line}`, dim))];
}

function blockLines(block: ScreenBlock, width: number, paint: Paint): string[] {
  const indent = ' '.repeat(width < narrow ? 2 : 4);
  if ('verdicts' in block || 'facts' in block) {
    const { verdicts = [], facts = [] } = block as {
      readonly verdicts?: readonly Verdict[];
      readonly facts?: readonly Fact[];
    };
    return [
      ...verdicts.flatMap((verdict) => verdictLines(verdict, width, paint)),
      ...factLines(facts, indent, width, paint),
    ];
  }
  if ('text' in block) return block.text.flatMap((text) => wrap(printableLine(text), width));
  if ('lines' in block) return [...block.lines(width)];
  const { columns, rows } = block.table;
  const printed = rows.map((row) => row.map(printableLine));
  const { head, rows: lines } = textTable(columns, printed, width - indent.length);
  // The rule below the titles is for tables without colours of their own.
  return [
    ...head.slice(0, 1).map((line) => indent + paint(line, dim)),
    ...lines.flat().map((line) => indent + withSigns(line, paint)),
  ];
}

const withSigns = (line: string, paint: Paint): string =>
  line.replaceAll(/[✓✗]/g, (sign) => paint(sign, sign === '✓' ? green : red));

function factLines(facts: readonly Fact[], indent: string, width: number, paint: Paint): string[] {
  // A label that repeats is left out.
  const names = facts.map(([label], k) => (label === facts[k - 1]?.[0] ? '' : printableLine(label)));
  const widths = names.map(displayWidth).filter((own) => own <= width / 2);
  const labelWidth = Math.max(0, ...widths) + 2;
  return facts.flatMap(([, text], k) => {
    const name = names[k]!;
    const isLong = displayWidth(name) > width / 2;
    const label = `${indent}${' '.repeat(labelWidth)}`;
    if (typeof text === 'object' && 'pre' in text) {
      const lines = copiedLines(text.pre, label, width);
      if (lines.length > 1) return [indent + paint(name, dim), ...lines.map(printable)];
    }
    const said = plainText(text);
    // Code is copied as it is, so that it stays on one line.
    const isCopied = typeof text === 'object' && ('code' in text || 'pre' in text);
    const [first = '', ...rest] = isCopied
      ? [`${isLong ? label : indent + pad(name, labelWidth)}${printable(said.replaceAll(/[\r\n]+/g, ' '))}`]
      : hanging(isLong || name === '' ? label : indent + pad(name, labelWidth), printableLine(said), width);
    if (isLong) {
      const above = wrap(name, width - indent.length).map((line) => indent + paint(line, dim));
      return [...above, withSigns(first, paint), ...rest];
    }
    return [`${indent}${paint(name, dim)}${withSigns(first.slice(indent.length + name.length), paint)}`, ...rest];
  });
}

/** The lines of what is copied: those that it has, or, where it does not fit beside its label, those at which its language lets it be broken. */
function copiedLines(copy: string, label: string, width: number): string[] {
  if (copy.includes('\n') || displayWidth(label + copy) <= width) return copy.split('\n');
  const [code = '', sign, comment = ''] = copy.split(/ {2}(#|\/\/|%) (?=\S)/);
  const [first = '', ...others] = code.split(/(?<=;) /);
  const lines = [first];
  for (const next of others) {
    const joined = `${lines.at(-1)} ${next}`;
    if (displayWidth(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(next);
  }
  return [...lines, ...(sign === undefined ? [] : wrap(comment, width - 3).map((line) => `${sign} ${line}`))];
}

function closingLines(more: readonly string[], exitCode: number, width: number, paint: Paint): string[] {
  const end = `exit ${exitCode}`;
  const left = more.map(printableLine).join('    ');
  const space = Math.min(width, widest) - displayWidth(left) - displayWidth(end);
  const painted = paint(end, exitCode === 0 ? green : red);
  if (space >= 2 || left === '') return [`${left}${' '.repeat(Math.max(0, space))}${painted}`];
  return [...more.flatMap((part) => wrap(printableLine(part), width)), painted];
}
