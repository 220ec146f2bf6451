import type { KillMatrix } from '../../claims/evidence.js';
import { plural } from '../../claims/text.js';
import type { Arrangement } from '../formats/format-names.js';
import type { FigureRecord } from '../record/figure-record.js';
import { exitMeanings, isTrouble } from '../record/outcome.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { claimsApart, subjectsOf } from '../record/subjects.js';
import {
  budgetText,
  caughtOf,
  cellSigns,
  countsStrip,
  incompleteText,
  labelCounts,
  type MatrixCell,
  matrixCell,
  matrixLegend,
  selfText,
  verdictLabel,
} from '../view/claims.js';
import type { FindingTable } from '../view/findings/finding-source.js';
import { type PaperFinding, paperFindings } from '../view/findings/paper-findings.js';
import { exitText, failedSubjects, notAsked, orderedCounts, severityText } from '../view/subjects.js';
import { formatNumber, formatSeconds } from '../wording/format-number.js';
import { boundsOf, figureSection, refutationsSection, sizeSection, slackSection } from './html-charts.js';
import { claimEntry, ledgerSection, legend } from './html-ledger.js';
import { page, type Section } from './html-page.js';
import { badge, claimAnchor, claimLink, claimLinks, scrollable } from './html-parts.js';
import { propertiesSection, subjectsSection } from './html-subjects.js';
import { html, type Markup, mathText } from './markup.js';

/**
 * The run as one page in one file: the verdict first, then the main findings, and the ledger with all evidence; with Figure 1, in one or
 * several readings, if it was drawn.
 *
 * @example
 * const record = await judge(reference, { claims: 'eq9-*' });
 * assert.match(htmlReport(record), /^<!doctype html>/i);
 */
export function htmlReport(
  record: RunRecord,
  by: Arrangement = 'claims',
  figures: readonly FigureRecord[] = [],
): string {
  const subjects = subjectsSection(record);
  const bounds = boundsOf(record);
  const sections = [
    verdictSection(record, by),
    by === 'subjects' ? subjects : undefined,
    attention(record, by),
    findingsSection(record),
    bounds.section,
    slackSection(record),
    refutationsSection(record),
    sizeSection(record),
    figureSection(record, figures),
    by === 'claims' ? subjects : undefined,
    propertiesSection(record),
    matrixSection(record),
    ledgerSection(record.claims.map((claim) => claimEntry(claim, record, bounds.charts.get(claim.id)))),
    legend,
  ];
  const { suite, implementation } = record;
  return page(
    `${suite.name}: ${implementation.name} ${implementation.version}`,
    by === 'claims'
      ? 'Every statement of the paper, checked: what was claimed, what was found, how to find it again.'
      : 'Every function, checked by the statements of the paper: what it answers, what is right, how to find it again.',
    sections.filter((section) => section !== undefined),
    footer(record),
  );
}

/** Things that a reader must not miss: failures that are not shown above, verdicts that hold only within ρ, known failures. */
function attention(record: RunRecord, by: Arrangement): Section | undefined {
  const told = ['pass', 'expected', 'n/a'];
  const apart = claimsApart(record, subjectsOf(record).subjects);
  const claims = record.claims.filter((claim) => {
    if (claim.evidence.verdict === 'holds-within-rho') return true;
    return by === 'claims' ? !told.includes(claim.outcome) : claim.outcome === 'xfail' || apart.includes(claim);
  });
  if (claims.length === 0) return undefined;
  const content = html`<div class="card">${claims.map(attentionLine)}</div>`;
  return { id: 'attention', title: 'Needs attention', content };
}

function attentionLine(claim: ClaimRecord): Markup {
  return html`<p>${badge(claim)} ${claimLink(claim.id)}: ${claim.evidence.failure?.message ?? mathText(claim.evidence.reason)}</p>`;
}

function footer(record: RunRecord): Markup {
  const self = selfText(record);
  return html`<p>${budgetText(record.budget)}. Slots are fixed, so that adding a check never changes an older verdict;
by the union bound the sums hold for the whole run.</p>
${
  self === undefined
    ? undefined
    : html`<p>${self}: <a href="#${claimAnchor('self-statistics')}">which, and how</a>.</p>
`
}<p class="soft">The interval of a left side by Monte Carlo misses it with probability 10⁻³ at most, that of an exact engine surely holds it, but for paths in doubles, whose rounding is measured; no verdict rests on
the former or on a fitted slope.</p>`;
}

/** The first screen: what was checked, the findings, and the failures. */
function verdictSection(record: RunRecord, by: Arrangement): Section {
  const { subjects, counts } = subjectsOf(record);
  const { rows } = record.counts;
  const time = record.timing === undefined ? '' : ` in ${formatSeconds(record.timing.seconds)}`;
  const whole = by === 'claims' ? '' : `${plural(subjects.length, 'subject')} by `;
  const bounds =
    rows.total === 0
      ? ''
      : `, ${plural(rows.total, 'bound row')} of which ${rows.trivial} ${rows.trivial === 1 ? 'is' : 'are'} decided by the cap alone`;
  const strip = countsStrip(record);
  const about = findingLinks(record, 5);
  const content = html`<div class="card outcome${record.exitCode === 0 ? '' : ' failed'}">
<p class="headline"><strong>Exit ${record.exitCode}: ${by === 'claims' ? exitMeanings[record.exitCode] : exitText(record, subjects)}</strong></p>
${strip === undefined ? undefined : html`<p>${strip}</p>\n`}${incompleteNotice(record)}<div class="columns">
<div><h3>Checked</h3><p>${whole}${plural(record.claims.length, 'claim')}${time}${bounds}.</p>
<ul class="counts">${by === 'claims' ? verdictLinks(record) : orderedCounts(counts).map(([verdict, count]) => html`<li><b>${count}</b> <span class="soft">${verdict}</span></li>`)}</ul></div>
<div><h3>Failed</h3>${failures(record, by)}</div>
${about === undefined ? undefined : html`<div class="found"><h3>Found about the paper</h3>${about}</div>`}
</div>
${circumstances(record)}
</div>`;
  return { id: 'verdict', title: 'Verdict', content };
}

/** A verdict links to the ledger, which then shows the claims with it. */
const verdictLinks = ({ claims }: RunRecord): Markup[] =>
  labelCounts(claims.map(verdictLabel)).map(
    ([verdict, count]) => html`<li><a href="#ledger" data-verdict="${verdict}"><b>${count}</b> ${verdict}</a></li>`,
  );

/** The number that fits on one screen. */
const most = 8;

function failures(record: RunRecord, by: Arrangement): Markup {
  const { subjects } = subjectsOf(record);
  const failed = by === 'claims' ? [] : failedSubjects(subjects);
  const claims = by === 'claims' ? record.claims.filter(isTrouble) : claimsApart(record, subjects);
  const lines = [
    ...failed.map((one, i) => html`<li><a href="#subject-${i + 1}">${one.subject}</a>: ${severityText(one)}</li>`),
    ...claims.map((claim) => html`<li>${claimLink(claim.id)} ${badge(claim)}</li>`),
  ];
  if (lines.length === 0) return html`<p>Nothing.</p>`;
  const more =
    lines.length > most
      ? html`<li><a href="#${failed.length > 0 ? 'functions' : 'ledger'}">and ${lines.length - most} more</a></li>`
      : undefined;
  return html`<ul>${lines.slice(0, most)}${more}</ul>`;
}

function incompleteNotice(record: RunRecord): Markup | undefined {
  const incomplete = incompleteText(record);
  if (incomplete === undefined) return undefined;
  return html`<p>${incomplete.checked}. For the rest: <code>${incomplete.resume}</code></p>
<p class="soft">Not checked: ${incomplete.remaining}.</p>
`;
}

/** The run, the implementation, the environment, and the command to run it again. */
function circumstances({ command, seed, depth, implementation, suite, environment, timing }: RunRecord): Markup {
  const { name, version, language, dtype, conventions, accuracy = {} } = implementation;
  const declared = Object.entries(accuracy).map(([type, value]) => `${type} ${formatNumber(value)}`);
  const without = notAsked(implementation);
  const facts: (readonly [string, Markup | string])[] = [
    ['command', html`<code>${command}</code>`],
    ['seed', html`<code>${seed}</code>, depth ${depth}`],
    ['implementation', `${name} ${version}, ${language}, ${dtype}, sgn(0): ${conventions.signOfZero}`],
    ...(declared.length === 0 ? [] : [['declared accuracy', declared.join(', ')] as const]),
    ...(without === undefined ? [] : [['not asked, as it declares', without] as const]),
    ['suite', `${suite.name} ${suite.version} on Node ${environment.node}, ${environment.platform}`],
    ...(timing?.startedAt === undefined ? [] : [['started', timing.startedAt] as const]),
  ];
  return html`<dl class="facts">${facts.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`;
}

/** The findings of the run about the paper, as lines that open; undefined if there are none, as in most runs on other implementations. */
function findingsSection(record: RunRecord): Section | undefined {
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

/** The titles of the first findings, with links to them. */
function findingLinks(record: RunRecord, most: number): Markup | undefined {
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

const tones: Readonly<Record<MatrixCell, string>> = {
  'caught as named': 'good',
  caught: 'good',
  missed: 'mute',
  'missed as named': 'bad',
  'not tried': '',
};

/** The claims that find each planted error; undefined if the run has no such claim. */
function matrixSection(record: RunRecord): Section | undefined {
  const found = record.claims.filter(({ evidence }) => evidence.matrix !== undefined);
  if (found.length === 0) return undefined;
  const content = found.map(
    (
      claim,
    ) => html`<div class="card"><p>${claimLink(claim.id)} ${badge(claim)}: wrong functions that are planted in place of right ones, and the claims that
find them. Each must be found by the claim that is named for it.</p>
<p class="soft">${matrixLegend}.</p>${scrollable('planted errors by claim', matrixTable(claim.evidence.matrix!))}</div>`,
  );
  return { id: 'kill-matrix', title: 'Planted errors', content: html`${content}` };
}

/** A table of mutants by claims; a mutant that no claim finds is marked in words. */
function matrixTable(matrix: KillMatrix): Markup {
  return html`<table class="matrix">
<thead><tr><th>mutant</th>${matrix.claims.map((claim) => html`<th scope="col"><span>${claim}</span></th>`)}</tr></thead>
<tbody>${matrix.mutants.map(
    (mutant) => html`<tr><th scope="row">${mutant.name}</th>${matrix.claims.map((claim) => cell(mutant, claim))}</tr>`,
  )}</tbody>
<tfoot><tr><th scope="row">caught</th>${matrix.claims.map(
    (claim) => html`<td><span>${caughtOf(matrix, claim)}</span></td>`,
  )}</tr></tfoot></table>`;
}

function cell(mutant: KillMatrix['mutants'][number], claim: string): Markup {
  const found = matrixCell(mutant, claim);
  if (found === 'not tried') return html`<td></td>`;
  const title = found === 'missed as named' ? html` title="${mutant.name}, ${claim}: ${found}"` : html``;
  return html`<td class="${tones[found]}"${title}>${cellSigns[found]}</td>`;
}
