import { plural } from '../../claims/text.js';
import type { Block } from '../document.js';
import { isTrouble } from '../record/outcome.js';
import { sectionTitle } from '../record/paper-sections.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { type BySubject, badge, claimEvidence, claimFacts, isOpen, type Shown } from '../sections/claim.js';
import { foundErrors, labelCounts, verdictLabel } from '../view/claims.js';
import { blocks, claimAnchor, words } from './blocks.js';
import type { PageSection } from './html-page.js';
import { folded, html, type Markup, mathText, statementText } from './markup.js';

/** One claim of a ledger: a line that opens to the evidence. */
export interface LedgerEntry {
  readonly claim: Pick<ClaimRecord, 'id' | 'source' | 'statement'>;
  /** The filter words of the claim: its verdict, or the verdicts of several runs. */
  readonly labels: readonly string[];
  /** Whether it is open at first. */
  readonly open: boolean;
  /** The rest of the line, beside the id. */
  readonly line: Markup;
  readonly body: readonly Block[];
}

interface Group {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly LedgerEntry[];
  readonly closed: boolean;
}

/**
 * Every claim in the paper's order, by section. What is beyond the paper is closed, and so is all of it where a page is about functions, with what does
 * not apply in a group of its own; a group with an open claim is open.
 */
export function ledgerSection(entries: readonly LedgerEntry[], aboutPaper = false, closed = false): PageSection {
  const groups = groupsOf(entries, aboutPaper);
  return {
    id: 'ledger',
    title: aboutPaper ? 'The paper in its order' : 'Claims',
    ...(closed
      ? { closed: 'here' as const }
      : { below: groups.map(({ id, title, entries: own }) => ({ id, title, count: own.length })) }),
    blocks: [
      html`${filterBar(entries, groups)}
<p class="soft" id="scriptless">Without its script the page shows of each claim the statement, the verdict, what was found and its command. All numbers are in <code>run.json</code>.</p>
${groups.map(groupMarkup)}`,
    ],
  };
}

function groupMarkup({ id, title, entries, closed }: Group): Markup {
  const open = !closed || entries.some((entry) => entry.open) ? ' open' : '';
  const lines = html`<div class="card ledger">${byEquation(entries).map(equationMarkup)}</div>`;
  const head = html`<summary><h3>${title}</h3> <span class="soft">${plural(entries.length, 'claim')}</span></summary>`;
  return html`<section class="group" id="${id}"><details class="closed"${open}>${head}\n${lines}</details></section>\n`;
}

/** Claims about one equation that follow each other, from this number on, are folded under the first. */
const leastFolded = 3;

const byEquation = (entries: readonly LedgerEntry[]): readonly (readonly LedgerEntry[])[] => {
  const runs: LedgerEntry[][] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    if (last !== undefined && whereText(last[0]!.claim.source) === whereText(entry.claim.source)) last.push(entry);
    else runs.push([entry]);
  }
  return runs;
};

/** What nobody looks for: the others stay in sight. */
const isPlain = ({ labels, open }: LedgerEntry): boolean =>
  !open && labels.every((label) => label === 'holds' || label === 'proved-exactly' || label === 'n/a');

/** The claims about one equation: the first, those that stand out, and the others folded. */
function equationMarkup([first, ...rest]: readonly LedgerEntry[]): Markup {
  const folded = rest.filter(isPlain);
  if (folded.length + 1 < leastFolded) return html`${[first!, ...rest].map(details)}`;
  const where = whereText(first!.claim.source);
  return html`${[first!, ...rest.filter((entry) => !isPlain(entry))].map(details)}
<details class="closed more"><summary>${folded.length} more${where === '' ? '' : html` about ${mathText(where)}`}</summary>${folded.map(details)}</details>`;
}

const beyond = 'beyond the paper';

const ofPaper = ({ claim }: LedgerEntry): boolean => /^\d|^abstract$/.test(claim.source.section);

/** The entries under the titles of their sections: the abstract first, then the paper in its order, what is beyond it, and what does not apply. */
function groupsOf(entries: readonly LedgerEntry[], aboutPaper: boolean): Group[] {
  const notOffered = ({ labels }: LedgerEntry): boolean => !aboutPaper && labels.every((label) => label === 'n/a');
  const titleOf = (entry: LedgerEntry): string => {
    if (notOffered(entry)) return 'Not offered by the implementation';
    return ofPaper(entry) || entry.claim.source.section === beyond
      ? sectionTitle(entry.claim.source)
      : 'Theorems of others';
  };
  const placeOf = (entry: LedgerEntry): number =>
    notOffered(entry) ? 2 : Number(entry.claim.source.section !== 'abstract');
  const groups = new Map<string, LedgerEntry[]>();
  for (const entry of entries.toSorted((a, b) => placeOf(a) - placeOf(b))) {
    groups.set(titleOf(entry), [...(groups.get(titleOf(entry)) ?? []), entry]);
  }
  return Array.from(groups, ([title, own], i) => ({
    id: `ledger-${i + 1}`,
    title,
    entries: own,
    closed: !aboutPaper || !ofPaper(own[0]!),
  }));
}

/** Controls that need the script, which shows them. */
function filterBar(entries: readonly LedgerEntry[], groups: readonly Group[]): Markup {
  const labels = entries.flatMap((entry) => [...new Set(entry.labels)]);
  return html`<div class="filter card" role="group" aria-label="Filter of the claims" hidden>
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
  const statement = html`<p class="statement">${statementText(claim.statement)} <a class="anchor" href="#${anchor}" aria-label="link to ${claim.id}">#</a></p>`;
  return html`
<details class="claim" data-verdicts="${labels.join('|')}"${open ? ' open' : ''}>
<summary><span class="where">${mathText(whereText(claim.source))}</span><span class="says">${mathText(claim.statement)}</span><span class="id">${claim.id}</span>
${line}</summary>
<div class="body" id="${anchor}">
${open ? statement : folded(statement)}
${blocks(body)}
</div></details>`;
}

/** The place in its section; of a theorem of others whose theorem it is. */
const whereText = ({ section, equation }: LedgerEntry['claim']['source']): string =>
  /^\d|^abstract$/.test(section) || section === beyond ? (equation ?? '') : section;

/** A claim of a run, with its drawings. A failed one is open at first; on a page about subjects only one for which none of them is to blame. */
export function claimEntry(
  claim: ClaimRecord,
  record: RunRecord,
  charts: readonly Block[] | undefined,
  about?: BySubject,
): LedgerEntry {
  const open = isOpen(claim, about);
  const seconds = record.timing?.claims[claim.id];
  const found = foundErrors(record.claims, claim.id);
  return {
    claim,
    labels: [verdictLabel(claim)],
    open,
    line: html`<span class="verdict">${words(badge(claim))}</span>`,
    body: claimDetails(claim, { found, seconds, about, ...(charts && { charts }) }, open),
  };
}

/** How a claim was checked, its evidence, and the command that reproduces it; of an open one nothing is folded. */
export function claimDetails(claim: ClaimRecord, shown: Shown = {}, open = isTrouble(claim)): Block[] {
  const drawn = claimEvidence(claim, shown);
  const again = [{ heading: 'Reproduce', minor: true } as const, { pre: claim.evidence.reproduce }];
  return [claimFacts(claim), ...(open ? drawn : [{ apart: drawn }]), ...again];
}
