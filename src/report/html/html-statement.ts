import { readFileSync } from 'node:fs';
import { script } from '../wording/format-number.js';
import { html, Markup } from './markup.js';

/** The file of the statements with their formulas set, which the build writes: in the compiled root, three levels above the compiled file. */
export const statementsFile = new URL('../../../statements.json', import.meta.url);

let typeset: ReadonlyMap<string, string> | undefined;

/** A statement as the build has set it; one that it does not know, of another version or of a user's own theorem, as plain formulas. */
export function statementText(statement: string): Markup {
  typeset ??= new Map(JSON.parse(readFileSync(statementsFile, 'utf8')) as [string, string][]);
  const known = typeset.get(statement);
  return known === undefined ? mathText(statement) : new Markup(known);
}

/** Plain formulas of a statement with their indices and exponents set as such; everything else is escaped as it stands. */
export function mathText(text: string): Markup {
  const pieces: (Markup | string)[] = [];
  let done = 0;
  for (const match of text.matchAll(script)) {
    const body = mathText(match[2] ?? match[3] ?? match[4]!);
    pieces.push(text.slice(done, match.index), match[1] === '_' ? html`<sub>${body}</sub>` : html`<sup>${body}</sup>`);
    done = match.index + match[0].length;
  }
  return html`${[...pieces, text.slice(done)]}`;
}
