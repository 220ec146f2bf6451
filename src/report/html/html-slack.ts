import { shapePath } from '../charts/marks.js';
import { slackMarks, slackPanels } from '../charts/slack-chart.js';
import { formatNumber } from '../wording/format-number.js';
import { iterationsOf, type SlackLine } from '../wording/slack.js';
import { claimAnchor } from './html-ledger.js';
import { html, Markup } from './markup.js';

/** How tight the bounds are: a table of the largest left/bound by claim and T, and a chart for each statement. */
export function slackSection(lines: readonly SlackLine[]): Markup {
  const iterations = iterationsOf(lines);
  const panels = slackPanels(lines);
  return html`
<section class="card theorem">
<p>Largest left side over bound of every claim that holds on all of its rows, by T. A ratio near 1 says that the bound cannot be improved
by much; the searches look for the instance where it is largest, and print the command that replays it.</p>
<div class="panels">${panels.map(
    ({ statement, lines: own, svg }) =>
      html`<figure role="img" aria-label="largest left side over bound by T, ${statement}">${new Markup(svg)}<figcaption><ul class="key">${own.map(
        ({ claim }, i) => html`<li>${sample(i)}${claim.id}</li>`,
      )}</ul></figcaption></figure>`,
  )}</div>
<div class="scroll"><table>
<thead><tr><th>claim</th>${iterations.map((T) => html`<th class="number">T = ${T}</th>`)}</tr></thead>
<tbody>${lines.map(
    ({ claim, largest }) =>
      html`<tr><td><a href="#${claimAnchor(claim.id)}">${claim.id}</a></td>${iterations.map(
        (T) => html`<td class="number">${largest.has(T) ? formatNumber(largest.get(T)!) : ''}</td>`,
      )}</tr>\n`,
  )}</tbody></table></div>
</section>`;
}

function sample(index: number): Markup {
  const { colour, shape } = slackMarks[index % slackMarks.length]!;
  return html`<svg viewBox="0 0 34 14" aria-hidden="true"><path d="M1,7H33" fill="none" stroke="${colour}" stroke-width="1.5"/><path transform="translate(17,7)" d="${shapePath(shape, 42)}" fill="${colour}"/></svg>`;
}
