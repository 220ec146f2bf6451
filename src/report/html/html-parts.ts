import { shapePath } from '../charts/marks.js';
import { ratioMarks } from '../charts/ratio-panel.js';
import type { ClaimRecord } from '../record/run-record.js';
import { outcomeTones, verdictLabel } from '../view/claims.js';
import { formatNumber } from '../wording/format-number.js';
import { html, Markup } from './markup.js';

/** The verdict in a pill with the colour of the outcome. The meaning is in the words, not in the colour. */
export function badge(claim: Pick<ClaimRecord, 'outcome' | 'evidence'>): Markup {
  const { outcome, evidence } = claim;
  const warned =
    (evidence.verdict === 'holds-within-rho' && outcome === 'pass') ||
    (evidence.verdict === 'misprint' && outcome === 'expected');
  const tone = warned ? 'warn' : outcomeTones[outcome];
  return html`<span class="badge ${tone}">${verdictLabel(claim)}</span>`;
}

/** Anchor of a claim's entry in the ledger. */
export function claimAnchor(id: string): string {
  return `claim-${id.replace(/[^\w-]/g, '-')}`;
}

export function claimLink(id: string): Markup {
  return html`<a href="#${claimAnchor(id)}">${id}</a>`;
}

/** Links to claims, with commas between them. */
export function claimLinks(ids: readonly string[]): Markup {
  return html`${ids.map((id, i) => html`${i === 0 ? '' : ', '}${claimLink(id)}`)}`;
}

/** A card that says how many fail, with `more` below it. */
export function outcomeCard(failed: number, all: string, more: Markup): Markup {
  return html`<div class="card outcome${failed === 0 ? '' : ' failed'}">
<p class="headline"><strong>${failed === 0 ? 'None' : failed} of ${all} ${failed === 1 ? 'fails' : 'fail'}</strong></p>
${more}</div>`;
}

/** Content that may be wider than the page: it scrolls separately, also with the keyboard. */
export function scrollable(label: string, content: Markup): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">${content}</div>`;
}

/** Inside HTML an svg needs no namespace; a separate file does. */
export const inlineSvg = (svg: string): Markup => new Markup(svg.replace(' xmlns="http://www.w3.org/2000/svg"', ''));

/** A drawing with its description: a screen reader reads only the description. */
export function chart(label: string, svg: string, caption?: Markup): Markup {
  return html`<figure><div role="img" aria-label="${label}"><div aria-hidden="true">${inlineSvg(svg)}</div></div>${caption}</figure>`;
}

/** The marks of one line of a panel, for its key, with their line if they are joined. */
export function markSample(index: number, joined = true): Markup {
  const { colour, shape } = ratioMarks[index % ratioMarks.length]!;
  const line = joined ? html`<path d="M1,7H33" fill="none" stroke="${colour}" stroke-width="1.5"/>` : undefined;
  return html`<svg viewBox="0 0 34 14" aria-hidden="true">${line}<path transform="translate(17,7)" d="${shapePath(shape, 42)}" fill="${colour}"/></svg>`;
}

/** A cell with left/bound: the fuller, the closer the left side is to its bound. Empty if there is none. */
export function ratioCell(ratio: number | undefined): Markup {
  if (ratio === undefined) return html`<td></td>`;
  return html`<td class="number h${Math.min(10, Math.floor(10 * ratio))}">${formatNumber(ratio)}</td>`;
}
