import type { BoundRow } from '../../claims/evidence.js';
import { plural } from '../../claims/plural.js';
import { rowColumns } from '../wording/row-columns.js';
import { byInstance, type RowField } from '../wording/row-fields.js';
import { scrollable } from './html-scroll.js';
import { html, type Markup } from './markup.js';

/** The rows of a claim that compares left sides with bounds, closed. */
export function rowDetails(id: string, rows: readonly BoundRow[]): Markup {
  const trivial = rows.filter((row) => row.trivial).length;
  const { columns, shared } = rowColumns(rows);
  const same = shared.map(
    ([field, text]) =>
      html`<li title="${field.meaning}">${field.heading}: ${text === '' ? '' : value(field, text)}</li>`,
  );
  return html`<details class="rows"><summary>${plural(rows.length, 'row')}, ${trivial} decided by the cap alone</summary>
${same.length === 0 ? undefined : html`<p class="soft">The same in every row:</p><ul class="shared">${same}</ul>`}
${scrollable(`rows of ${id}`, rowTable(rows, columns))}</details>`;
}

const value = ({ code }: RowField, text: string): Markup => (code ? html`<code>${text}</code>` : html`${text}`);

function rowTable(rows: readonly BoundRow[], columns: readonly RowField[]): Markup {
  const align = (field: RowField): Markup => (field.align === 'left' ? html` class="words"` : html``);
  return html`<table class="figures">
<thead><tr>${columns.map((field) => html`<th scope="col"${align(field)} title="${field.meaning}">${field.heading}</th>`)}</tr></thead>
${[...byInstance(rows)].map(
  ([instance, group]) => html`<tbody><tr><th colspan="${columns.length}">${instance}</th></tr>
${group.map(
  (row) =>
    html`<tr${row.trivial ? html` class="trivial"` : ''}>${columns.map((field) => html`<td${align(field)}>${value(field, field.text(row))}</td>`)}</tr>\n`,
)}</tbody>`,
)}</table>`;
}
