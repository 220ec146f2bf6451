import { plural } from '../../claims/text.js';
import { panelTitle } from '../charts/plot.js';
import { ratioPanel } from '../charts/ratio-panel.js';
import { failingRows } from '../record/sweep-record.js';
import {
  type RatioLine,
  type SweepGroup,
  type SweepResult,
  sweepColumns,
  sweepEntries,
  sweepGroups,
  sweepSummary,
  whyFailing,
} from '../view/sweeps.js';
import { formatCount } from '../wording/format-number.js';
import { page, type Section } from './html-page.js';
import { chart, markSample, outcomeCard, ratioCell, scrollable } from './html-parts.js';
import { html, type Markup } from './markup.js';

/** Largest number of charts: nobody looks at more, and they would make the page slow. */
const mostPanels = 60;
/** Largest number of lines in one chart: more are hard to follow. */
const mostLines = 4;
/** If there are more rows than this, they are folded. */
const mostRows = 200;

/** The rows of a sweep as one page: their verdicts, a heat map and charts of left/bound, and the numbers. */
export function htmlSweep(sweep: SweepResult): string {
  const { header } = sweep;
  const groups = sweepGroups(sweep);
  return page(
    `signprox bounds: ${plural(sweep.rows.length, 'row')}`,
    'Left sides of theorems against their bounds, on a grid of problems, steps, mini-batches and T.',
    [
      verdictSection(sweep),
      heatSection(groups, header.iterations),
      chartsSection(groups, header.iterations),
      rowsSection(sweep, groups),
    ],
    html`<p class="soft">Version ${header.version}, depth ${header.depth}, seed ${header.seed}: <code>${header.command}</code></p>`,
  );
}

function verdictSection(sweep: SweepResult): Section {
  const strict = sweep.header.strict === true;
  const failing = failingRows(sweep.rows, strict);
  const more = html`<p>${sweepSummary(sweep)}.</p>
${failing.length === 0 ? undefined : html`<ul>${whyFailing(failing).map((why) => html`<li>${why}</li>`)}</ul>`}`;
  return {
    id: 'verdict',
    title: 'Verdict',
    content: outcomeCard(failing.length, plural(sweep.rows.length, 'row'), more),
  };
}

/** The label of a line: the theorem and problem if they have one line, else γ and B. */
const nameOf = ({ subject, lines }: SweepGroup, { setting }: RatioLine): string =>
  lines.length === 1 ? subject : setting;

function heatSection(groups: readonly SweepGroup[], iterations: readonly number[]): Section {
  const lineRow = (group: SweepGroup, line: RatioLine): Markup =>
    html`<tr><th scope="row">${nameOf(group, line)}</th>${iterations.map((T) => ratioCell(line.ratios.get(T)))}</tr>\n`;
  const body = groups.map(
    (group) =>
      html`${group.lines.length === 1 ? undefined : html`<tr><th colspan="${iterations.length + 1}" scope="rowgroup">${group.subject}</th></tr>\n`}${group.lines.map((line) => lineRow(group, line))}`,
  );
  const table = html`<table class="heat">
<thead><tr><th scope="col">left/bound</th>${iterations.map((T) => html`<th scope="col" class="number">T = ${formatCount(T)}</th>`)}</tr></thead>
<tbody>${body}</tbody></table>`;
  const content = html`<div class="card"><p>Left side over bound: the stronger the colour, the nearer the left side comes to its bound. Above 1 the theorem is refuted; where nothing stands, it says nothing
or the row could not be decided.</p>
${scrollable('left side over bound', table)}</div>`;
  return { id: 'heat', title: 'Heat map', content };
}

function chartsSection(groups: readonly SweepGroup[], iterations: readonly number[]): Section {
  const panels = groups.flatMap((group) => {
    const drawn = group.lines.filter(({ ratios }) => ratios.size > 0);
    const count = Math.ceil(drawn.length / mostLines);
    return Array.from({ length: count }, (_, i) => ({
      group,
      title: count === 1 ? group.subject : `${group.subject} (${i + 1} of ${count})`,
      lines: drawn.slice(i * mostLines, (i + 1) * mostLines),
    }));
  });
  const shown = panels.slice(0, mostPanels).map(({ group, title, lines }) => {
    const svg = ratioPanel({
      title: panelTitle(title),
      subtitle: 'left / bound by T',
      lines: lines.map(({ ratios }) => ratios),
      joined: true,
      iterations,
    });
    const key = html`<figcaption><ul class="key">${lines.map((line, i) => html`<li>${markSample(i)}${nameOf(group, line)}</li>`)}</ul></figcaption>`;
    return chart(`left side over bound by T, ${title}`, svg, group.lines.length === 1 ? undefined : key);
  });
  const cut =
    panels.length > mostPanels
      ? html`<p class="soft">The first ${mostPanels} of ${panels.length} charts; the heat map has them all.</p>`
      : undefined;
  const content = html`<div class="card"><div class="panels">${shown}</div>${cut}</div>`;
  return { id: 'charts', title: 'Charts', content };
}

const words = (column: number): Markup => (sweepColumns[column]!.align === 'right' ? html`` : html` class="words"`);

function rowsSection({ rows }: SweepResult, groups: readonly SweepGroup[]): Section {
  const table = html`<table class="figures">
<thead><tr>${sweepColumns.map(({ title }, i) => html`<th scope="col"${words(i)}>${title}</th>`)}</tr></thead>
<tbody>${groups.map(
    ({ subject, lines }) =>
      html`<tr><th colspan="${sweepColumns.length}" scope="rowgroup">${subject}</th></tr>
${lines.flatMap((line) => line.rows.map((row) => html`<tr>${sweepEntries(row).map((entry, i) => html`<td${words(i)}>${entry}</td>`)}</tr>\n`))}`,
  )}</tbody></table>`;
  const inner = scrollable('the rows', table);
  const content =
    rows.length <= mostRows
      ? html`<div class="card">${inner}</div>`
      : html`<div class="card"><details class="rows"><summary>${plural(rows.length, 'row')}</summary>${inner}</details></div>`;
  return { id: 'rows', title: 'Rows', content };
}
