import type { KillMatrix } from '../../claims/evidence.js';
import { caughtOf, cellSigns, type MatrixCell, matrixCell, matrixLegend } from '../wording/matrix-cells.js';
import { html, type Markup } from './markup.js';

const tones: Readonly<Record<MatrixCell, string>> = {
  'caught as named': 'good',
  caught: 'good',
  missed: 'mute',
  'missed as named': 'bad',
  'not tried': '',
};

/** Mutants down, claims across; every cell says in its tooltip what it shows. */
export function matrixTable(matrix: KillMatrix): Markup {
  return html`<h4>Kill matrix</h4><p class="soft">${matrixLegend}.</p><div class="scroll"><table class="matrix">
<thead><tr><th>mutant</th>${matrix.claims.map((claim) => html`<th scope="col"><span>${claim}</span></th>`)}</tr></thead>
<tbody>${matrix.mutants.map(
    (mutant) =>
      html`<tr><th scope="row">${mutant.name}</th>${matrix.claims.map((claim) => {
        const cell = matrixCell(mutant, claim);
        return html`<td class="${tones[cell]}" title="${mutant.name}, ${claim}: ${cell}">${cellSigns[cell]}</td>`;
      })}</tr>`,
  )}</tbody>
<tfoot><tr><th scope="row">caught</th>${matrix.claims.map(
    (claim) => html`<td><span>${caughtOf(matrix, claim)}</span></td>`,
  )}</tr></tfoot></table></div>`;
}
