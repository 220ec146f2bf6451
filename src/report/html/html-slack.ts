import { slackPanels } from '../charts/slack-chart.js';
import type { RunRecord } from '../record/run-record.js';
import { formatCount } from '../wording/format-number.js';
import { iterationsOf, slackLines } from '../wording/slack.js';
import { claimLink } from './html-badge.js';
import { chart } from './html-chart.js';
import { ratioCell } from './html-heat.js';
import { markSample } from './html-mark-sample.js';
import type { Section } from './html-page.js';
import { scrollable } from './html-scroll.js';
import { html } from './markup.js';

/** How tight the bounds are: a table of the largest left/bound by claim and T, and a chart for each statement. */
export function slackSection(record: RunRecord): Section | undefined {
  const lines = slackLines(record);
  if (lines.length === 0) return undefined;
  const iterations = iterationsOf(lines);
  const panels = slackPanels(lines);
  const content = html`<div class="card">
<p>Largest left side over bound of every claim that holds on all of its rows, by T. A ratio near 1 says that the bound cannot be improved
by much; the searches look for the instance where it is largest, and print the command that replays it.</p>
<div class="panels">${panels.map(({ statement, lines: own, svg }) =>
    chart(
      `largest left side over bound by T, ${statement}`,
      svg,
      html`<figcaption><ul class="key">${own.map(({ claim }, i) => html`<li>${markSample(i)}${claim.id}</li>`)}</ul></figcaption>`,
    ),
  )}</div>
${scrollable(
  'largest left side over bound by claim and T',
  html`<table class="heat">
<thead><tr><th scope="col">claim</th>${iterations.map((T) => html`<th scope="col" class="number">T = ${formatCount(T)}</th>`)}</tr></thead>
<tbody>${lines.map(
    ({ claim, largest }) =>
      html`<tr><th scope="row">${claimLink(claim.id)}</th>${iterations.map((T) => ratioCell(largest.get(T)))}</tr>\n`,
  )}</tbody></table>`,
)}
</div>`;
  return { id: 'tightness', title: 'Tightness', content };
}
