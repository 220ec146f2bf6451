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
  verdictLabel,
} from '../view/claims.js';
import { paperFindings } from '../view/findings/paper-findings.js';
import {
  besideCode,
  codeText,
  failedSubjects,
  notAsked,
  orderedCounts,
  reproduceCommand,
  severityText,
} from '../view/subjects.js';
import { formatNumber, formatSeconds } from '../wording/format-number.js';
import { boundsOf, figureSection, refutationsSection, sizeSection, slackSection } from './html-charts.js';
import { findingAnchor, findingsSection, headlineTexts, mapSection } from './html-front.js';
import { claimEntry, ledgerSection, legend } from './html-ledger.js';
import { page, type Section } from './html-page.js';
import { badge, claimLink, scrollable } from './html-parts.js';
import { failureAnchors, failuresSection, propertiesSection, subjectsSection, subjectTones } from './html-subjects.js';
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
  const bounds = boundsOf(record);
  const { subjects } = subjectsOf(record);
  const failed = failedSubjects(subjects).length > 0;
  const about = { subjects, anchors: failureAnchors(subjects), apart: claimsApart(record, subjects) };
  const entries = record.claims.map((claim) =>
    claimEntry(claim, record, bounds.charts.get(claim.id), by === 'claims' ? undefined : about),
  );
  const evidence = closed([
    bounds.section,
    slackSection(record),
    refutationsSection(record),
    sizeSection(record),
    figureSection(record, figures),
    propertiesSection(record),
    matrixSection(record),
  ]);
  const answered = [subjectsSection(record), failuresSection(record)];
  const sections =
    by === 'claims'
      ? [
          ...[verdictSection(record, by), attention(record, by), mapSection(record), findingsSection(record)],
          // A failure of a function stands open.
          ...(failed ? answered : []),
          ledgerSection(entries, true),
          ...[...evidence, ...(failed ? [] : closed(answered)), ...closed([legend])],
        ]
      : [
          ...[verdictSection(record, by), ...answered, attention(record, by), findingsSection(record)],
          ...[ledgerSection(entries, false, true), ...evidence, ...closed([legend])],
        ];
  const { suite, implementation } = record;
  const confirmed = headlineTexts(record).length > 0;
  return page(
    by === 'claims' && confirmed
      ? 'signProx (Xu and Kamilov 2019), checked'
      : `${suite.name}: ${implementation.name} ${implementation.version}`,
    by === 'claims'
      ? 'Every statement of the paper, checked: what was claimed, what was found, how to find it again.'
      : 'Every function, checked by the statements of the paper: what it answers, what is right, how to find it again.',
    sections.filter((section) => section !== undefined),
    footer(record),
  );
}

const closed = (sections: readonly (Section | undefined)[]): (Section | undefined)[] =>
  sections.map((section) => section && { ...section, closed: 'apart' as const });

/** Things that a reader must not miss: failures that are not shown above, verdicts that hold only within ρ, known failures. */
function attention(record: RunRecord, by: Arrangement): Section | undefined {
  const told = ['pass', 'expected', 'n/a'];
  // Beside no failure the little there is stands in the verdict.
  if (by === 'claims' && !record.claims.some(({ outcome }) => !told.includes(outcome))) return undefined;
  const apart = claimsApart(record, subjectsOf(record).subjects);
  const claims = record.claims.filter((claim) => {
    if (claim.evidence.verdict === 'holds-within-rho') return true;
    return by === 'claims' ? !told.includes(claim.outcome) : claim.outcome === 'xfail' || apart.includes(claim);
  });
  if (claims.length === 0) return undefined;
  const content = html`<div class="card">${claims.map(attentionLine)}</div>`;
  return { id: 'attention', title: 'Needs attention', content };
}

/** The claims whose verdicts hold only within ρ, where nothing else needs attention. */
const withinRho = (record: RunRecord): Markup[] | undefined =>
  attention(record, 'claims') === undefined
    ? record.claims.filter(({ evidence }) => evidence.verdict === 'holds-within-rho').map(attentionLine)
    : undefined;

function attentionLine(claim: ClaimRecord): Markup {
  return html`<p>${badge(claim)} ${claimLink(claim.id)}: ${claim.evidence.failure?.message ?? mathText(claim.evidence.reason)}</p>`;
}

function footer(record: RunRecord): Markup {
  return html`<p>${budgetText(record.budget)}. Slots are fixed, so that adding a check never changes an older verdict;
by the union bound the sums hold for the whole run.</p>
<p class="soft">The interval of a left side by Monte Carlo misses it with probability 10⁻³ at most, that of an exact engine surely holds it, but for paths in doubles, whose rounding is measured; no verdict rests on
the former or on a fitted slope.</p>`;
}

/** The first screen: what was checked, what it says of the paper, and the failures. */
function verdictSection(record: RunRecord, by: Arrangement): Section {
  return {
    id: 'verdict',
    title: 'Verdict',
    content: by === 'claims' ? claimsVerdict(record) : subjectsVerdict(record),
  };
}

/** `236 claims in 304 s, 988 bound rows of which 14 are decided by the cap alone`. */
function checkedText({ claims, counts: { rows }, timing }: RunRecord): string {
  const time = timing === undefined ? '' : ` in ${formatSeconds(timing.seconds)}`;
  const bounds =
    rows.total === 0
      ? ''
      : `, ${plural(rows.total, 'bound row')} of which ${rows.trivial} ${rows.trivial === 1 ? 'is' : 'are'} decided by the cap alone`;
  return `${plural(claims.length, 'claim')}${time}${bounds}`;
}

const outcomeClass = ({ exitCode }: RunRecord): string => `card outcome${exitCode === 0 ? '' : ' failed'}`;

function claimsVerdict(record: RunRecord): Markup {
  const strip = countsStrip(record);
  const said = html`${headlineTexts(record).map((text) => html`<p class="said">${mathText(text)}</p>\n`)}${strip === undefined ? undefined : html`<p class="strip">${strip}</p>\n`}`;
  const exit = html`<p class="headline">Exit ${record.exitCode}: ${exitMeanings[record.exitCode]}</p>
${withinRho(record)}${incompleteNotice(record)}${record.claims.some(isTrouble) ? html`<h3>Failed</h3>${failures(record, 'claims')}` : undefined}`;
  // What failed comes before what holds nevertheless.
  return html`<div class="${outcomeClass(record)}">
${record.exitCode === 0 ? [said, exit] : [exit, said]}
<details class="rows"><summary>Command and versions</summary><p>${checkedText(record)}.</p>
<ul class="counts">${verdictLinks(record)}</ul>
${circumstances(record)}</details>
</div>`;
}

function subjectsVerdict(record: RunRecord): Markup {
  const { subjects, counts } = subjectsOf(record);
  const strip = countsStrip(record);
  const about = findingLinks(record, 5);
  const beside = besideCode(record, subjects);
  const others = failures(record, 'subjects');
  // The exit code says nothing of what was not judged.
  const silent = record.exitCode === 0 && beside.length > 0 ? ' silent' : '';
  return html`<div class="${outcomeClass(record)}${silent}">
<p class="headline"><strong>Exit ${record.exitCode}: ${codeText(record, subjects)}</strong>${beside.length === 0 ? undefined : html`<span class="warn">; ${beside.join('; ')}</span>`}</p>
${incompleteNotice(record)}${firstFailure(record)}${others === undefined ? undefined : html`<h3>Also failed</h3>${others}`}
<ul class="counts">${orderedCounts(counts).map(
    ([verdict, count]) => html`<li class="${subjectTones[verdict]}"><b>${count}</b> ${verdict}</li>`,
  )}</ul>
${strip === undefined ? undefined : html`<p>${strip}</p>\n`}${about === undefined ? undefined : html`<h3>Found about the paper</h3>${about}`}
<details class="rows"><summary>Command and versions</summary><p>${plural(subjects.length, 'subject')} by ${checkedText(record)}.</p>
${circumstances(record)}</details>
</div>`;
}

/** The failure to fix first, as a sentence, and the command that judges it again. */
function firstFailure(record: RunRecord): Markup | undefined {
  const { subjects } = subjectsOf(record);
  const [first] = failedSubjects(subjects);
  if (first === undefined) return undefined;
  const command = reproduceCommand(first, record);
  return html`<p class="said"><a class="badge ${subjectTones[first.verdict]}" href="#${failureAnchors(subjects).get(first.subject)!}">${severityText(first)}</a> ${first.counterexample}</p>
${command === undefined ? undefined : html`<p>After the fix, judge it again: <code>${command}</code></p>\n`}`;
}

/** A verdict links to the ledger, which then shows the claims with it. */
const verdictLinks = ({ claims }: RunRecord): Markup[] =>
  labelCounts(claims.map(verdictLabel)).map(
    ([verdict, count]) => html`<li><a href="#ledger" data-verdict="${verdict}"><b>${count}</b> ${verdict}</a></li>`,
  );

/** The number that fits on one screen. */
const most = 8;

/** The failed claims, or the failed subjects after the first and the claims for which no subject is to blame; undefined if there are none. */
function failures(record: RunRecord, by: Arrangement): Markup | undefined {
  const { subjects } = subjectsOf(record);
  const failed = by === 'claims' ? [] : failedSubjects(subjects).slice(1);
  const anchors = failureAnchors(subjects);
  const claims = by === 'claims' ? record.claims.filter(isTrouble) : claimsApart(record, subjects);
  const lines = [
    ...failed.map(
      (one) => html`<li><a href="#${anchors.get(one.subject)!}">${one.subject}</a>: ${severityText(one)}</li>`,
    ),
    ...claims.map((claim) => html`<li>${claimLink(claim.id)} ${badge(claim)}</li>`),
  ];
  if (lines.length === 0) return undefined;
  const more =
    lines.length > most
      ? html`<li><a href="#${failed.length > 0 ? 'failures' : 'ledger'}">and ${lines.length - most} more</a></li>`
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

/** The titles of the first findings, with links to them. */
function findingLinks(record: RunRecord, most: number): Markup | undefined {
  const findings = paperFindings(record);
  if (findings.length === 0) return undefined;
  const more = findings.length > most ? html`<li><a href="#findings">and ${findings.length - most} more</a></li>` : '';
  return html`<ul>${findings
    .slice(0, most)
    .map((finding) => html`<li><a href="#${findingAnchor(finding)}">${mathText(finding.title)}</a></li>`)}${more}</ul>`;
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
