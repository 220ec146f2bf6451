import { sizeChart } from '../charts/size-chart.js';
import type { RunRecord } from '../record/run-record.js';
import { claimLink } from './html-badge.js';
import { chart } from './html-chart.js';
import type { Section } from './html-page.js';
import { html } from './markup.js';

/** What the size of sparse noise does to both algorithms; undefined where the run did not look. */
export function sizeSection({ claims }: RunRecord): Section | undefined {
  const claim = claims.find(({ id }) => id === 'sparse-noise-size');
  const svg = claim && sizeChart(claim);
  if (svg === undefined) return undefined;
  const content = html`<div class="card"><p>Noise that hits one iteration in eight with size τ. signProx stays below a bound that does not know τ; what SPGM comes to
grows with τ, of which a lower end is drawn.</p>
${chart('left sides of signProx and SPGM against the size of sparse noise', svg, html`<figcaption>${claimLink(claim!.id)}</figcaption>`)}</div>`;
  return { id: 'sparse-noise', title: 'Sparse noise', content };
}
