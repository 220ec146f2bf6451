/** The kinds of pieces of a statement. */
export type LexemeKind =
  | 'prose'
  | 'space'
  | 'letter'
  | 'number'
  | 'name'
  | 'sum'
  | 'root'
  | 'script'
  | 'open'
  | 'close'
  | 'relation'
  | 'binary'
  | 'slash'
  | 'comma';

export interface Lexeme {
  readonly kind: LexemeKind;
  /** Its text in the statement: all lexemes together are the statement. */
  readonly text: string;
}

/** Letters with their accents, Greek ones included, and the signs that behave like letters. */
const letter = /[\p{L}∇∂∞∫]\p{M}*/uy;

/** An index or exponent: `_k`, `_{k_b}`, `^{t−1}`, `^((M−1)/2)`, `²`, `₁`, `′`, or the star of x*. */
const script = /[_^]\{[^{}]*\}|\^\((?:[^()]|\([^()]*\))*\)|[_^][\p{L}\p{N}∞]|[⁰¹²³⁴-⁹⁺ⁿᵀ₀-₉′*]/uy;

/** Names that are set upright. A text of nothing but such names is prose: "the prox of an indicator". */
const names = ['prox', 'sgn', 'min', 'max', 'inf', 'sup', 'ln', 'log', 'cos', 'cosh', 'diag', 'Var'];

const rules: readonly (readonly [LexemeKind, RegExp])[] = [
  ['space', / +/y],
  ['prose', /`[^`]*`|'[a-z]+/y],
  ['script', script],
  ['number', /\d+(?:\.\d+)?|[½¼]/y],
  ['sum', /Σ/y],
  ['root', /√/y],
  ['open', /[([{⟨⌈]/y],
  ['close', /[)\]}⟩⌉]/y],
  ['relation', /[=<>≤≥≠∈→⪯]/y],
  ['binary', /[+−·×]/y],
  ['slash', /\//y],
  ['comma', /,/y],
  ['letter', letter],
];

/** Whether a run of Latin letters is a product, such as LT, Px or the zq of 2zq, and not a word. */
function isProduct(word: string, before: readonly Lexeme[], after: string): boolean {
  if (word === 'a') return !isArticle(before, after);
  if (word.length === 1) return true;
  if (word.length > 2 || after.startsWith('-')) return false;
  return /[A-Z]/.test(word) || word === 'du' || before.at(-1)?.kind === 'number';
}

/** Whether an a stands alone, with no sign before or after it. */
function isArticle(before: readonly Lexeme[], after: string): boolean {
  const last = before.at(-1)?.kind ?? 'open';
  const signed = ['relation', 'binary'].includes(before.at(-2)?.kind ?? '');
  return (last === 'open' || (last === 'space' && !signed)) && /^ [^=<>≤≥≠∈→⪯+−·×]/.test(after);
}

const closing: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '⟨': '⟩',
  '⌈': '⌉',
  '|': '|',
  '‖': '‖',
};

/** A statement in pieces. Throws if its brackets do not match. */
export function lexemesOf(statement: string): readonly Lexeme[] {
  const lexemes: Lexeme[] = [];
  const open: string[] = [];
  for (let at = 0; at < statement.length; ) {
    const [found, ...more] = nextLexemes(statement, at, lexemes, open.at(-1));
    for (const lexeme of [found!, ...more]) {
      lexemes.push(lexeme);
      at += lexeme.text.length;
    }
    if (found!.kind === 'open') open.push(closing[found!.text]!);
    if (found!.kind === 'close' && open.pop() !== found!.text) throw unmatched(statement);
  }
  if (open.length > 0) throw unmatched(statement);
  return lexemes;
}

const unmatched = (statement: string): Error => new Error(`the brackets of "${statement}" do not match`);

function nextLexemes(
  statement: string,
  at: number,
  before: readonly Lexeme[],
  expected: string | undefined,
): readonly Lexeme[] {
  const one = statement[at]!;
  if (one === '|' || one === '‖') {
    if (one === '|' && statement[at - 1] === ' ' && statement[at + 1] === ' ') return [{ kind: 'relation', text: one }];
    return [{ kind: expected === one ? 'close' : 'open', text: one }];
  }
  const word = matchAt(/i\.i\.d\.|[A-Za-z]+(?!\p{M})/uy, statement, at);
  if (word !== undefined) {
    if (names.includes(word)) return [{ kind: 'name', text: word }];
    if (isProduct(word, before, statement.slice(at + word.length)))
      return [...word].map((text) => ({ kind: 'letter', text }));
    return [{ kind: 'prose', text: word }];
  }
  for (const [kind, rule] of rules) {
    const text = matchAt(rule, statement, at);
    if (text !== undefined) return [{ kind, text }];
  }
  return [{ kind: 'prose', text: String.fromCodePoint(statement.codePointAt(at)!) }];
}

function matchAt(rule: RegExp, text: string, at: number): string | undefined {
  rule.lastIndex = at;
  return rule.exec(text)?.[0];
}

/** Matching brackets and bars, inner ones first. */
export function bracketsOf(lexemes: readonly Lexeme[]): readonly (readonly [from: number, to: number])[] {
  const open: number[] = [];
  const pairs: (readonly [number, number])[] = [];
  for (const [k, { kind }] of lexemes.entries()) {
    if (kind === 'open') open.push(k);
    if (kind === 'close') pairs.push([open.pop()!, k]);
  }
  return pairs;
}

/** The place where the bracket that opens at a place closes. */
export const closeOf = (lexemes: readonly Lexeme[], at: number): number =>
  bracketsOf(lexemes).find(([from]) => from === at)![1];
