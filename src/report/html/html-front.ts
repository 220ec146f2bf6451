import { claimChart } from '../charts/finding-chart.js';
import { type Strip, sparkline, stripChart } from '../charts/front-charts.js';
import { iterationLabel } from '../charts/plot.js';
import { sizeChart } from '../charts/size-chart.js';
import { boundRatio } from '../record/outcome.js';
import type { RunRecord } from '../record/run-record.js';
import { intervalText, kindOf, ratioInterval } from '../view/bounds.js';
import type { FindingTable } from '../view/findings/finding-source.js';
import { type Ground, groundLines, headlines, judged, type MapCell, mapRows, type Need } from '../view/findings/map.js';
import { type PaperFinding, paperFindings } from '../view/findings/paper-findings.js';
import { formatCount, formatOutwards } from '../wording/format-number.js';
import type { Section } from './html-page.js';
import { badge, chart, claimAnchor, claimLink, claimLinks, inlineSvg, markSample, scrollable } from './html-parts.js';
import { html, type Markup, mathText } from './markup.js';

/** The sentences about the paper that all of their claims confirm in this run. */
export function headlineTexts(record: RunRecord): string[] {
  return headlines.filter(({ grounds }) => judged(grounds, record).standing === 'confirmed').map(({ text }) => text);
}

const tones: Readonly<Record<Need, string>> = {
  needed: 'note',
  'not needed': 'good',
  corrected: 'warn',
  open: 'mute',
};

/** What each theorem needs, with the counterexamples, and how far its bound is from what is attained; undefined if the run judged none of it. */
export function mapSection(record: RunRecord): Section | undefined {
  const cells = mapRows.flatMap(({ theorems }) => theorems);
  if (cells.every(({ grounds }) => judged(grounds, record).standing === 'not run')) return undefined;
  const table = html`<table class="map">
<thead><tr><th scope="col">hypothesis or choice</th><th scope="col">Theorem 1, SPGM</th><th scope="col">Theorem 2, signProx</th></tr></thead>
<tbody>${mapRows.map(
    ({ name, theorems }) =>
      html`<tr><th scope="row">${mathText(name)}</th>${theorems.map((cell) => mapCell(cell, record))}</tr>\n`,
  )}</tbody></table>`;
  const strips = [1, 2].map((theorem) => strip(theorem, record));
  const content = html`<div class="card front"><div>
<p class="soft">Each word leads to its counterexample, or to the claim that does without. Lines are left/bound over T; above the dashes, 1, the bound is exceeded. Numbers are the largest: exact, enclosed, or an interval of replicates, which misses the mean with probability 10⁻³.</p>
${table}</div>
<div class="strips">${strips}</div></div>`;
  return { id: 'map', title: 'What the theorems need', content };
}

function mapCell({ word, note, grounds }: MapCell, record: RunRecord): Markup {
  const { standing, claims } = judged(grounds, record);
  if (standing === 'not run') return html`<td><span class="badge mute">not run</span></td>`;
  if (standing === 'not confirmed') {
    const wrong = claims.filter(
      (claim) =>
        judged(
          grounds.filter((ground) => ground.claim === claim.id),
          { claims: [claim] },
        ).standing !== 'confirmed',
    );
    return html`<td>${wrong.map((claim) => html`<a href="#${claimAnchor(claim.id)}">${badge(claim)}</a> `)}<span class="soft">“${word}” is not confirmed</span></td>`;
  }
  const drawn = drawnGround({ word, grounds });
  const lines = groundLines(drawn, claims.find(({ id }) => id === drawn.claim)!);
  const largest = largestIn({ word, grounds }, record);
  return html`<td><a class="badge ${tones[word]}" href="#${claimAnchor(grounds[0]!.claim)}">${word}</a>${spark(lines)}${largest === undefined ? undefined : html` <span class="soft">${largest}</span>`}${note === undefined ? undefined : html`<p class="soft">${mathText(note)}</p>`}</td>`;
}

/** The ground whose left/bound a cell shows. */
const drawnGround = ({ word, grounds }: Pick<MapCell, 'word' | 'grounds'>): Ground =>
  grounds.find(({ found }) => found === (word === 'needed' || word === 'open' ? 'needed' : 'holds'))!;

/** The largest left/bound of a cell that the run confirms, in words; undefined without rows. */
export function largestIn(cell: MapCell, { claims }: RunRecord): string | undefined {
  const drawn = drawnGround(cell);
  return extreme(drawn, groundLines(drawn, claims.find(({ id }) => id === drawn.claim)!));
}

type Lines = ReturnType<typeof groundLines>;

const ratiosOf = (rows: Lines[number]) => rows.map((row) => [row.iterations, boundRatio(row)] as const);

function spark(lines: Lines): Markup | undefined {
  if (lines.length === 0) return undefined;
  return html` <span class="spark" aria-hidden="true">${inlineSvg(sparkline(lines.map(ratiosOf)))}</span>`;
}

/**
 * The largest left/bound in words, with its kind: `3.3 at T = 100, exact`, or `≤ 0.86, enclosed`, and of which bound if it is not the paper's; undefined
 * without rows. Of replicates it is an interval. A counterexample is the row that exceeds its bound most for sure, and what holds the one that may come
 * nearest: so both are rounded away from what they would show.
 */
function extreme({ found, bound }: Ground, lines: Lines): string | undefined {
  const rows = lines.flat();
  if (rows.length === 0) return undefined;
  const end = found === 'holds' ? 1 : 0;
  const worst = rows.reduce((most, row) => (ratioInterval(row)[end] > ratioInterval(most)[end] ? row : most));
  const kind = kindOf(worst);
  const interval = ratioInterval(worst);
  const of = bound === undefined ? '' : ` of ${bound}`;
  if (found === 'holds') {
    return `${kind === 'interval' ? intervalText(interval) : `≤ ${formatOutwards(interval[1], 'up')}`}${of}, ${kind}`;
  }
  const ratio = kind === 'interval' ? intervalText(interval) : formatOutwards(interval[0], 'down');
  return `${ratio}${of} at T = ${iterationLabel(worst.iterations)}, ${kind}`;
}

/** The family of instances that comes nearest to the bound of a theorem of the paper, as an axis from 0 to 1. */
function strip(theorem: number, { claims }: RunRecord): Markup | undefined {
  const claim = claims.find(({ id, outcome }) => id === `theorem-${theorem}-sharp-tight` && outcome === 'pass');
  const prefix = `Theorem ${theorem} itself: `;
  const rows = (claim?.evidence.rows ?? []).filter(({ instance }) => instance.startsWith(prefix));
  const last = rows.at(-1);
  if (claim === undefined || last?.sharpBound === undefined) return undefined;
  const drawn: Strip = { sharp: last.sharpBound / last.bound, family: ratiosOf(rows) };
  const [sharp, best] = [drawn.sharp, boundRatio(last)].map((value) => value.toFixed(3));
  return html`<section><h3>Theorem ${theorem}</h3>
${chart(
  `axis from 0 to 1: bound of the paper 1, sharpened bound ${sharp}, left side ${best}`,
  stripChart(drawn),
  html`<figcaption>On ${mathText(last.instance.slice(prefix.length))} at T = ${formatCount(last.iterations)} the sharpened bound is ${sharp} of the paper's, and the
left side ${best} of it: ${claimLink(claim.id)}.</figcaption>`,
)}</section>
`;
}

/** The findings of the run about the paper: the main ones as cards, the others by theme; undefined if there are none, as in most runs on other implementations. */
export function findingsSection(record: RunRecord): Section | undefined {
  const findings = paperFindings(record).map((finding) => ({ ...finding, anchor: findingAnchor(finding) }));
  if (findings.length === 0) return undefined;
  const cards = findings.flatMap((finding) => {
    const drawn = picture(finding, record);
    return drawn === undefined ? [] : [{ finding, drawn }];
  });
  const others = findings.filter((finding) => !cards.some((one) => one.finding === finding));
  const themes = [...new Set(others.map(({ theme }) => theme))];
  const content = html`${
    cards.length === 0
      ? undefined
      : html`<div class="cards">${cards.map(
          ({ finding, drawn }) => html`<section class="card"><h3>${mathText(finding.title)}</h3>
${drawn}
<details class="finding"><summary>How far, and how it is known</summary>${findingBody(finding)}</details></section>
`,
        )}</div>`
  }
<div class="card findings">${themes.map((theme) => {
    const own = others.filter((finding) => finding.theme === theme);
    return html`<details class="theme"><summary>${theme} <span class="soft">${own.length}</span></summary>
${own.map(
  (finding) => html`<details class="finding"><summary>${mathText(finding.title)}</summary>
${findingBody(finding)}</details>
`,
)}</details>
`;
  })}</div>`;
  return { id: 'findings', title: 'Found about the paper', content };
}

/** The same as in docs/findings.md, and in every report. */
export const findingAnchor = ({ title }: PaperFinding): string => /^F\d+/.exec(title)![0].toLowerCase();

function findingBody({
  anchor,
  text,
  basis,
  claims,
  table,
  about,
}: PaperFinding & { readonly anchor: string }): Markup {
  return html`<div class="body" id="${anchor}"><p>${mathText(text)}</p><p class="soft">${mathText(basis)} ${claimLinks(claims)}</p>${about === undefined ? undefined : html`<p class="soft">Instances: ${mathText(about)}</p>`}${table === undefined ? undefined : figures(table)}</div>`;
}

function figures({ headings, rows }: FindingTable): Markup {
  return scrollable(
    'instances of the finding',
    html`<table><thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${mathText(cell)}</td>`)}</tr>\n`)}</tbody></table>`,
  );
}

/** The picture of a main finding: left/bound of its claim by T, or its own chart. */
function picture({ picture: id }: PaperFinding, { claims }: RunRecord): Markup | undefined {
  const claim = claims.find((one) => one.id === id);
  if (claim === undefined) return undefined;
  const svg = sizeChart(claim);
  if (svg !== undefined) return chart('left sides of signProx and SPGM against the size of sparse noise', svg);
  const drawn = claimChart(claim);
  if (drawn === undefined) return undefined;
  return chart(
    `left side over bound by T, ${claim.id}`,
    drawn.svg,
    html`<figcaption><ul class="key">${drawn.names.map((name, i) => html`<li>${markSample(i)}<span>${mathText(name)}</span></li>`)}</ul></figcaption>`,
  );
}
