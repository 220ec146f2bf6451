import { escapeMarkup } from '../wording/sanitize.js';

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
