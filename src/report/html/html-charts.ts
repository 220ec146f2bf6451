import type { BoundRow } from '../../claims/evidence.js';
import { plural } from '../../claims/text.js';
import { boundPanels } from '../charts/bound-chart.js';
import { chartColours } from '../charts/chart-colours.js';
import { figureSvg } from '../charts/figure-svg.js';
import { refutationPanels, slackPanels } from '../charts/ratio-panel.js';
import { sizeChart } from '../charts/size-chart.js';
import type { FigureRecord } from '../record/figure-record.js';
import { sourceText } from '../record/paper-sections.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import {
  iterationsOf,
  nearestInstances,
  type RowField,
  refutations,
  rowColumns,
  rowFields,
  slackLines,
} from '../view/bounds.js';
import { formatCount } from '../wording/format-number.js';
import type { Section } from './html-page.js';
import { badge, chart, claimLink, claimLinks, markSample, ratioCell, scrollable } from './html-parts.js';
import { html, type Markup, mathText, statementText } from './markup.js';

/** The bounds of a run: a panel for each theorem, and the charts of the claims, which are shown in their entries of the ledger. */
export interface Bounds {
  readonly section: Section | undefined;
  /** Charts and rows by claim. */
  readonly charts: ReadonlyMap<string, Markup>;
}

/** Draws every claim that compares left sides with bounds. The section shows one panel of the first one about each theorem of the paper. */
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
      shown.set(claim.id, theorem(claim, drawing(rows, 1)));
    }
    const meaning = html`<p class="soft"><a href="#bounds">What the marks mean</a></p>`;
    charts.set(claim.id, html`${meaning}${drawing(rows, mostPanels)}${rowDetails(claim.id, rows)}`);
  }
  if (charts.size === 0) return { section: undefined, charts };
  const others = record.claims.filter(({ id }) => charts.has(id) && !shown.has(id));
  return {
    charts,
    section: {
      id: 'bounds',
      title: 'Bounds',
      content: html`${key}${meanings}${[...shown.values()]}${othersLine(others)}`,
    },
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
  return html`<p class="soft">Charts of other bounds, among the claims: ${claimLinks(claims.map(({ id }) => id))}.</p>`;
}

/** Largest number of panels of a claim in the ledger: a page with all of them would be twice as large. */
const mostPanels = 2;

function drawing(rows: readonly BoundRow[], most: number): Markup {
  const panels = boundPanels(rows, most);
  const all = new Set(rows.map(({ instance }) => instance)).size;
  const chosen =
    panels.length === 1 ? 'one that comes nearest to its bound' : `${panels.length} that come nearest to their bounds`;
  const nearest = panels.length < all ? html`<p class="soft">Of ${all} instances the ${chosen}.</p>` : undefined;
  return html`${nearest}
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

/** Largest number of a claim's instances whose rows are on the page. */
const mostInstances = 3;

/** What the columns of all tables of rows mean, once for the page. */
const meanings = html`<details><summary>The columns of the tables of rows</summary><ul>${rowFields.map(
  ({ heading, meaning }) => html`<li><b>${heading}</b>: ${meaning}</li>`,
)}</ul></details>`;

/** The rows of a claim that compares left sides with bounds, closed. */
function rowDetails(id: string, rows: readonly BoundRow[]): Markup {
  const trivial = rows.filter((row) => row.trivial).length;
  const groups = nearestInstances(rows, mostInstances);
  const shown = groups.flatMap(([, group]) => group).length;
  const { columns, shared } = rowColumns(rows);
  const same = shared.map(([field, text]) => html`<li>${field.heading}: ${text === '' ? '' : value(field, text)}</li>`);
  return html`<details class="rows"><summary>${plural(rows.length, 'row')}, ${trivial} decided by the cap alone</summary>
${same.length === 0 ? undefined : html`<p class="soft">The same in every row:</p><ul class="shared">${same}</ul>`}
${shown < rows.length ? html`<p class="soft">${shown} of them, of the instances that come nearest to their bounds; all are in <code>run.json</code>.</p>` : undefined}
${scrollable(`rows of ${id}`, rowTable(groups, columns))}</details>`;
}

const value = ({ code }: RowField, text: string): Markup => (code ? html`<code>${text}</code>` : mathText(text));

function rowTable(groups: readonly [string, readonly BoundRow[]][], columns: readonly RowField[]): Markup {
  const align = (field: RowField): Markup => (field.align === 'left' ? html` class="words"` : html``);
  return html`<table class="figures">
<thead><tr>${columns.map((field) => html`<th scope="col"${align(field)}>${field.heading}</th>`)}</tr></thead>
${groups.map(
  ([instance, group]) => html`<tbody><tr><th colspan="${columns.length}">${mathText(instance)}</th></tr>
${group.map(
  (row) =>
    html`<tr${row.trivial ? html` class="trivial"` : ''}>${columns.map((field) => html`<td${align(field)}>${value(field, field.text(row))}</td>`)}</tr>\n`,
)}</tbody>`,
)}</table>`;
}

/** How tight the bounds are: a table of the largest left/bound by claim and T, and a chart for each statement. */
export function slackSection(record: RunRecord): Section | undefined {
  const lines = slackLines(record);
  if (lines.length === 0) return undefined;
  const iterations = iterationsOf(lines);
  const panels = slackPanels(lines);
  const content = html`<div class="card">
<p>Largest left side over bound of every claim that holds on all of its rows, by T. A ratio near 1 says that the bound cannot be improved
by much; the searches look for the instance where it is largest, and print the command that replays it.</p>
<div class="panels">${panels.map(({ statement, lines: own, svg }) =>
    chart(
      `largest left side over bound by T, ${statement}`,
      svg,
      html`<figcaption><ul class="key">${own.map(({ claim }, i) => html`<li>${markSample(i, false)}${claim.id}</li>`)}</ul></figcaption>`,
    ),
  )}</div>
${scrollable(
  'largest left side over bound by claim and T',
  html`<table class="heat">
<thead><tr><th scope="col">claim</th>${iterations.map((T) => html`<th scope="col" class="number">T = ${formatCount(T)}</th>`)}</tr></thead>
<tbody>${lines.map(
    ({ claim, largest }) =>
      html`<tr><th scope="row">${claimLink(claim.id)}</th>${iterations.map((T) => ratioCell(largest.get(T)))}</tr>\n`,
  )}</tbody></table>`,
)}
</div>`;
  return { id: 'tightness', title: 'Tightness', content };
}

/** The counterexamples as charts; undefined if the run has none with rows. */
export function refutationsSection(record: RunRecord): Section | undefined {
  const panels = refutationPanels(refutations(record));
  if (panels.length === 0) return undefined;
  const content = html`<div class="card"><p>Left side over bound by T, where a hypothesis or a statement is left out of account. What is above the line refutes; where a line rises,
the left side does not even fall at the rate of the bound.</p>
<div class="panels">${panels.map(({ claim, instances, svg }) =>
    chart(
      `left side over bound by T, ${claim.id}`,
      svg,
      html`<figcaption>${claimLink(claim.id)}, ${sourceText(claim.source)}: ${statementText(claim.statement)}
<ul class="key">${[...instances.keys()].map((name, i) => html`<li>${markSample(i)}<span>${mathText(name)}</span></li>`)}</ul></figcaption>`,
    ),
  )}</div></div>`;
  return { id: 'counterexamples', title: 'Counterexamples', content };
}

/** The effect of the size of sparse noise on both algorithms; undefined if the run did not check it. */
export function sizeSection({ claims }: RunRecord): Section | undefined {
  const claim = claims.find(({ id }) => id === 'sparse-noise-size');
  const svg = claim && sizeChart(claim);
  if (svg === undefined) return undefined;
  const content = html`<div class="card"><p>Noise that hits one iteration in eight with size τ. signProx stays below a bound that does not know τ; what SPGM comes to
grows with τ, of which a lower end is drawn.</p>
${chart('left sides of signProx and SPGM against the size of sparse noise', svg, html`<figcaption>${claimLink(claim!.id)}</figcaption>`)}</div>`;
  return { id: 'sparse-noise', title: 'Sparse noise', content };
}

const readings = {
  total: 'The sparse noise has the total variance of the dense one.',
  entry: 'Each entry that the sparse noise hits has the deviation that it has under the dense one.',
} as const;

/** Figure 1, with the claims about it; undefined if there is neither a drawing nor a claim. */
export function figureSection(record: RunRecord, figures: readonly FigureRecord[]): Section | undefined {
  const claims = record.claims.filter(({ source }) => source.section === '3');
  if (claims.length === 0 && figures.length === 0) return undefined;
  const drawings = figures.map((figure) =>
    chart(
      `Figure 1: normalised objective by iteration of SPGM and signProx, and the images they end with. ${readings[figure.reading]}`,
      figureSvg(figure),
      html`<figcaption>${readings[figure.reading]} Steps: ${figure.stepChoice}.</figcaption>`,
    ),
  );
  const missing = html`<p>To have it drawn here: <code>signprox figure --out reports/figure</code> and then <code>signprox report reports/run.json --figure
reports/figure/figure-1-total.json --out reports</code>.</p>`;
  const content = html`<div class="card drawing">${claims.map(
    (claim) => html`<p>${claimLink(claim.id)} ${badge(claim)} ${claim.statement}</p>`,
  )}${drawings.length === 0 ? missing : drawings}</div>`;
  return { id: 'figure-1', title: 'Figure 1', content };
}
