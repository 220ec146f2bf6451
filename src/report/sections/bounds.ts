import type { BoundRow } from '../../claims/evidence.js';
import { plural } from '../../claims/text.js';
import { boundPanels } from '../charts/bound-chart.js';
import { type Block, heatCell, type Row, type Section, type Table, tableOf } from '../document.js';
import { sourceText } from '../record/paper-sections.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import {
  byInstance,
  fitRate,
  iterationsOf,
  nearestInstances,
  type RowField,
  refutations,
  rowColumns,
  rowFields,
  type SlackLine,
  slackLines,
} from '../view/bounds.js';
import { formatCount, formatNumber } from '../wording/format-number.js';
import { badge } from './claim.js';
import { refutationCharts, slackCharts } from './ratio-charts.js';

/** What the columns of all tables of rows mean, once for a page. */
export const columnMeanings: Block = {
  summary: 'The columns of the tables of rows',
  details: [{ list: rowFields.map(({ heading, meaning }) => [{ strong: heading }, `: ${meaning}`]) }],
};

/** The statement of a claim with its place in the paper, and its bounds as charts. */
export const boundCard = (claim: ClaimRecord): Block => ({
  card: [
    { heading: [{ claim: claim.id }, ' ', badge(claim)] },
    { paragraph: [{ soft: `${sourceText(claim.source)}:` }, ' ', { statement: claim.statement }] },
    ...boundCharts(claim.evidence.rows ?? [], 1),
  ],
  class: 'theorem',
});

/** Largest number of panels of a claim among the claims: a page with all of them would be twice as large. */
const mostPanels = 2;

/** Left sides and bounds over T, a panel for each of the instances that come nearest to their bounds. */
function boundCharts(rows: readonly BoundRow[], most: number): Block[] {
  const panels = boundPanels(rows, most);
  const all = byInstance(rows).size;
  const chosen =
    panels.length === 1 ? 'one that comes nearest to its bound' : `${panels.length} that come nearest to their bounds`;
  return [
    ...(panels.length < all ? [{ paragraph: `Of ${all} instances the ${chosen}.`, class: 'soft' }] : []),
    { panels: panels.map(({ instance, svg }) => ({ label: `left side and bounds over T, ${instance}`, svg })) },
  ];
}

/** The bounds of a claim among the claims: its charts and, closed, its rows. */
export const boundDetails = (id: string, rows: readonly BoundRow[]): Block[] => [
  { paragraph: { to: 'bounds', says: 'What the marks mean' }, class: 'soft' },
  ...boundCharts(rows, mostPanels),
  rowDetails(id, rows),
];

/** Largest number of a claim's instances whose rows are on the page. */
const mostInstances = 3;

function rowDetails(id: string, rows: readonly BoundRow[]): Block {
  const groups = nearestInstances(rows, mostInstances);
  const shown = groups.flatMap(([, group]) => group).length;
  const { columns, shared } = rowColumns(rows);
  const same = shared.map(([field, text]) => [`${field.heading}: `, text === '' ? '' : textOf(field, text)]);
  const cut = `${shown} of them, of the instances that come nearest to their bounds; all are in `;
  return {
    summary: `${plural(rows.length, 'row')}, ${rows.filter((row) => row.trivial).length} decided by the cap alone`,
    details: [
      ...(same.length === 0
        ? []
        : [
            { paragraph: 'The same in every row:', class: 'soft' },
            { list: same, class: 'shared' },
          ]),
      ...(shown < rows.length ? [{ paragraph: [cut, { code: 'run.json' }, '.'], class: 'soft' }] : []),
      { table: rowTable(`rows of ${id}`, groups, columns) },
    ],
    class: 'rows',
  };
}

const textOf = ({ code }: RowField, text: string) => (code ? { code: text } : { math: text });

function rowTable(
  label: string,
  groups: readonly [string, readonly BoundRow[]][],
  columns: readonly RowField[],
): Table {
  const classOf = ({ align }: RowField, row?: BoundRow) =>
    [align === 'left' && 'words', row?.trivial && 'trivial'].filter(Boolean).join(' ');
  return {
    label,
    class: 'figures',
    head: columns.map((field) => ({ cell: field.heading, class: classOf(field) })),
    groups: groups.map(([instance, group]) => ({
      title: { math: instance },
      rows: group.map((row) =>
        columns.map((field) => ({ cell: textOf(field, field.text(row)), class: classOf(field, row) })),
      ),
    })),
  };
}

/** All rows of a claim with all their fields, a table for each instance below its name and its rate. */
export const allRows = ({ evidence: { rows = [] } }: ClaimRecord): Block[] =>
  [...byInstance(rows)].flatMap(([instance, group]): Block[] => {
    const fit = fitRate(group);
    const slope = fit === undefined ? '' : ` (fitted exponent ${formatNumber(fit.slope)}, reference −1/2)`;
    const cells = group.map((row): Row => rowFields.map((field) => textOf(field, field.text(row))));
    return [
      { paragraph: [{ strong: instance }, slope] },
      tableOf(
        `rows of ${instance}`,
        rowFields.map(({ heading }) => heading),
        cells,
      ),
    ];
  });

/** The largest left/bound of every claim, by T. */
export function slackTable(lines: readonly SlackLine[]): Block {
  const iterations = iterationsOf(lines);
  return tableOf(
    'largest left side over bound by claim and T',
    ['claim', ...iterations.map((T) => ({ cell: `T = ${formatCount(T)}`, class: 'number' }))],
    lines.map(({ claim, largest }) => [{ claim: claim.id }, ...iterations.map((T) => heatCell(largest.get(T)))]),
    'heat',
  );
}

/** How tight the bounds are: a chart for each statement, and the table. */
export function slackSection(record: RunRecord): Section | undefined {
  const lines = slackLines(record);
  if (lines.length === 0) return undefined;
  const paragraph =
    'Largest left side over bound of every claim that holds on all of its rows, by T. A ratio near 1 says that the bound cannot be improved by much.';
  return {
    id: 'tightness',
    title: 'Tightness',
    blocks: [{ card: [{ paragraph }, { panels: slackCharts(lines) }, slackTable(lines)] }],
  };
}

/** The counterexamples as charts; undefined if the run has none with rows. */
export function refutationsSection(record: RunRecord): Section | undefined {
  const panels = refutationCharts(refutations(record));
  if (panels.length === 0) return undefined;
  const paragraph =
    'Left side over bound by T, where a hypothesis or a statement is left out of account. What is above the line refutes; where a line rises, the left side does not even fall at the rate of the bound.';
  return { id: 'counterexamples', title: 'Counterexamples', blocks: [{ card: [{ paragraph }, { panels }] }] };
}
