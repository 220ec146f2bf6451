import { plural } from '../../claims/text.js';
import { heatCell, type Row, type Section } from '../document.js';
import { failingRows } from '../record/sweep-record.js';
import { outcomeCard } from '../sections/verdict.js';
import {
  falseAlarmText,
  type RatioLine,
  type SweepGroup,
  type SweepResult,
  sweepColumns,
  sweepEntries,
  sweepGroups,
  sweepVerdict,
  whyFailing,
} from '../view/sweeps.js';
import { formatCount } from '../wording/format-number.js';
import { type PageSection, page } from './html-page.js';
import { html } from './markup.js';

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

function verdictSection(sweep: SweepResult): PageSection {
  const failing = failingRows(sweep.rows, sweep.header.strict === true);
  const why = failing.length === 0 ? [] : [{ list: whyFailing(failing) }];
  const card = outcomeCard(failing.length, plural(sweep.rows.length, 'row'), [
    { paragraph: [`${sweepVerdict(sweep).text}.`, falseAlarmText(sweep.rows) ?? ''].join(' ').trim() },
    ...why,
  ]);
  return { id: 'verdict', title: 'Verdict', blocks: [card] };
}

/** The label of a line: the theorem and problem if they have one line, else γ and B. */
const nameOf = ({ subject, lines }: SweepGroup, { setting }: RatioLine): string =>
  lines.length === 1 ? subject : setting;

function heatSection(all: readonly SweepGroup[], iterations: readonly number[]): Section {
  const head = ['left/bound', ...iterations.map((T) => ({ cell: `T = ${formatCount(T)}`, class: 'number' }))];
  const groups = all.map((group) => ({
    ...(group.lines.length > 1 && { title: group.subject }),
    rows: group.lines.map((line): Row => [nameOf(group, line), ...iterations.map((T) => heatCell(line.ratios.get(T)))]),
  }));
  const paragraph =
    'Left side over bound: the stronger the colour, the nearer the left side comes to its bound. Above 1 the theorem is refuted; where nothing stands, it says nothing or the row could not be decided.';
  const table = { label: 'left side over bound', class: 'heat', head, groups };
  return { id: 'heat', title: 'Heat map', blocks: [{ card: [{ paragraph }, { table }] }] };
}

function chartsSection(groups: readonly SweepGroup[], iterations: readonly number[]): Section {
  const all = groups.flatMap((group) => {
    const drawn = group.lines.filter(({ ratios }) => ratios.size > 0);
    const count = Math.ceil(drawn.length / mostLines);
    return Array.from({ length: count }, (_, i) => ({
      group,
      title: count === 1 ? group.subject : `${group.subject} (${i + 1} of ${count})`,
      lines: drawn.slice(i * mostLines, (i + 1) * mostLines),
    }));
  });
  const panels = all.slice(0, mostPanels).map(({ group, title, lines }) => ({
    label: `left side over bound by T, ${title}`,
    ratios: { title, lines: lines.map(({ ratios }) => [...ratios]), iterations },
    ...(group.lines.length > 1 && { key: lines.map((line) => nameOf(group, line)) }),
  }));
  const paragraph = `The first ${mostPanels} of ${all.length} charts; the heat map has them all.`;
  const cut = all.length > mostPanels ? [{ paragraph, class: 'soft' }] : [];
  return { id: 'charts', title: 'Charts', blocks: [{ card: [{ panels }, ...cut] }] };
}

function rowsSection({ rows }: SweepResult, all: readonly SweepGroup[]): Section {
  const cellOf = (cell: string, column: number) =>
    sweepColumns[column]!.align === 'right' ? cell : { cell, class: 'words' };
  const head = sweepColumns.map(({ title }, column) => cellOf(title, column));
  const groups = all.map(({ subject, lines }) => ({
    title: subject,
    rows: lines.flatMap((line) => line.rows.map((row) => sweepEntries(row).map(cellOf))),
  }));
  const table = { table: { label: 'the rows', class: 'figures', head, groups } };
  const folded = { summary: plural(rows.length, 'row'), details: [table], class: 'rows' };
  return { id: 'rows', title: 'Rows', blocks: [{ card: [rows.length <= mostRows ? table : folded] }] };
}
