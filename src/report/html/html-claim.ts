import type { CaseRecord, Part } from '../../claims/evidence.js';
import { plural } from '../../claims/plural.js';
import { isTrouble } from '../record/outcome.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { inputText } from '../wording/case-input.js';
import { evidenceFigures, keptCases, verdictLabel, verdictReason } from '../wording/evidence-text.js';
import { formatNumber, formatSeconds } from '../wording/format-number.js';
import { type FoundError, foundErrors } from '../wording/found-errors.js';
import { badge } from './html-badge.js';
import type { LedgerEntry } from './html-ledger.js';
import { mathText } from './html-math.js';
import { scrollable } from './html-scroll.js';
import { html, type Markup } from './markup.js';

/** A claim of a run; what failed is open already. `charts` is what is drawn of it. */
export function claimEntry(claim: ClaimRecord, record: RunRecord, charts: Markup | undefined): LedgerEntry {
  const seconds = record.timing?.claims[claim.id];
  return {
    claim,
    labels: [verdictLabel(claim)],
    open: isTrouble(claim),
    line: html`<span class="verdict">${badge(claim)}</span><span class="figures">${evidenceFigures(claim.evidence, 'worst ratio')}</span>
<span class="time">${seconds === undefined ? '' : formatSeconds(seconds)}</span>`,
    body: claimDetails(claim, foundErrors(record.claims, claim.id), charts),
  };
}

/** How a claim was checked, the evidence, its worst case, what it finds out, and how to have it again. */
export function claimDetails(claim: ClaimRecord, found: readonly FoundError[], charts?: Markup): Markup {
  const { evidence } = claim;
  return html`${facts(claim, found)}
${charts}
${evidence.parts === undefined || evidence.parts.length === 0 ? undefined : parts(claim.id, evidence.parts)}
${evidence.measured === undefined ? undefined : measured(claim.id, evidence.measured)}
<h4>Reproduce</h4><pre>${evidence.reproduce}</pre>`;
}

function facts(claim: ClaimRecord, found: readonly FoundError[]): Markup {
  const { evidence } = claim;
  const rows: (readonly [string, Markup | string])[] = [
    ['how it is checked', mathText(claim.method)],
    // An error is in the words of the implementation, whose names may look like indices.
    ['found', evidence.failure === undefined ? mathText(verdictReason(claim)) : verdictReason(claim)],
    ['cases', formatNumber(evidence.cases)],
    ['accepts', claim.expected.join(', ')],
  ];
  if (evidence.exact !== undefined) {
    rows.push(['exactly', html`left <code>${evidence.exact.left}</code>, bound <code>${evidence.exact.bound}</code>`]);
  }
  for (const [name, kept] of keptCases(evidence)) rows.push([name, caseDetails(kept)]);
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
  return html`<dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
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
