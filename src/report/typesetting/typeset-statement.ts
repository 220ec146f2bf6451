import katex from 'katex';
import { html, Markup } from '../html/markup.js';
import { formulaPieces, type Piece } from './formula-tex.js';
import { bracketsOf, type Lexeme, lexemesOf } from './lexemes.js';

/**
 * A statement with its formulas in MathML, and beside each formula its text, which is what is read aloud, searched and copied. Undefined where it has
 * no formula. Throws where it is in another notation than that of the suite.
 */
export function typesetStatement(statement: string): Markup | undefined {
  const runs = runsOf(statement);
  if (!runs.some(({ formula }) => formula)) return undefined;
  return html`${runs.map((run, k) => {
    if (run.formula)
      return formulaMarkup(textOf(run), formulaPieces(run.lexemes), k + 1 < runs.length ? endOf(runs[k + 1]!) : '');
    return textOf(run).slice(k === 0 ? 0 : endOf(run).length);
  })}`;
}

/** What of the words after a formula belongs to its line: a comma, or the rest of "L-smooth". */
const endOf = (run: Run): string => /^\S*/.exec(textOf(run))![0];

/** So many letters of a formula are kept on one line wherever a line is that long. */
const short = 40;

function formulaMarkup(text: string, pieces: readonly Piece[], end: string): Markup {
  // A sign at the beginning would be taken for a prefix, which has other spaces: nothing in braces stands before it.
  const parts = partsOf(pieces.map(({ tex, level }, k) => ({ tex: k === 0 ? tex : `{}${tex}`, level })));
  const lead = parts.slice(0, -1);
  return html`<span class="${text.length <= short && lead.length > 0 ? 'formula part' : 'formula'}">${
    lead.length === 0 ? undefined : html`<span class="lead" aria-hidden="true">${lead}</span>`
  }<span aria-hidden="true">${parts.at(-1)}</span><span class="spoken">${text}</span>${end}</span>`;
}

/** Pieces in boxes within boxes: a box that fits on a line is not broken, and its parts begin lines before the parts of its parts do. */
function partsOf(pieces: readonly Piece[]): readonly Markup[] {
  const lowest = Math.min(...pieces.slice(1).map(({ level }) => level));
  const parts: Piece[][] = [];
  for (const [k, piece] of pieces.entries()) {
    if (k === 0 || piece.level === lowest) parts.push([]);
    parts.at(-1)!.push(piece);
  }
  return parts.map((part) =>
    part.length === 1 ? mathMarkup(part[0]!.tex) : html`<span class="part">${partsOf(part)}</span>`,
  );
}

/** MathML Core, which browsers set without a font or a style of its own: of what KaTeX writes only the formula itself. */
function mathMarkup(tex: string): Markup {
  const written = katex.renderToString(tex, { output: 'mathml', strict: 'error', throwOnError: true });
  const [, formula] = /<semantics><mrow>(.*)<\/mrow><annotation/s.exec(written)!;
  return new Markup(`<math>${formula}</math>`);
}

/** A stretch of a statement: words, or a formula among them. */
export interface Run {
  readonly formula: boolean;
  readonly lexemes: readonly Lexeme[];
}

/** Words and formulas of a statement in turn. Throws where its brackets do not match. */
export function runsOf(statement: string): readonly Run[] {
  const lexemes = lexemesOf(statement);
  const prose = proseAmong(lexemes);
  const runs: { formula: boolean; lexemes: Lexeme[] }[] = [];
  for (const [k, lexeme] of lexemes.entries()) {
    const formula = !prose[k];
    if (runs.at(-1)?.formula === formula) runs.at(-1)!.lexemes.push(lexeme);
    else runs.push({ formula, lexemes: [lexeme] });
  }
  for (const [k, run] of runs.entries()) if (run.formula && isProse(run, runs.slice(0, k))) run.formula = false;
  return joined(runs);
}

/** Which lexemes are words: brackets around words too, commas outside of formulas, and spaces beside any of these. */
function proseAmong(lexemes: readonly Lexeme[]): readonly boolean[] {
  const prose = lexemes.map(({ kind }) => kind === 'prose');
  const pairs = bracketsOf(lexemes);
  for (const [from, to] of pairs) {
    if (prose.slice(from, to).some(Boolean) || isLabel(lexemes, from, to)) {
      prose[from] = true;
      prose[to] = true;
      if (isLabel(lexemes, from, to)) prose[from + 1] = true;
    }
  }
  const within = (k: number): boolean => pairs.some(([from, to]) => !prose[from] && from < k && k < to);
  for (const [k, { kind }] of lexemes.entries()) {
    if (kind === 'comma' && !within(k)) prose[k] = true;
    // The exponent of brackets around words stands among words.
    if (kind === 'script' && lexemes[k - 1]?.kind === 'close' && prose[k - 1]) prose[k] = true;
    if (kind === 'slash' && (prose[k - 1] || lexemes[k + 1]?.kind === 'prose')) prose[k] = true;
  }
  for (const [k, { kind }] of lexemes.entries()) {
    if (kind === 'space' && ((prose[k - 1] ?? true) || (prose[k + 1] ?? true))) prose[k] = true;
  }
  return prose;
}

/** The (b) of "Assumption 2(b)", which is no factor. */
function isLabel(lexemes: readonly Lexeme[], from: number, to: number): boolean {
  const before = lexemes[from - 1]?.kind;
  return to === from + 2 && /^[a-d]$/.test(lexemes[from + 1]!.text) && !['letter', 'script', 'close'].includes(before!);
}

/** Numbers alone, such as that of a theorem or an equation, are words unless they go on with a list of formulas, and so are names alone. */
function isProse({ lexemes }: Run, before: readonly Run[]): boolean {
  const only = (...kinds: readonly Lexeme['kind'][]): boolean => lexemes.every(({ kind }) => kinds.includes(kind));
  const [formula, comma] = before.slice(-2);
  if (only('number', 'open', 'close')) return !formula?.formula || comma === undefined || textOf(comma) !== ', ';
  return only('name', 'space');
}

/** The text of a run as it stands in the statement. */
export const textOf = ({ lexemes }: Run): string => lexemes.map(({ text }) => text).join('');

function joined(runs: readonly Run[]): readonly Run[] {
  const all: Run[] = [];
  for (const run of runs) {
    const last = all.at(-1);
    if (last?.formula === false && !run.formula) {
      all[all.length - 1] = { formula: false, lexemes: [...last.lexemes, ...run.lexemes] };
    } else all.push(run);
  }
  return all;
}
