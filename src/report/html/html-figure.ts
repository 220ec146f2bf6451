import { figureSvg } from '../charts/figure-svg.js';
import type { FigureRecord } from '../record/figure-record.js';
import type { RunRecord } from '../record/run-record.js';
import { badge, claimLink } from './html-badge.js';
import { chart } from './html-chart.js';
import type { Section } from './html-page.js';
import { html } from './markup.js';

const readings = {
  total: 'The sparse noise has the total variance of the dense one.',
  entry: 'Each entry that the sparse noise hits has the deviation that it has under the dense one.',
} as const;

/** Figure 1 as it was drawn, with the claims about it; undefined where there is neither a drawing nor a claim. */
export function figureSection(record: RunRecord, figures: readonly FigureRecord[]): Section | undefined {
  const claims = record.claims.filter(({ source }) => source.section === '3');
  if (claims.length === 0 && figures.length === 0) return undefined;
  const drawings = figures.map((figure) =>
    chart(
      `Figure 1: normalised objective by iteration of SPGM and signProx, and the images they end with. ${readings[figure.reading]}`,
      figureSvg(figure),
      html`<figcaption>${readings[figure.reading]} Steps: ${figure.stepChoice}.</figcaption>`,
    ),
  );
  const missing = html`<p>To have it drawn here: <code>signprox figure --out reports/figure</code> and then <code>signprox report reports/run.json --figure
reports/figure/figure-1-total.json --out reports</code>.</p>`;
  const content = html`<div class="card drawing">${claims.map(
    (claim) => html`<p>${claimLink(claim.id)} ${badge(claim)} ${claim.statement}</p>`,
  )}${drawings.length === 0 ? missing : drawings}</div>`;
  return { id: 'figure-1', title: 'Figure 1', content };
}
