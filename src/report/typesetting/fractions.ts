import { closeOf } from './brackets.js';
import type { Lexeme, LexemeKind } from './lexemes.js';

/** What is set as a fraction: what stands over and under the line, and where the formula goes on. */
export interface Fraction {
  readonly over: readonly Lexeme[];
  readonly under: readonly Lexeme[];
  readonly next: number;
}

/** After these a bracket holds an argument, or needs to stay for another reason. */
const holding: readonly LexemeKind[] = ['letter', 'number', 'script', 'close', 'name', 'root', 'slash'];

/** What a side of a simple fraction consists of; of brackets only bars. */
const simple: readonly LexemeKind[] = ['letter', 'number', 'script', 'root'];
const isSimple = ({ kind, text }: Lexeme): boolean => simple.includes(kind) || '|‖'.includes(text);

/** The quotient in brackets at a place, such as (1/√T), where it is a factor. Other quotients stay as they are written, on one line. */
export function fractionAt(lexemes: readonly Lexeme[], at: number): Fraction | undefined {
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
