import type { BoundRow } from '../../claims/evidence.js';
import { plural } from '../../claims/plural.js';
import { nearestInstances } from '../wording/nearest-instances.js';
import { rowColumns } from '../wording/row-columns.js';
import type { RowField } from '../wording/row-fields.js';
import { mathText } from './html-math.js';
import { scrollable } from './html-scroll.js';
import { html, type Markup } from './markup.js';

/** Instances of a claim whose rows stand on the page, at the most. */
const mostInstances = 4;

/** The rows of a claim that compares left sides with bounds, closed. */
export function rowDetails(id: string, rows: readonly BoundRow[]): Markup {
  const trivial = rows.filter((row) => row.trivial).length;
  const groups = nearestInstances(rows, mostInstances);
  const shown = groups.flatMap(([, group]) => group).length;
  const { columns, shared } = rowColumns(rows);
  const same = shared.map(
    ([field, text]) =>
      html`<li title="${field.meaning}">${field.heading}: ${text === '' ? '' : value(field, text)}</li>`,
  );
  return html`<details class="rows"><summary>${plural(rows.length, 'row')}, ${trivial} decided by the cap alone</summary>
${same.length === 0 ? undefined : html`<p class="soft">The same in every row:</p><ul class="shared">${same}</ul>`}
${shown < rows.length ? html`<p class="soft">${shown} of them, of the instances that come nearest to their bounds; all are in <code>run.json</code>.</p>` : undefined}
${scrollable(`rows of ${id}`, rowTable(groups, columns))}</details>`;
}

const value = ({ code }: RowField, text: string): Markup => (code ? html`<code>${text}</code>` : mathText(text));

function rowTable(groups: readonly [string, readonly BoundRow[]][], columns: readonly RowField[]): Markup {
  const align = (field: RowField): Markup => (field.align === 'left' ? html` class="words"` : html``);
  return html`<table class="figures">
<thead><tr>${columns.map((field) => html`<th scope="col"${align(field)} title="${field.meaning}">${field.heading}</th>`)}</tr></thead>
${groups.map(
  ([instance, group]) => html`<tbody><tr><th colspan="${columns.length}">${mathText(instance)}</th></tr>
${group.map(
  (row) =>
    html`<tr${row.trivial ? html` class="trivial"` : ''}>${columns.map((field) => html`<td${align(field)}>${value(field, field.text(row))}</td>`)}</tr>\n`,
)}</tbody>`,
)}</table>`;
}
