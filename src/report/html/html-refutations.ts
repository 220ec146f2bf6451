import { refutationPanels } from '../charts/refutation-chart.js';
import type { RunRecord } from '../record/run-record.js';
import { refutations } from '../wording/refutations.js';
import { sourceText } from '../wording/source-text.js';
import { claimLink } from './html-badge.js';
import { chart } from './html-chart.js';
import { markSample } from './html-mark-sample.js';
import { mathText } from './html-math.js';
import type { Section } from './html-page.js';
import { statementText } from './html-statement.js';
import { html } from './markup.js';

/** The counterexamples as charts; undefined where the run has none with rows. */
export function refutationsSection(record: RunRecord): Section | undefined {
  const panels = refutationPanels(refutations(record));
  if (panels.length === 0) return undefined;
  const content = html`<div class="card"><p>Left side over bound by T, where a hypothesis or a statement is left out of account. What is above the line refutes; where a line rises,
the left side does not even fall at the rate of the bound.</p>
<div class="panels">${panels.map(({ claim, instances, svg }) =>
    chart(
      `left side over bound by T, ${claim.id}`,
      svg,
      html`<figcaption>${claimLink(claim.id)}, ${sourceText(claim.source)}: ${statementText(claim.statement)}
<ul class="key">${[...instances.keys()].map((name, i) => html`<li>${markSample(i)}<span>${mathText(name)}</span></li>`)}</ul></figcaption>`,
    ),
  )}</div></div>`;
  return { id: 'counterexamples', title: 'Counterexamples', content };
}
