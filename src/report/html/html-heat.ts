import { formatNumber } from '../wording/format-number.js';
import { html, type Markup } from './markup.js';

/** A cell with left/bound: the fuller, the nearer the left side comes to its bound. Empty where there is none. */
export function ratioCell(ratio: number | undefined): Markup {
  if (ratio === undefined) return html`<td></td>`;
  return html`<td class="number h${Math.min(10, Math.floor(10 * ratio))}">${formatNumber(ratio)}</td>`;
}
