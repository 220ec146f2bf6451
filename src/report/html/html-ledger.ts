import type { CaseRecord, Part } from '../../claims/evidence.js';
import { shownCase } from '../../claims/subject-verdicts.js';
import { plural } from '../../claims/text.js';
import { verdictLegend } from '../../claims/verdict.js';
import { isTrouble } from '../record/outcome.js';
import { sectionTitle } from '../record/paper-sections.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import {
  evidenceFigures,
  type FoundError,
  foundErrors,
  keptCases,
  labelCounts,
  verdictLabel,
  verdictReason,
} from '../view/claims.js';
import type { Subject } from '../view/subjects.js';
import { inputText } from '../wording/case-input.js';
import { formatNumber, formatSeconds } from '../wording/format-number.js';
import type { Section } from './html-page.js';
import { badge, claimAnchor, scrollable } from './html-parts.js';
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
  readonly body: Markup;
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
export function ledgerSection(entries: readonly LedgerEntry[], aboutPaper = false, closed = false): Section {
  const groups = groupsOf(entries, aboutPaper);
  return {
    id: 'ledger',
    title: aboutPaper ? 'The paper in its order' : 'Claims',
    ...(closed
      ? { closed: 'here' as const }
      : { below: groups.map(({ id, title, entries: own }) => ({ id, title, count: own.length })) }),
    content: html`${filterBar(entries, groups)}
<p class="soft" id="scriptless">Without its script the page shows of each claim the statement, the verdict, what was found and its command. All numbers are in <code>run.json</code>.</p>
${groups.map(groupMarkup)}`,
  };
}

function groupMarkup({ id, title, entries, closed }: Group): Markup {
  const open = entries.some((entry) => entry.open) ? ' open' : '';
  const lines = html`<div class="card ledger">${entries.map(details)}</div>`;
  const content = closed
    ? html`<details class="closed"${open}><summary><h3>${title}</h3> <span class="soft">${plural(entries.length, 'claim')}</span></summary>\n${lines}</details>`
    : html`<h3>${title}</h3>\n${lines}`;
  return html`<section class="group" id="${id}">${content}</section>\n`;
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
${body}
</div></details>`;
}

/** The place in its section; of a theorem of others whose theorem it is. */
const whereText = ({ section, equation }: LedgerEntry['claim']['source']): string =>
  /^\d|^abstract$/.test(section) || section === beyond ? (equation ?? '') : section;

/** How a page about subjects shows its claims. */
export interface BySubject {
  readonly subjects: readonly Subject[];
  /** Where the failure of a subject stands. */
  readonly anchors: ReadonlyMap<string, string>;
  /** The failed claims for which no subject is to blame. */
  readonly apart: readonly ClaimRecord[];
}

/** A claim of a run, with its drawings. A failed one is open at first; on a page about subjects only one for which none of them is to blame. */
export function claimEntry(
  claim: ClaimRecord,
  record: RunRecord,
  charts: Markup | undefined,
  about?: BySubject,
): LedgerEntry {
  const open = about === undefined ? isTrouble(claim) : about.apart.includes(claim);
  const seconds = record.timing?.claims[claim.id];
  return {
    claim,
    labels: [verdictLabel(claim)],
    open,
    line: html`<span class="verdict">${badge(claim)}</span>`,
    body: claimDetails(claim, foundErrors(record.claims, claim.id), {
      ...{ open, charts },
      ...(seconds !== undefined && { seconds }),
      ...(about && { about }),
    }),
  };
}

/** What else the details of a claim show. */
interface Shown {
  readonly open?: boolean;
  readonly charts?: Markup | undefined;
  readonly seconds?: number;
  readonly about?: BySubject;
}

/** How a claim was checked, the evidence, its worst case, the errors that it finds, and the command that reproduces it; of an open one nothing is folded. */
export function claimDetails(
  claim: ClaimRecord,
  found: readonly FoundError[],
  { open = isTrouble(claim), charts, seconds, about }: Shown = {},
): Markup {
  const { evidence, method } = claim;
  // An error is in the words of the implementation, whose names may look like indices.
  const said = evidence.failure === undefined ? mathText(verdictReason(claim)) : verdictReason(claim);
  const own = about && cellsTable(claim, about);
  // A case of a whole claim is about whichever subject failed: beside others it would pass for theirs.
  const isBlamed = own !== undefined && !about!.apart.includes(claim);
  const families = own === undefined && evidence.parts !== undefined && evidence.parts.length > 0;
  const drawn = html`${facts(evidenceFacts(claim, found, seconds, isBlamed))}
${charts}
${own ?? (families ? parts(claim.id, evidence.parts!) : undefined)}
${evidence.measured === undefined ? undefined : measured(claim.id, evidence.measured)}`;
  return html`${facts([
    ['how it is checked', mathText(method)],
    ['found', said],
  ])}
${open ? drawn : folded(drawn)}
<h4>Reproduce</h4><pre>${evidence.reproduce}</pre>`;
}

/** What a claim found about each subject, with the simplest failing case of that subject; undefined if it is about none. */
function cellsTable({ id, evidence }: ClaimRecord, { subjects, anchors }: BySubject): Markup | undefined {
  const rows = subjects.flatMap(({ subject, cells }) =>
    cells.filter(({ claim }) => claim === id).map((cell) => ({ subject, ...cell })),
  );
  if (rows.length === 0) return undefined;
  const kept = new Map((evidence.cells ?? []).map((cell) => [cell.subject, cell]));
  return html`<h4>Subjects</h4>${scrollable(
    `subjects of ${id}`,
    html`<table class="figures">
<thead><tr><th scope="col" class="words">subject</th><th scope="col" class="words">found</th><th scope="col">cases</th><th scope="col">worst ratio</th><th scope="col" class="words">simplest failing case</th></tr></thead>
<tbody>${rows.map(({ subject, outcome, cases, worst, counterexample, of = [] }) => {
      const anchor = anchors.get(subject);
      const example = shownCase(kept.get(subject), counterexample);
      const shown = example === undefined || counterexample === undefined ? counterexample : caseDetails(example);
      const from = of.length === 0 ? '' : ` from ${of.join(', ')}`;
      return html`<tr><th scope="row">${anchor === undefined ? subject : html`<a href="#${anchor}">${subject}</a>`}</th><td class="words">${outcome}${from}</td><td>${formatNumber(cases)}</td><td>${formatNumber(worst)}</td><td class="words">${shown}</td></tr>\n`;
    })}</tbody></table>`,
  )}`;
}

type Fact = readonly [string, Markup | string];

const facts = (rows: readonly Fact[]): Markup =>
  html`<dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;

function evidenceFacts(
  claim: ClaimRecord,
  found: readonly FoundError[],
  seconds: number | undefined,
  isBlamed: boolean,
): Fact[] {
  const { evidence } = claim;
  const time = seconds === undefined ? [] : [formatSeconds(seconds)];
  const rows: Fact[] = [
    ['judged', [evidenceFigures(evidence, 'worst ratio'), ...time].filter((text) => text !== '').join(', ')],
    ['accepts', claim.expected.join(', ')],
  ];
  if (evidence.exact !== undefined) {
    rows.push(['exactly', html`left <code>${evidence.exact.left}</code>, bound <code>${evidence.exact.bound}</code>`]);
  }
  if (!isBlamed) for (const [name, kept] of keptCases(evidence)) rows.push([name, caseDetails(kept)]);
  if (found.length > 0) rows.push(['planted errors', plantedErrors(found)]);
  if (evidence.statistical !== undefined) {
    const { slots, alpha, falseHolds } = evidence.statistical;
    const levels = `false alarm ≤ ${formatNumber(alpha)}, false holds ≤ ${formatNumber(falseHolds)}`;
    rows.push(['error budget', `${plural(slots, 'slot')}: ${levels}`]);
  }
  for (const known of [claim.knownFailure, ...Object.values(claim.knownCells ?? {})]) {
    if (known?.url !== undefined) rows.push(['known failure', known.url]);
  }
  rows.push(['seed', html`<code>${evidence.seed}</code>`]);
  return rows;
}

function plantedErrors(found: readonly FoundError[]): Markup {
  const names = (own: readonly FoundError[]): string => own.map(({ name }) => name).join(', ');
  const named = found.filter(({ namedFor }) => namedFor);
  const others = found.filter(({ namedFor }) => !namedFor);
  return html`finds ${plural(found.length, 'planted error')} (<a href="#kill-matrix">all of them</a>)${
    named.length === 0 ? '' : `; named for it: ${names(named)}`
  }${others.length === 0 ? '' : `; ${named.length === 0 ? '' : 'besides: '}${names(others)}`}`;
}

function caseDetails(record: CaseRecord): Markup {
  const explanation = record.explanation === undefined ? undefined : html`<br>${mathText(record.explanation)}`;
  const within = record.ratio <= 1 ? ', within the tolerance' : '';
  return html`ratio ${formatNumber(record.ratio)}${within}, ${record.part}${explanation}<pre>${inputText(record.input)}</pre>`;
}

function parts(id: string, all: readonly Part[]): Markup {
  const reasons = all.some(({ reason }) => reason !== undefined);
  return html`<h4>Parts</h4>${scrollable(
    `parts of ${id}`,
    html`<table class="figures">
<thead><tr><th scope="col" class="words">part</th><th scope="col" class="words">verdict</th><th scope="col">cases</th><th scope="col">worst ratio</th>${reasons ? html`<th scope="col" class="words">reason</th>` : undefined}</tr></thead>
<tbody>${all.map(
      (part) =>
        html`<tr><th scope="row">${mathText(part.name)}</th><td class="words">${part.verdict}</td><td>${formatNumber(part.cases)}</td><td>${formatNumber(part.worstRatio)}</td>${reasons ? html`<td class="words">${mathText(part.reason ?? '')}</td>` : undefined}</tr>`,
    )}</tbody></table>`,
  )}`;
}

function measured(id: string, figures: NonNullable<ClaimRecord['evidence']['measured']>): Markup {
  return html`<h4>Measured</h4>${scrollable(
    `figures of ${id}`,
    html`<table class="figures"><tbody>${Object.entries(figures).map(
      ([name, value]) =>
        html`<tr><th scope="row">${mathText(name)}</th>${typeof value === 'number' ? html`<td>${formatNumber(value)}</td>` : html`<td class="words">${value}</td>`}</tr>`,
    )}</tbody></table>`,
  )}`;
}

/** The meaning of each verdict. */
export const legend: Section = {
  id: 'legend',
  title: 'What the verdicts mean',
  content: html`<dl class="card facts">${Object.entries(verdictLegend).map(
    ([verdict, meaning]) => html`<dt>${verdict}</dt><dd>${meaning}</dd>`,
  )}</dl>`,
};
