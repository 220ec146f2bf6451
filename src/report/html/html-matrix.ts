import type { KillMatrix } from '../../claims/evidence.js';
import type { RunRecord } from '../record/run-record.js';
import { caughtOf, cellSigns, type MatrixCell, matrixCell, matrixLegend } from '../view/claims.js';
import type { Section } from './html-page.js';
import { badge, claimLink, scrollable } from './html-parts.js';
import { html, type Markup } from './markup.js';

const tones: Readonly<Record<MatrixCell, string>> = {
  'caught as named': 'good',
  caught: 'good',
  missed: 'mute',
  'missed as named': 'bad',
  'not tried': '',
};

/** Which claims find which planted errors; undefined where the run has no such claim. */
export function matrixSection(record: RunRecord): Section | undefined {
  const found = record.claims.filter(({ evidence }) => evidence.matrix !== undefined);
  if (found.length === 0) return undefined;
  const content = found.map(
    (
      claim,
    ) => html`<div class="card"><p>${claimLink(claim.id)} ${badge(claim)}: wrong functions that are planted in place of right ones, and the claims that
find them. Each must be found by the claim that is named for it.</p>
<p class="soft">${matrixLegend}.</p>${scrollable('planted errors by claim', matrixTable(claim.evidence.matrix!))}</div>`,
  );
  return { id: 'kill-matrix', title: 'Planted errors', content: html`${content}` };
}

/** Mutants down, claims across; what escaped says so in words. */
function matrixTable(matrix: KillMatrix): Markup {
  return html`<table class="matrix">
<thead><tr><th>mutant</th>${matrix.claims.map((claim) => html`<th scope="col"><span>${claim}</span></th>`)}</tr></thead>
<tbody>${matrix.mutants.map(
    (mutant) => html`<tr><th scope="row">${mutant.name}</th>${matrix.claims.map((claim) => cell(mutant, claim))}</tr>`,
  )}</tbody>
<tfoot><tr><th scope="row">caught</th>${matrix.claims.map(
    (claim) => html`<td><span>${caughtOf(matrix, claim)}</span></td>`,
  )}</tr></tfoot></table>`;
}

function cell(mutant: KillMatrix['mutants'][number], claim: string): Markup {
  const found = matrixCell(mutant, claim);
  if (found === 'not tried') return html`<td></td>`;
  const title = found === 'missed as named' ? html` title="${mutant.name}, ${claim}: ${found}"` : html``;
  return html`<td class="${tones[found]}"${title}>${cellSigns[found]}</td>`;
}
