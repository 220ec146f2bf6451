import { escapeMarkup } from '../wording/sanitize.js';
import { readFileSync } from 'node:fs';
import { script } from '../wording/format-number.js';

/** HTML or SVG that is already safe; everything else that enters a template is escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

export type MarkupValue = string | number | Markup | undefined | readonly MarkupValue[];

/** A template literal whose interpolated values are escaped unless they are `Markup`; lists are joined, undefined is empty. */
export function html(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return new Markup(strings.map((part, i) => part + (i < values.length ? render(values[i]) : '')).join(''));
}

function render(value: MarkupValue): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  return typeof value === 'object' ? value.map(render).join('') : escapeMarkup(String(value));
}

/**
 * A page without the end tags and quotes that HTML lets one leave out, those of cells, rows and entries of lists, and those of attributes of one word: the
 * same document in five sixths of the bytes. Text and attributes have their `<` and `"` escaped; style and script stay as they are.
 */
export function withoutOptionalMarkup(page: string): string {
  return page.replace(/<body>[\s\S]*(?=<script>)/, (body) =>
    body.replaceAll(/<\/(?:td|th|tr|dd|dt|li)>/g, '').replaceAll(/(?<=<[^<>]* [a-z-]+=)"([\w.#-]+)"(?=[ >])/g, '$1'),
  );
}

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
