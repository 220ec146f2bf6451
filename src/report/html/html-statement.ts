import { readFileSync } from 'node:fs';
import { mathText } from './html-math.js';
import { Markup } from './markup.js';

/** The file of the statements with their formulas set, which the build writes: in the compiled root, three levels above the compiled file. */
export const statementsFile = new URL('../../../statements.json', import.meta.url);

let typeset: ReadonlyMap<string, string> | undefined;

/** A statement as the build has set it; one that it does not know, of another version or of a user's own theorem, as plain formulas. */
export function statementText(statement: string): Markup {
  typeset ??= new Map(JSON.parse(readFileSync(statementsFile, 'utf8')) as [string, string][]);
  const known = typeset.get(statement);
  return known === undefined ? mathText(statement) : new Markup(known);
}
