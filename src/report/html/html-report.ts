import type { Arrangement } from '../formats/arrangement.js';
import type { FigureRecord } from '../record/figure-record.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { claimsApart, subjectsOf } from '../record/subjects.js';
import { budgetText } from '../wording/budget-text.js';
import { selfText } from '../wording/self-text.js';
import { badge, claimAnchor, claimLink } from './html-badge.js';
import { boundsOf } from './html-bounds.js';
import { claimEntry } from './html-claim.js';
import { figureSection } from './html-figure.js';
import { findingsSection } from './html-findings.js';
import { ledgerSection } from './html-ledger.js';
import { legend } from './html-legend.js';
import { mathText } from './html-math.js';
import { matrixSection } from './html-matrix.js';
import { page, type Section } from './html-page.js';
import { propertiesSection } from './html-properties.js';
import { refutationsSection } from './html-refutations.js';
import { sizeSection } from './html-size.js';
import { slackSection } from './html-slack.js';
import { subjectsSection } from './html-subjects.js';
import { verdictSection } from './html-verdict.js';
import { html, type Markup } from './markup.js';

/**
 * The run as one page that opens from a file: the verdict first, then what stands out, and the ledger with all evidence; with Figure 1 where it was
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
