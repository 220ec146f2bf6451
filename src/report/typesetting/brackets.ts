import type { Lexeme } from './lexemes.js';

/** Brackets and bars that belong together, inner ones first. */
export function bracketsOf(lexemes: readonly Lexeme[]): readonly (readonly [from: number, to: number])[] {
  const open: number[] = [];
  const pairs: (readonly [number, number])[] = [];
  for (const [k, { kind }] of lexemes.entries()) {
    if (kind === 'open') open.push(k);
    if (kind === 'close') pairs.push([open.pop()!, k]);
  }
  return pairs;
}

/** Where the bracket that opens at a place closes. */
export const closeOf = (lexemes: readonly Lexeme[], at: number): number =>
  bracketsOf(lexemes).find(([from]) => from === at)![1];
