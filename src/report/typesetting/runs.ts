import { bracketsOf } from './brackets.js';
import { type Lexeme, lexemesOf } from './lexemes.js';

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
