import type { BoundRow } from '../../claims/evidence.js';
import { plural } from '../../claims/plural.js';
import { boundPanels } from '../charts/bound-chart.js';
import { chartColours } from '../charts/chart-colours.js';
import type { ClaimRecord } from '../record/run-record.js';
import { byInstance, rowFields } from '../wording/row-fields.js';
import { sourceText } from '../wording/source-text.js';
import { badge, claimAnchor } from './html-ledger.js';
import { mathText } from './html-math.js';
import { html, Markup } from './markup.js';

/** Chart and rows of one claim that compares left sides with bounds. */
export function theoremSection(claim: ClaimRecord, rows: readonly BoundRow[]): Markup {
  const panels = boundPanels(rows);
  const trivial = rows.filter((row) => row.trivial).length;
  const counts = `${plural(rows.length, 'row')}, ${trivial} decided by the cap alone`;
  return html`
<section class="card theorem">
<h3><a href="#${claimAnchor(claim.id)}">${claim.id}</a> ${badge(claim)}</h3>
<p><span class="soft">${sourceText(claim.source)}:</span> ${mathText(claim.statement)}</p>
${key}
<div class="panels">${panels.map(
    ({ instance, svg }) =>
      html`<figure role="img" aria-label="left side and bounds over T, ${instance}">${new Markup(svg)}</figure>`,
  )}</div>
<details class="rows"><summary>${counts}</summary>${rowTable(rows)}</details>
</section>`;
}

function rowTable(rows: readonly BoundRow[]): Markup {
  const classOf = (align: 'left' | 'right'): string => (align === 'right' ? 'number' : '');
  const cell = (row: BoundRow, field: (typeof rowFields)[number]): Markup =>
    field.code === true
      ? html`<td><code>${field.text(row)}</code></td>`
      : html`<td class="${classOf(field.align)}">${field.text(row)}</td>`;
  return html`<div class="scroll"><table>
<thead><tr>${rowFields.map((field) => html`<th class="${classOf(field.align)}" title="${field.meaning}">${field.heading}</th>`)}</tr></thead>
${[...byInstance(rows)].map(
  ([instance, group]) => html`<tbody><tr><th colspan="${rowFields.length}">${instance}</th></tr>
${group.map((row) => html`<tr class="${row.trivial ? 'trivial' : ''}">${rowFields.map((field) => cell(row, field))}</tr>\n`)}</tbody>`,
)}</table></div>`;
}

const { left, bound, sharp, reference, violated, background } = chartColours;
const strokes = { fill: 'none', width: 2 };

function sample(drawing: Markup, label: string): Markup {
  return html`<li><svg viewBox="0 0 34 14" aria-hidden="true">${drawing}</svg>${label}</li>`;
}

function stroke(colour: string, width: number, dash = 'none'): Markup {
  return html`<path d="M1,7H33" fill="${strokes.fill}" stroke="${colour}" stroke-width="${width}" stroke-dasharray="${dash}"/>`;
}

const key = html`<ul class="key">${[
  sample(
    html`<path d="M17,1V13" stroke="${left.light}" stroke-width="2"/><circle cx="17" cy="7" r="3.4" fill="${left.light}"/>`,
    'left side with its interval',
  ),
  sample(
    html`<circle cx="17" cy="7" r="3.4" fill="${background.light}" stroke="${left.light}" stroke-width="1.5"/>`,
    'decided by the cap M ≤ b alone',
  ),
  sample(html`<path d="M17,2V12M12,7H22" stroke="${violated.light}" stroke-width="3"/>`, 'violated'),
  sample(html`<path d="M12,3H22L17,11Z" fill="${left.light}"/>`, 'beyond the axis'),
  sample(stroke(left.light, 1), 'fitted power law'),
  sample(stroke(bound.light, 2), 'bound of the paper'),
  sample(stroke(sharp.light, 2, '7 3'), 'sharpened bound'),
  sample(stroke(reference.light, 1.5, '2 3'), 'slope −1/2'),
]}</ul>`;
