import type { BoundRow } from '../../claims/evidence.js';
import { boundPanels } from '../charts/bound-chart.js';
import { chartColours } from '../charts/chart-colours.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { sourceText } from '../wording/source-text.js';
import { badge, claimLink } from './html-badge.js';
import { chart } from './html-chart.js';
import type { Section } from './html-page.js';
import { rowDetails } from './html-rows.js';
import { statementText } from './html-statement.js';
import { html, type Markup } from './markup.js';

/** The bounds of a run: the charts of the theorems, and what every other claim with rows shows in its entry of the ledger. */
export interface Bounds {
  readonly section: Section | undefined;
  /** Charts and rows by claim. */
  readonly charts: ReadonlyMap<string, Markup>;
}

/** Draws every claim that compares left sides with bounds. The first about each theorem of the paper stands in the section. */
export function boundsOf(record: RunRecord): Bounds {
  const charts = new Map<string, Markup>();
  const shown = new Map<string, Markup>();
  const theorems = new Set<string>();
  for (const claim of record.claims) {
    const rows = claim.evidence.rows ?? [];
    if (rows.length === 0) continue;
    const { equation = '' } = claim.source;
    if (/^Theorem \d$/.test(equation) && !theorems.has(equation)) {
      theorems.add(equation);
      shown.set(claim.id, theorem(claim, drawing(rows)));
      charts.set(claim.id, html`<p><a href="#bounds">Its chart</a> stands above.</p>${rowDetails(claim.id, rows)}`);
    } else charts.set(claim.id, html`${drawing(rows, mostPanels)}${rowDetails(claim.id, rows)}`);
  }
  if (charts.size === 0) return { section: undefined, charts };
  const others = record.claims.filter(({ id }) => charts.has(id) && !shown.has(id));
  return {
    charts,
    section: { id: 'bounds', title: 'Bounds', content: html`${key}${[...shown.values()]}${othersLine(others)}` },
  };
}

function theorem(claim: ClaimRecord, drawn: Markup): Markup {
  return html`<section class="card theorem"><h3>${claimLink(claim.id)} ${badge(claim)}</h3>
<p><span class="soft">${sourceText(claim.source)}:</span> ${statementText(claim.statement)}</p>
${drawn}</section>
`;
}

function othersLine(claims: readonly ClaimRecord[]): Markup | undefined {
  if (claims.length === 0) return undefined;
  return html`<p class="soft">Charts of other bounds, in the ledger: ${claims.map(
    ({ id }, i) => html`${i === 0 ? '' : ', '}${claimLink(id)}`,
  )}.</p>`;
}

/** Panels of a claim in the ledger at the most; a page with all of them would be twice as large. */
const mostPanels = 2;

function drawing(rows: readonly BoundRow[], most?: number): Markup {
  const panels = boundPanels(rows, most);
  const all = new Set(rows.map(({ instance }) => instance)).size;
  const nearest =
    panels.length < all
      ? html`<p class="soft">The ${panels.length} of ${all} instances that come nearest to their bounds.</p>`
      : undefined;
  return html`${most === undefined ? undefined : html`<p class="soft"><a href="#bounds">What the marks mean</a></p>`}${nearest}
<div class="panels">${panels.map(({ instance, svg }) => chart(`left side and bounds over T, ${instance}`, svg))}</div>
`;
}

const { left, bound, sharp, reference, violated, background } = chartColours;
const strokes = { fill: 'none', width: 2 };

function sample(drawing: Markup, label: string): Markup {
  return html`<li><svg viewBox="0 0 34 14" aria-hidden="true">${drawing}</svg>${label}</li>`;
}

function stroke(colour: string, width: number, dash = 'none'): Markup {
  return html`<path d="M1,7H33" fill="${strokes.fill}" stroke="${colour}" stroke-width="${width}" stroke-dasharray="${dash}"/>`;
}

const key = html`<ul class="key">${[
  sample(
    html`<path d="M17,1V13" stroke="${left.light}" stroke-width="2"/><circle cx="17" cy="7" r="3.4" fill="${left.light}"/>`,
    'left side with its interval',
  ),
  sample(
    html`<circle cx="17" cy="7" r="3.4" fill="${background.light}" stroke="${left.light}" stroke-width="1.5"/>`,
    'decided by the cap M ≤ b alone',
  ),
  sample(html`<path d="M17,2V12M12,7H22" stroke="${violated.light}" stroke-width="3"/>`, 'violated'),
  sample(html`<path d="M12,3H22L17,11Z" fill="${left.light}"/>`, 'beyond the axis'),
  sample(stroke(left.light, 1), 'fitted power law'),
  sample(stroke(bound.light, 2), 'bound of the paper'),
  sample(stroke(sharp.light, 2, '7 3'), 'sharpened bound'),
  sample(stroke(reference.light, 1.5, '2 3'), 'slope −1/2'),
]}</ul>`;
