import { plural } from '../../claims/text.js';
import type { Arrangement } from '../formats/arrangement.js';
import type { FigureRecord } from '../record/figure-record.js';
import { exitMeanings, isTrouble } from '../record/outcome.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { claimsApart, subjectsOf } from '../record/subjects.js';
import { budgetText, countsStrip, incompleteText, labelCounts, selfText, verdictLabel } from '../view/claims.js';
import { exitText, failedSubjects, notAsked, orderedCounts, severityText } from '../view/subjects.js';
import { formatNumber, formatSeconds } from '../wording/format-number.js';
import { boundsOf, figureSection, refutationsSection, sizeSection, slackSection } from './html-charts.js';
import { findingLinks, findingsSection } from './html-findings.js';
import { claimEntry, ledgerSection, legend } from './html-ledger.js';
import { matrixSection } from './html-matrix.js';
import { page, type Section } from './html-page.js';
import { badge, claimAnchor, claimLink } from './html-parts.js';
import { mathText } from './html-statement.js';
import { propertiesSection, subjectsSection } from './html-subjects.js';
import { html, type Markup } from './markup.js';

/**
 * The run as one page that opens from a file: the verdict first, then the main findings, and the ledger with all evidence; with Figure 1 if it was
 * drawn, in one or several readings.
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

/** What a reader must not miss: failures that nothing above tells of, verdicts that hold only within ρ, known failures. */
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

/** The first screen: what was checked, what was found, what failed. */
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

/** A verdict leads to the ledger, which then shows what has it. */
const verdictLinks = ({ claims }: RunRecord): Markup[] =>
  labelCounts(claims.map(verdictLabel)).map(
    ([verdict, count]) => html`<li><a href="#ledger" data-verdict="${verdict}"><b>${count}</b> ${verdict}</a></li>`,
  );

/** As many as one screen has room for. */
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

/** What was run, on what, and how to run it again. */
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
