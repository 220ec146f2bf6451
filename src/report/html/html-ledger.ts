import type { ClaimRecord } from '../record/run-record.js';
import { labelCounts } from '../wording/label-counts.js';
import { sectionTitle } from '../wording/section-titles.js';
import { claimAnchor } from './html-badge.js';
import { mathText } from './html-math.js';
import type { Section } from './html-page.js';
import { statementText } from './html-statement.js';
import { html, type Markup } from './markup.js';

/** One claim of a ledger: a line that opens to the evidence. */
export interface LedgerEntry {
  readonly claim: Pick<ClaimRecord, 'id' | 'source' | 'statement'>;
  /** What the ledger can be narrowed to: the verdict, or those of several runs. */
  readonly labels: readonly string[];
  /** Whether it is open from the beginning. */
  readonly open: boolean;
  /** What stands on the line beside the id. */
  readonly line: Markup;
  readonly body: Markup;
}

interface Group {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly LedgerEntry[];
}

/** Every claim in the paper's order, by section. */
export function ledgerSection(entries: readonly LedgerEntry[]): Section {
  const groups = [...bySection(entries)].map(([title, own], i) => ({ id: `ledger-${i + 1}`, title, entries: own }));
  return {
    id: 'ledger',
    title: 'Ledger',
    below: groups.map(({ id, title, entries: own }) => ({ id, title, count: own.length })),
    content: html`${filterBar(entries, groups)}
${groups.map(
  ({ id, title, entries: own }) => html`<section class="group" id="${id}"><h3>${title}</h3>
<div class="card ledger">${own.map(details)}</div></section>
`,
)}`,
  };
}

/** The entries under the titles of their sections: the abstract first, and what is beyond the paper last. */
function bySection(entries: readonly LedgerEntry[]): Map<string, LedgerEntry[]> {
  const groups = new Map<string, LedgerEntry[]>();
  const first = entries.filter(({ claim }) => claim.source.section === 'abstract');
  for (const entry of [...first, ...entries.filter((one) => !first.includes(one))]) {
    const title = sectionTitle(entry.claim.source);
    groups.set(title, [...(groups.get(title) ?? []), entry]);
  }
  return groups;
}

/** What only a script can do, and shows. */
function filterBar(entries: readonly LedgerEntry[], groups: readonly Group[]): Markup {
  const labels = entries.flatMap((entry) => [...new Set(entry.labels)]);
  return html`<div class="filter card" role="search" aria-label="Ledger" hidden>
<label>Search <input type="search" id="search" placeholder="words, such as huber" autocomplete="off"></label>
<label>Section <select id="section"><option value="">all</option>${groups.map(
    ({ id, title }) => html`<option value="${id}">${title}</option>`,
  )}</select></label>
<fieldset><legend>Verdict</legend>${labelCounts(labels).map(
    ([label, count]) =>
      html`<label><input type="checkbox" name="verdict" value="${label}"> ${label} <b>${count}</b></label>`,
  )}</fieldset>
<p><output id="shown">${entries.length} of ${entries.length} claims</output> <button type="button" id="clear" hidden>Show all</button>
<span class="soft keys"><kbd>/</kbd> search, <kbd>j</kbd> <kbd>k</kbd> next and previous claim, <kbd>Enter</kbd> open, <kbd>Esc</kbd> show all</span></p>
</div>`;
}

function details({ claim, labels, open, line, body }: LedgerEntry): Markup {
  const anchor = claimAnchor(claim.id);
  return html`
<details class="claim" data-verdicts="${labels.join('|')}"${open ? ' open' : ''}>
<summary><span class="where">${mathText(claim.source.equation ?? '')}</span><span class="id">${claim.id}</span>
${line}</summary>
<div class="body" id="${anchor}">
<p class="statement">${statementText(claim.statement)} <a class="anchor" href="#${anchor}" aria-label="link to ${claim.id}">#</a></p>
${body}
</div></details>`;
}
