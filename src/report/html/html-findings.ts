import type { RunRecord } from '../record/run-record.js';
import type { FindingTable } from '../view/findings/finding-source.js';
import { type PaperFinding, paperFindings } from '../view/findings/paper-findings.js';
import type { Section } from './html-page.js';
import { claimLinks, scrollable } from './html-parts.js';
import { mathText } from './html-statement.js';
import { html, type Markup } from './markup.js';

/** What the run says about the paper, a line each that opens; undefined where it says nothing, as of most implementations by others. */
export function findingsSection(record: RunRecord): Section | undefined {
  const findings = paperFindings(record);
  if (findings.length === 0) return undefined;
  const content = html`<div class="card findings">${findings.map(
    (finding, i) => html`<details class="finding"><summary>${mathText(finding.title)}</summary>
<div class="body" id="${findingAnchor(i)}">${details(finding)}</div></details>
`,
  )}</div>`;
  return { id: 'findings', title: 'Found about the paper', content };
}

const findingAnchor = (index: number): string => `finding-${index + 1}`;

/** The titles of the first findings, each a link to what is said of it. */
export function findingLinks(record: RunRecord, most: number): Markup | undefined {
  const findings = paperFindings(record);
  if (findings.length === 0) return undefined;
  const more = findings.length > most ? html`<li><a href="#findings">and ${findings.length - most} more</a></li>` : '';
  return html`<ul>${findings
    .slice(0, most)
    .map(({ title }, i) => html`<li><a href="#${findingAnchor(i)}">${mathText(title)}</a></li>`)}${more}</ul>`;
}

function details({ text, basis, claims, table }: PaperFinding): Markup {
  return html`<p>${mathText(text)}</p><p class="soft">${mathText(basis)} ${claimLinks(claims)}</p>${table === undefined ? undefined : figures(table)}`;
}

function figures({ headings, rows }: FindingTable): Markup {
  return scrollable(
    'figures of the finding',
    html`<table><thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${mathText(cell)}</td>`)}</tr>\n`)}</tbody></table>`,
  );
}
