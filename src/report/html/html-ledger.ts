import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { evidenceFigures, verdictLabel } from '../wording/evidence-text.js';
import { formatSeconds } from '../wording/format-number.js';
import { sectionTitle } from '../wording/section-titles.js';
import { verdictCounts } from '../wording/verdict-counts.js';
import { badge, claimAnchor, isTrouble } from './html-badge.js';
import { claimDetails } from './html-claim.js';
import { mathText } from './html-math.js';
import type { Section } from './html-page.js';
import { html, type Markup } from './markup.js';

/** What is shown of a claim beside its evidence, such as its bounds as a chart; undefined where there is nothing more. */
export type ClaimCharts = ReadonlyMap<string, Markup>;

/** Every claim in the paper's order, by section, one line each that opens to its evidence; what failed is open already. */
export function ledgerSection(record: RunRecord, charts: ClaimCharts): Section {
  const groups = [...bySection(record.claims)].map(([title, claims], i) => ({ id: `ledger-${i + 1}`, title, claims }));
  return {
    id: 'ledger',
    title: 'Ledger',
    below: groups.map(({ id, title, claims }) => ({ id, title, count: claims.length })),
    content: html`${filterBar(record.claims, groups)}
${groups.map(
  ({ id, title, claims }) => html`<section class="group" id="${id}"><h3>${title}</h3>
<div class="card ledger">${claims.map((claim) => entry(claim, record, charts.get(claim.id)))}</div></section>
`,
)}`,
  };
}

/** The claims under the titles of their sections: the abstract first, and what is beyond the paper last. */
function bySection(claims: readonly ClaimRecord[]): Map<string, ClaimRecord[]> {
  const groups = new Map<string, ClaimRecord[]>();
  const first = claims.filter(({ source }) => source.section === 'abstract');
  for (const claim of [...first, ...claims.filter((one) => !first.includes(one))]) {
    const title = sectionTitle(claim.source);
    groups.set(title, [...(groups.get(title) ?? []), claim]);
  }
  return groups;
}

/** What only a script can do, and shows. */
function filterBar(claims: readonly ClaimRecord[], groups: readonly { id: string; title: string }[]): Markup {
  return html`<div class="filter card" role="search" aria-label="Ledger" hidden>
<label>Search <input type="search" id="search" placeholder="words, such as huber" autocomplete="off"></label>
<label>Section <select id="section"><option value="">all</option>${groups.map(
    ({ id, title }) => html`<option value="${id}">${title}</option>`,
  )}</select></label>
<fieldset><legend>Verdict</legend>${verdictCounts(claims).map(
    ([verdict, count]) =>
      html`<label><input type="checkbox" name="verdict" value="${verdict}"> ${verdict} <b>${count}</b></label>`,
  )}</fieldset>
<p><output id="shown">${claims.length} of ${claims.length} claims</output> <button type="button" id="clear" hidden>Show all</button>
<span class="soft keys"><kbd>/</kbd> search, <kbd>j</kbd> <kbd>k</kbd> next and previous claim, <kbd>Enter</kbd> open, <kbd>Esc</kbd> show all</span></p>
</div>`;
}

function entry(claim: ClaimRecord, record: RunRecord, charts: Markup | undefined): Markup {
  const seconds = record.timing?.claims[claim.id];
  return html`
<details class="claim" data-verdicts="${verdictLabel(claim)}"${isTrouble(claim) ? ' open' : ''}>
<summary><span class="where">${claim.source.equation}</span><span class="id">${claim.id}</span>
<span class="verdict">${badge(claim)}</span><span class="figures">${evidenceFigures(claim.evidence, 'worst ratio')}</span>
<span class="time">${seconds === undefined ? '' : formatSeconds(seconds)}</span></summary>
<div class="body" id="${claimAnchor(claim.id)}">
<p class="statement">${mathText(claim.statement)} <a class="anchor" href="#${claimAnchor(claim.id)}" aria-label="link to ${claim.id}">#</a></p>
${claimDetails(claim, record.claims, charts)}
</div></details>`;
}
