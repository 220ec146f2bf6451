import test from 'ava';
import { readCatalogue } from '../../cli/catalogue.js';
import { formulaText, mathmlText } from './formula-text.test.helper.js';
import { lexemesOf } from './lexemes.js';
import { formulaPieces, runsOf, textOf, typesetStatement } from './typeset-statement.js';

const statements = readCatalogue().map(({ statement }) => statement);

const formulaPattern = /<span class="formula(?: part)?">(.*?)<span class="spoken">([^<]*)<\/span>([^<]*)<\/span>/gs;

const unescaped = (text: string): string => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&#39;/g, "'");

test('every statement is typeset, and no sign of it is lost, added or moved', (t) => {
  let formulas = 0;
  for (const statement of statements) {
    const markup = typesetStatement(statement)?.text;
    if (markup === undefined) {
      t.notRegex(statement, /[=≤≥<>_^²‖√Σ]/, 'words alone');
      continue;
    }
    for (const [, set, spoken] of markup.matchAll(formulaPattern)) {
      t.is(mathmlText(set!), formulaText(unescaped(spoken!)), statement);
      formulas++;
    }
    t.is(unescaped(markup.replace(formulaPattern, '$2$3')), statement, 'what is read aloud and copied');
  }
  t.true(formulas > 500, `${formulas}`);
});

/** A statement with its formulas in guillemets. */
const marked = (statement: string): string =>
  runsOf(statement)
    .map((run) => (run.formula ? `«${textOf(run)}»` : textOf(run)))
    .join('');

for (const [title, statement] of [
  ['words and letters', 'for «d = 0» and «r_k» linear, a critical point of «f», and a «μ_i < 0»'],
  ['an article is no factor, a product no word', '«2zq ≤ LT» of «Px», «Ax» and EF-signSGD with «αM» in place'],
  [
    'numbers of theorems and equations',
    "Theorem 1, of theorem 2♯ and (13), with 1♯'s bound and 32 or 64 floats, ½ of them",
  ],
  ['numbers in a list of formulas', 'with «B = 1», «4», «√T» or «T/64», and Theorem 2, 3'],
  ['parts of an assumption', 'Assumption 2(b),(c) and 1(b)–(d) with «L = ‖L‖_∞»'],
  ['brackets of words and of formulas', 'with «C_M σ» (any noise)², «[0, 1]» and «(1 − 2α)» (symmetric)'],
  ['names', 'prox of an indicator, log cosh too, sup left/bound «→ 1», «sgn(0)» and «prox_{γr}(y)»'],
  ['hyphens', '«L»-smooth, the «1/γ»-Lipschitz gradient, non-negative, `out` and i.i.d. «X», «Y»'],
] as const) {
  test(`formulas among words: ${title}`, (t) => {
    t.is(marked(statement.replace(/[«»]/g, '')), statement);
  });
}

/** TeX of a formula, a bar before each part that may begin a line, with how readily it does. */
const tex = (formula: string): string =>
  formulaPieces(lexemesOf(formula))
    .map((piece, k) => (k === 0 ? piece.tex : ` ${piece.level}| ${piece.tex}`))
    .join('');

for (const [formula, expected] of [
  ['x_i⁺', 'x_{i}^{+}'],
  ['x^{t−1}', 'x^{t\\mathord{−}1}'],
  ['P̂_{k^m}(x)', '\\hat{P}_{k^{m}}(x)'],
  ['f̄(x̃)', '\\bar{f}(\\tilde{x})'],
  ['σ₀²', 'σ_{0}^{2}'],
  ['f_i*', 'f_{i}^{*}'],
  ['φ_M′(0)', 'φ_{M}^{\\prime}(0)'],
  ['Gᵀsgn Ĝ', 'G^{\\top}\\,\\operatorname{sgn}\\,\\hat{G}'],
  ['2^(1−M)', '2^{1\\mathord{−}M}'],
  ['u^((M−1)/2)', 'u^{(M\\mathord{−}1)/2}'],
  ['A^¼', 'A^{\\frac{1}{4}}'],
  ['√v_iT', '\\sqrt{v_{i}}T'],
  ['√‖L‖₁(Δ)', '\\sqrt{\\Vert L\\Vert _{1}}(Δ)'],
  ['√(2M/π)', '\\sqrt{2M/π}'],
  ['√ln 2', '\\sqrt{\\operatorname{ln}\\,2}'],
  ['√E(G)²/B', '\\sqrt{\\mathrm{E}(G)^{2}}/B'],
  ['E|X|·P[X] P(x) E_M', '\\mathrm{E}\\vert X\\vert  1| \\cdot \\mathrm{P}[X]\\,P(x)\\,E_{M}'],
  ['E[s | x]', '\\mathrm{E}[s 2| \\mid x]'],
  ['|x|/|y| ≥ |z|', '\\vert x\\vert /\\vert y\\vert  0| ≥\\vert z\\vert '],
  ['−γ(−t) → +∞', '\\mathord{−}γ(\\mathord{−}t) 0| →\\mathord{+}∞'],
  ['min{½, ⟨u, ⌈n⌉⟩}', '\\operatorname{min}\\{\\frac{1}{2}, 3| \\langle u, 5| \\lceil n\\rceil \\rangle \\}'],
  ['Σ_i σ_i 1[a ≠ b]', '\\sum _{i}σ_{i}\\,1[a 2| ≠b]'],
  ['(1/√T)[a + b] = 0', '\\frac{1}{\\sqrt{T}}[a 3| +b] 0| =0'],
  ['a + (‖m‖₁/n) sgn m', 'a 1| +\\frac{\\Vert m\\Vert _{1}}{n}\\,\\operatorname{sgn}\\,m'],
] as const) {
  test(`TeX of ${formula}`, (t) => {
    t.is(tex(formula), expected);
  });
}

test('a quotient in brackets that is an argument, has an exponent or is divided again keeps its brackets', (t) => {
  for (const formula of ['O(1/T)', 'sgn (1/T)', 'r*(y/γ)', '(c/σ)²', '(L/2)/T', 'a/(L/2)', '√2(L/2)', '(γ/(LT))'])
    t.notRegex(tex(formula), /frac/, formula);
});

test('a short formula is one box; in a longer one its sides are, then their terms', (t) => {
  const boxes = (formula: string): string =>
    typesetStatement(formula)!
      .text.replace(/<span class="spoken">.*?<\/span>/, '')
      .replace(/<math>.*?<\/math>/g, 'm')
      .replace(/<span class="([^"]*)"(?: aria-hidden="true")?>/g, '$1(')
      .replace(/<span aria-hidden="true">/g, 'last(')
      .replace(/<\/span>/g, ')');
  t.is(boxes('x'), 'formula(last(m))');
  t.is(boxes('x = y − z'), 'formula part(lead(m)last(part(mm)))');
  const long = 'x = y − (z + w − v) − ‖u + ⟨s, t⟩‖ − (q + p)';
  t.is(boxes(long), 'formula(lead(m)last(part(mpart(mmm)part(mpart(mm))part(mm))))');
});

test('another notation is rejected', (t) => {
  for (const statement of [
    'x = (y',
    'x = y)',
    '|x = y',
    'a = _k',
    'x = √',
    'x = √ y',
    'words_k = 1',
    'x ⊕ y = \u0434\u0305',
  ])
    t.throws(() => typesetStatement(statement), undefined, statement);
});
