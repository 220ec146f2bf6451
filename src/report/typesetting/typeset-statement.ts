import katex from 'katex';
import { html, Markup } from '../html/markup.js';
import { formulaPieces, type Piece } from './formula-tex.js';
import { type Run, runsOf, textOf } from './runs.js';

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
