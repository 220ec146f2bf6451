import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { script } from '../wording/format-number.js';
import { escapeMarkup } from '../wording/sanitize.js';

/** HTML or SVG that is already safe. A template escapes everything else. */
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
 * A page without optional end tags (of cells, rows and list items) and without optional quotes (of one-word attributes): the same document in
 * five sixths of the bytes. Text and attributes have their `<` and `"` escaped; style and script are unchanged.
 */
export function withoutOptionalMarkup(page: string): string {
  return page.replace(/<body>[\s\S]*(?=<script>)/, (body) =>
    body.replaceAll(/<\/(?:td|th|tr|dd|dt|li)>/g, '').replaceAll(/(?<=<[^<>]* [a-z-]+=)"([\w.#-]+)"(?=[ >])/g, '$1'),
  );
}

const opening = '<!--evidence-->';
const closing = '<!--/evidence-->';

/** Blocks that a small page keeps apart until somebody opens what they stand in; what is folded within one comes with it. */
export function folded(content: Markup): Markup {
  return new Markup(`${opening}${content.text.replaceAll(opening, '').replaceAll(closing, '')}${closing}`);
}

/**
 * A page as it is written to a file: without optional markup, and its evidence in one JSON block, a list of its parts that is deflated and in base64.
 * The page's script puts a part into its place when it is first shown; without the script all the rest can be read.
 */
export function smallPage(page: string): string {
  const parts: string[] = [];
  // No text of a run contains a comment: its `<` is escaped.
  const places = withoutOptionalMarkup(page).replaceAll(
    /<!--evidence-->([\s\S]*?)<!--\/evidence-->/g,
    (_, part: string) => {
      parts.push(part);
      return `<div data-part=${parts.length - 1}></div>`;
    },
  );
  const deflated = deflateRawSync(JSON.stringify(parts), { level: 9 }).toString('base64');
  // The first `<script>` is the page's own, for the same reason.
  return places.replace(
    '<script>',
    () => `<script type="application/json" id="evidence">"${deflated}"</script>\n<script>`,
  );
}

/** The typeset statements, which the build writes to the compiled root, three levels above the compiled file. */
export const statementsFile = new URL('../../../statements.json', import.meta.url);

let typeset: ReadonlyMap<string, string> | undefined;

/** A statement as the build typeset it. An unknown one, of another version or a user's theorem, gets plain formulas. */
export function statementText(statement: string): Markup {
  typeset ??= new Map(JSON.parse(readFileSync(statementsFile, 'utf8')) as [string, string][]);
  const known = typeset.get(statement);
  return known === undefined ? mathText(statement) : new Markup(known);
}

/** A statement with sub- and superscripts as HTML; everything else is escaped unchanged. */
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
