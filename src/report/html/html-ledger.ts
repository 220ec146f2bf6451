import type { CaseRecord, Part } from '../../claims/evidence.js';
import { plural } from '../../claims/plural.js';
import type { Outcome } from '../record/outcome.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { inputText } from '../wording/case-input.js';
import { evidenceFigures, keptCases, verdictLabel, verdictReason } from '../wording/evidence-text.js';
import { formatNumber, formatSeconds } from '../wording/format-number.js';
import { sourceText } from '../wording/source-text.js';
import { mathText } from './html-math.js';
import { matrixTable } from './html-matrix.js';
import { html, type Markup } from './markup.js';

const tones: Readonly<Record<Outcome, string>> = {
  pass: 'good',
  expected: 'note',
  fail: 'bad',
  error: 'bad',
  timeout: 'bad',
  crash: 'bad',
  protocol: 'bad',
  'suite-error': 'bad',
  extreme: 'warn',
  follows: 'warn',
  'n/a': 'mute',
  xfail: 'warn',
  xpass: 'bad',
};

/** The verdict in a pill whose colour is that of the outcome; the words alone carry the meaning. */
export function badge(claim: Pick<ClaimRecord, 'outcome' | 'evidence'>): Markup {
  const tone =
    claim.evidence.verdict === 'holds-within-rho' && claim.outcome === 'pass' ? 'warn' : tones[claim.outcome];
  return html`<span class="badge ${tone}">${verdictLabel(claim)}</span>`;
}

/** Anchor of a claim's entry in the ledger. */
export function claimAnchor(id: string): string {
  return `claim-${id.replace(/[^\w-]/g, '-')}`;
}

/** Every claim in the paper's order, one line each that opens to its evidence; what failed is open already. */
export function ledger(record: RunRecord): Markup {
  return html`<div class="card ledger">${record.claims.map((claim) => entry(claim, record.timing?.claims[claim.id]))}</div>`;
}

function entry(claim: ClaimRecord, seconds: number | undefined): Markup {
  const open = ['pass', 'expected', 'n/a', 'xfail'].includes(claim.outcome) ? '' : ' open';
  return html`
<details class="claim" id="${claimAnchor(claim.id)}"${open}>
<summary><span class="where">${sourceText(claim.source)}</span><span class="id">${claim.id}</span>
<span class="verdict">${badge(claim)}</span><span class="figures">${evidenceFigures(claim.evidence, 'worst ratio')}</span>
<span class="time">${seconds === undefined ? '' : formatSeconds(seconds)}</span></summary>
<div class="body">
<p>${mathText(claim.statement)}</p>
${facts(claim)}
${claim.evidence.matrix === undefined ? undefined : matrixTable(claim.evidence.matrix)}
${claim.evidence.parts === undefined ? undefined : parts(claim.evidence.parts)}
${claim.evidence.measured === undefined ? undefined : measured(claim.evidence.measured)}
<h4>Reproduce</h4><pre>${claim.evidence.reproduce}</pre>
</div></details>`;
}

function facts(claim: ClaimRecord): Markup {
  const { evidence } = claim;
  const rows: (readonly [string, Markup | string])[] = [
    ['how', claim.method],
    ['found', verdictReason(claim)],
    ['cases', formatNumber(evidence.cases)],
    ['accepts', claim.expected.join(', ')],
  ];
  if (evidence.exact !== undefined) {
    rows.push(['exactly', html`left <code>${evidence.exact.left}</code>, bound <code>${evidence.exact.bound}</code>`]);
  }
  for (const [name, kept] of keptCases(evidence)) rows.push([name, caseDetails(kept)]);
  if (evidence.statistical !== undefined) {
    const { slots, alpha, falseHolds } = evidence.statistical;
    const levels = `false alarm ≤ ${formatNumber(alpha)}, false holds ≤ ${formatNumber(falseHolds)}`;
    rows.push(['error budget', `${plural(slots, 'slot')}: ${levels}`]);
  }
  for (const known of [claim.knownFailure, ...Object.values(claim.knownCells ?? {})]) {
    if (known?.url !== undefined) rows.push(['known failure', known.url]);
  }
  rows.push(['seed', html`<code>${evidence.seed}</code>`]);
  return html`<dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

function caseDetails(record: CaseRecord): Markup {
  const explanation = record.explanation === undefined ? undefined : html`<br>${record.explanation}`;
  const within = record.ratio <= 1 ? ', within the tolerance' : '';
  return html`ratio ${formatNumber(record.ratio)}${within}, ${record.part}${explanation}<pre>${inputText(record.input)}</pre>`;
}

function parts(all: readonly Part[]): Markup {
  return html`<h4>Parts</h4><div class="scroll"><table>
<thead><tr><th>part</th><th>verdict</th><th class="number">cases</th><th class="number">worst ratio</th><th>reason</th></tr></thead>
<tbody>${all.map(
    (part) => html`<tr><td>${part.name}</td><td>${part.verdict}</td><td class="number">${formatNumber(part.cases)}</td>
<td class="number">${formatNumber(part.worstRatio)}</td><td class="wide">${part.reason}</td></tr>`,
  )}</tbody></table></div>`;
}

function measured(figures: NonNullable<ClaimRecord['evidence']['measured']>): Markup {
  return html`<h4>Measured</h4><div class="scroll"><table><tbody>${Object.entries(figures).map(([name, value]) =>
    typeof value === 'number'
      ? html`<tr><td>${name}</td><td class="number">${formatNumber(value)}</td></tr>`
      : html`<tr><td>${name}</td><td class="wide">${value}</td></tr>`,
  )}</tbody></table></div>`;
}
