import type { RunRecord } from '../record/run-record.js';
import { functionProperties, type PropertyCell } from '../wording/function-properties.js';
import { signOf } from '../wording/subject-words.js';
import { claimLink } from './html-badge.js';
import type { Section } from './html-page.js';
import { scrollable } from './html-scroll.js';
import { subjectTones } from './html-subjects.js';
import { html, type Markup } from './markup.js';

/** How near every function comes to its tolerance in every claim about it; undefined where no claim judges any. */
export function propertiesSection(record: RunRecord): Section | undefined {
  const { claims, rows } = functionProperties(record);
  if (claims.length === 0) return undefined;
  const table = html`<table class="matrix">
<thead><tr><th scope="col">function</th>${claims.map((id) => html`<th scope="col"><span>${claimLink(id)}</span></th>`)}</tr></thead>
<tbody>${rows.map(
    ({ label, cells }) =>
      html`<tr><th scope="row">${label}</th>${claims.map((id) => propertyCell(cells.get(id)))}</tr>\n`,
  )}</tbody></table>`;
  const content = html`<div class="card"><p>By how many powers of ten the worst case of a function stays within its tolerance, by claim: 0 less than one, 1 from one to two, and so on;
= is exact. Signs stand where something fails. Empty: the claim does not ask about the function.</p>${scrollable('functions down, claims across', table)}</div>`;
  return { id: 'properties', title: 'Functions by claim', content };
}

function propertyCell(cell: PropertyCell | undefined): Markup {
  if (cell === undefined) return html`<td></td>`;
  const { outcome, subject, worst } = cell;
  if (outcome === 'right' || outcome === 'thin') return html`<td class="h${heat(worst)}">${margin(worst)}</td>`;
  return html`<td class="${subjectTones[outcome]}" title="${subject}: ${outcome}">${signOf({ verdict: outcome })}</td>`;
}

/** Powers of ten between the worst case and the tolerance; from nine on one cannot tell them from exact. */
const decades = (worst: number): number => Math.min(9, Math.max(0, Math.floor(-Math.log10(worst))));

const margin = (worst: number): string => (worst === 0 ? '=' : String(decades(worst)));

/** The nearer to the tolerance, the stronger. */
const heat = (worst: number): number => (worst === 0 ? 0 : Math.max(0, 8 - 2 * decades(worst)));
