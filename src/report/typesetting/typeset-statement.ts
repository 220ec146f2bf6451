import katex from 'katex';
import { html, Markup } from '../html/markup.js';
import { bracketsOf, closeOf, type Lexeme, type LexemeKind, lexemesOf } from './lexemes.js';

/** TeX of a part of a formula without a line break inside. Lines may break before a relation, a plus or a minus, and after a comma. */
interface Piece {
  readonly tex: string;
  /** The rank of a line break before it: 0 before a relation outside all brackets, 1 before a plus or minus there, and so on inside brackets. */
  readonly level: number;
}

/** TeX, and the place where the rest of the formula starts. */
type Part = readonly [tex: string, next: number];

const operands: readonly LexemeKind[] = ['letter', 'number', 'root', 'close'];
const beginnings: readonly LexemeKind[] = ['letter', 'number', 'name', 'root', 'open'];

/** TeX of a formula in pieces; `tight` as in scripts, where signs have no space around them. Throws on a script or a root of nothing. */
export function formulaPieces(lexemes: readonly Lexeme[], tight = false): readonly Piece[] {
  const pieces = [{ tex: '', level: 0 }];
  let depth = 0;
  let before: LexemeKind = 'open';
  for (let at = 0; at < lexemes.length; ) {
    const spaced = lexemes[at]!.kind === 'space';
    if (spaced) at++;
    const { kind } = lexemes[at]!;
    const infix = kind === 'relation' || (kind === 'binary' && [...operands, 'name'].includes(before));
    if ((infix || before === 'comma') && at > 0) {
      pieces.push({ tex: '', level: kind === 'relation' ? 2 * depth : 2 * depth + 1 });
    }
    const fraction = fractionAt(lexemes, at);
    const [tex, next] =
      fraction === undefined ? partAt(lexemes, at, infix && !tight) : [fractionTex(fraction), fraction.next];
    pieces.at(-1)!.tex += isApart(before, kind, spaced) ? `\\,${tex}` : tex;
    if (kind === 'open' && fraction === undefined) depth++;
    if (kind === 'close') depth--;
    before = fraction === undefined ? kind : 'close';
    at = next;
  }
  return pieces;
}

const formulaTex = (lexemes: readonly Lexeme[], tight = false): string =>
  formulaPieces(lexemes, tight)
    .map(({ tex }) => tex)
    .join('');

/** Whether two factors have a space between them: where the statement has one, and before a name. */
function isApart(before: LexemeKind, kind: LexemeKind, spaced: boolean): boolean {
  if (!beginnings.includes(kind)) return false;
  return operands.includes(before) ? spaced || kind === 'name' : before === 'name' && spaced;
}

function partAt(lexemes: readonly Lexeme[], at: number, infix: boolean): Part {
  const { kind, text } = lexemes[at]!;
  if (kind === 'root') return rootAt(lexemes, at + 1);
  if (infix) return [text === '|' ? '\\mid ' : signTex(text), at + 1];
  if (kind === 'relation' || kind === 'binary') return [`\\mathord{${signTex(text)}}`, at + 1];
  return withScripts(baseTex(lexemes, at), lexemes, at + 1);
}

const fractionTex = ({ over, under }: Fraction): string => `\\frac{${formulaTex(over)}}{${formulaTex(under)}}`;

function baseTex(lexemes: readonly Lexeme[], at: number): string {
  const { kind, text } = lexemes[at]!;
  if (kind === 'script') throw new Error(`${text} stands at nothing`);
  if (kind === 'name') return `\\operatorname{${text}}`;
  return isUpright(text, lexemes[at + 1]) ? `\\mathrm{${text}}` : signTex(text);
}

/** The E and P of expectations and probabilities, but not a constant E_M or a mapping P(x). */
const isUpright = (text: string, after: Lexeme | undefined): boolean =>
  (text === 'E' && (after?.kind === 'open' || after?.kind === 'space')) || (text === 'P' && after?.text === '[');

function withScripts(base: string, lexemes: readonly Lexeme[], from: number): Part {
  let next = from;
  const scripts = { below: '', above: '' };
  for (; lexemes[next]?.kind === 'script'; next++) {
    const { text } = lexemes[next]!;
    const { exponent, tex } = smallSign(text);
    scripts[exponent ? 'above' : 'below'] += tex ?? scriptTex(text);
  }
  const { below, above } = scripts;
  return [`${base}${below && `_{${below}}`}${above && `^{${above}}`}`, next];
}

/** The content of a script: inside its braces or brackets, or its single letter. */
function scriptTex(script: string): string {
  return formulaTex(lexemesOf(script.replace(/^[_^](?:\{(.*)\}|\((.*)\)|(.*))$/u, '$1$2$3')), true);
}

/** The root at a place: of a bracket as a whole, of an expectation, of a name with its argument, or of one letter or number. */
function rootAt(lexemes: readonly Lexeme[], at: number): Part {
  if (lexemes[at]?.text === '(') {
    const to = closeOf(lexemes, at);
    return [`\\sqrt{${formulaTex(lexemes.slice(at + 1, to))}}`, to + 1];
  }
  let to = at;
  if (lexemes[to]?.kind === 'name') to += 2;
  if (lexemes[to]?.text === 'E' && lexemes[to + 1]?.kind === 'open') to++;
  if (lexemes[to] === undefined) throw new Error('a root of nothing');
  if (lexemes[to]!.kind === 'open') to = closeOf(lexemes, to);
  for (to++; lexemes[to]?.kind === 'script'; ) to++;
  return [`\\sqrt{${formulaTex(lexemes.slice(at, to))}}`, to];
}

/** A fraction: its numerator and denominator, and the place where the rest of the formula starts. */
export interface Fraction {
  readonly over: readonly Lexeme[];
  readonly under: readonly Lexeme[];
  readonly next: number;
}

/** After these a bracket holds an argument, or must be kept for another reason. */
const holding: readonly LexemeKind[] = ['letter', 'number', 'script', 'close', 'name', 'root', 'slash'];

/** The lexemes allowed in a side of a simple fraction; of brackets only bars. */
const simple: readonly LexemeKind[] = ['letter', 'number', 'script', 'root'];
const isSimple = ({ kind, text }: Lexeme): boolean => simple.includes(kind) || '|‖'.includes(text);

/** The quotient in brackets at a place, such as (1/√T), if it is a factor. Other quotients stay on one line, as written. */
function fractionAt(lexemes: readonly Lexeme[], at: number): Fraction | undefined {
  if (lexemes[at]!.text !== '(') return undefined;
  const to = closeOf(lexemes, at);
  const before = lexemes[at - 1]?.kind === 'space' && lexemes[at - 2]?.kind === 'name' ? 'name' : lexemes[at - 1]?.kind;
  const after = lexemes[to + 1]?.kind;
  if ((before && holding.includes(before)) || after === 'script' || after === 'slash') return undefined;
  const inner = lexemes.slice(at + 1, to);
  const slash = inner.findIndex(({ kind }) => kind === 'slash');
  const over = inner.slice(0, slash);
  const under = inner.slice(slash + 1);
  if (slash < 1 || under.length === 0 || ![...over, ...under].every(isSimple)) return undefined;
  return { over, under, next: to + 1 };
}

/** TeX's names for signs that it does not accept directly. */
const commands: Readonly<Record<string, string>> = {
  '{': '\\{',
  '}': '\\}',
  '⟨': '\\langle ',
  '⟩': '\\rangle ',
  '⌈': '\\lceil ',
  '⌉': '\\rceil ',
  '|': '\\vert ',
  '‖': '\\Vert ',
  '½': '\\frac{1}{2}',
  '¼': '\\frac{1}{4}',
  '·': '\\cdot ',
  Σ: '\\sum ',
};

const accents: Readonly<Record<string, string>> = { '\u0302': '\\hat', '\u0303': '\\tilde', '\u0304': '\\bar' };

const raised: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺ⁿ'].map((sign, k) => [sign, '0123456789+n'[k]])),
  ᵀ: '\\top',
  '′': '\\prime',
  '*': '*',
};

/** TeX of a sign, of a number, or of a letter with its accents. */
function signTex(sign: string): string {
  const [, letter, marks] = /^(\p{L})(\p{M}*)$/u.exec(sign.normalize('NFD')) ?? [undefined, sign, ''];
  return [...marks!].reduce((tex, mark) => `${accents[mark]}{${tex}}`, commands[letter!] ?? letter!);
}

/** Whether a script is an exponent, and its content if that is one sign; undefined for one in braces or brackets. */
function smallSign(script: string): { readonly exponent: boolean; readonly tex: string | undefined } {
  const index = '₀₁₂₃₄₅₆₇₈₉'.indexOf(script);
  if (index >= 0) return { exponent: false, tex: String(index) };
  return { exponent: script[0] !== '_', tex: raised[script] };
}

/**
 * A statement with its formulas in MathML, each with its text beside it, which screen readers, search and copying use. Undefined if it has no
 * formula. Throws if it is not in the suite's notation.
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

/** The start of the words after a formula that stays on its line: a comma, or the rest of "L-smooth". */
const endOf = (run: Run): string => /^\S*/.exec(textOf(run))![0];

/** Up to this many letters of a formula are kept on one line, if the line is that long. */
const short = 40;

function formulaMarkup(text: string, pieces: readonly Piece[], end: string): Markup {
  // A sign at the beginning would be read as a prefix, with other spaces: empty braces before it prevent that.
  const parts = partsOf(pieces.map(({ tex, level }, k) => ({ tex: k === 0 ? tex : `{}${tex}`, level })));
  const lead = parts.slice(0, -1);
  return html`<span class="${text.length <= short && lead.length > 0 ? 'formula part' : 'formula'}">${
    lead.length === 0 ? undefined : html`<span class="lead" aria-hidden="true">${lead}</span>`
  }<span aria-hidden="true">${parts.at(-1)}</span><span class="spoken">${text}</span>${end}</span>`;
}

/** Pieces in nested boxes: a box that fits on a line is not broken, and lines break between outer parts before inner ones. */
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

/** MathML Core, which browsers render without special fonts or styles: only the formula itself of KaTeX's output. */
function mathMarkup(tex: string): Markup {
  const written = katex.renderToString(tex, { output: 'mathml', strict: 'error', throwOnError: true });
  const [, formula] = /<semantics><mrow>(.*)<\/mrow><annotation/s.exec(written)!;
  return new Markup(`<math>${formula}</math>`);
}

/** A run of a statement: words, or a formula between them. */
export interface Run {
  readonly formula: boolean;
  readonly lexemes: readonly Lexeme[];
}

/** The words and formulas of a statement in order. Throws if its brackets do not match. */
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
    // The exponent of brackets around words belongs to the words.
    if (kind === 'script' && lexemes[k - 1]?.kind === 'close' && prose[k - 1]) prose[k] = true;
    if (kind === 'slash' && (prose[k - 1] || lexemes[k + 1]?.kind === 'prose')) prose[k] = true;
  }
  for (const [k, { kind }] of lexemes.entries()) {
    if (kind === 'space' && ((prose[k - 1] ?? true) || (prose[k + 1] ?? true))) prose[k] = true;
  }
  return prose;
}

/** The (b) of "Assumption 2(b)", which is not a factor. */
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

/** The text of a run in the statement. */
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
