import { plural } from '../../claims/text.js';
import { type Cell, type Row, type Section, tableOf } from '../document.js';
import { arrangementOf } from '../formats/format-names.js';
import { exitMeanings, isTrouble } from '../record/outcome.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { subjectsOf } from '../record/subjects.js';
import { badge, legend } from '../sections/claim.js';
import { verdictLabel } from '../view/claims.js';
import {
  type Beside,
  type BesideTable,
  type ClaimBeside,
  claimsBeside,
  letterOf,
  propertiesBeside,
  subjectsBeside,
} from '../view/side-by-side.js';
import { exitText, failedSubjects, legendOf, type PropertyCell, type Subject, signOf } from '../view/subjects.js';
import { blocks, scrollable, words } from './blocks.js';
import { claimDetails, type LedgerEntry, ledgerSection } from './html-ledger.js';
import { type PageSection, page } from './html-page.js';
import { byClaim, faultParagraph, functionsByClaim, subjectTones } from './html-subjects.js';
import { outcomeCard } from './html-verdict.js';
import { html, type Markup } from './markup.js';

/** The filter word of claims on which runs disagree. */
const differs = 'not the same in all';

/** Several runs as one page: each function and each claim with the result of every run. */
export function htmlComparison(records: readonly RunRecord[]): string {
  const [{ suite }] = records as readonly [RunRecord];
  const names = records.map(({ implementation: { name } }) => name).join(', ');
  const entries = claimsBeside(records).map(entry);
  const sections = [
    runsSection(records, entries),
    subjectsBesideSection(records),
    propertiesBesideSection(records),
    ledgerSection(entries),
    legend,
  ];
  return page(
    `${suite.name}: ${names}`,
    'Several implementations, checked by the statements of the paper, side by side.',
    sections.filter((section) => section !== undefined),
    html`<p class="soft">Numbers of two runs can be compared where depth and seed are the same: then both were asked the same questions.</p>`,
  );
}

function runsSection(records: readonly RunRecord[], entries: readonly LedgerEntry[]): PageSection {
  const failed = records.filter(({ exitCode }) => exitCode !== 0).length;
  const apart = entries.filter(({ labels }) => labels.includes(differs)).length;
  const rows = records.map((record, run): Row => {
    const { depth, seed, command } = record;
    const wide = [outcome(record), { code: command }].map((cell) => ({ cell, class: 'wide' }));
    return [{ strong: letterOf(run) }, nameOf(record), wide[0], depth, seed, wide[1]];
  });
  const link = html`<p><a href="#ledger" data-verdict="${differs}">${plural(apart, 'claim')}</a> of ${entries.length} ${apart === 1 ? 'is' : 'are'} not the same in all.</p>`;
  const table = tableOf('the runs', ['run', 'implementation', 'found', 'depth', 'seed', 'command'], rows);
  return { id: 'verdict', title: 'Runs', blocks: [outcomeCard(failed, plural(records.length, 'run'), [link, table])] };
}

const nameOf = ({ implementation: { name, version, language, dtype } }: RunRecord): string =>
  `${name} ${version}, ${language}, ${dtype}`;

function outcome(record: RunRecord): string {
  const said =
    arrangementOf(record) === 'claims' ? exitMeanings[record.exitCode] : exitText(record, subjectsOf(record).subjects);
  return `exit ${record.exitCode}: ${said}`;
}

function entry({ claim, found }: ClaimBeside): LedgerEntry {
  const labels = found.flatMap((own) => (own === undefined ? [] : [verdictLabel(own)]));
  const same = found.every((own) => own?.outcome === claim.outcome && own.evidence.verdict === claim.evidence.verdict);
  return {
    claim,
    labels: same ? labels : [...labels, differs],
    open: false,
    line: html`<span class="beside">${found.map(
      (own, run) =>
        html`<span><b>${letterOf(run)}</b> ${own === undefined ? html`<span class="soft">not asked</span>` : words(badge(own))}</span> `,
    )}</span>`,
    body: html`${found.map((own, run) => details(own, run))}`,
  };
}

function details(claim: ClaimRecord | undefined, run: number): Markup | undefined {
  if (claim === undefined) return undefined;
  return html`<details class="run"${isTrouble(claim) ? ' open' : ''}><summary><b>${letterOf(run)}</b> ${words(badge(claim))}</summary>
${claimDetails(claim)}</details>`;
}

/** Functions by method, a column for each run, and below a paragraph for each that fails. */
function subjectsBesideSection(records: readonly RunRecord[]): PageSection | undefined {
  const tables = subjectsBeside(records);
  if (tables.length === 0) return undefined;
  const all = records.map((record) => subjectsOf(record).subjects);
  const failed = all.map(failedSubjects);
  const content = html`<div class="card"><div class="grids">${tables.map(gridTable)}</div>
${blocks([{ list: legendOf(all.flat()), class: 'legend' }])}</div>
${records.map((record, run) =>
  failed[run]!.map((subject, i) =>
    faultParagraph(subject, `subject-${letterOf(run)}${i + 1}`, record, { run: letterOf(run), open: i < 3 }),
  ),
)}`;
  const below = records.flatMap(({ implementation }, run) =>
    failed[run]!.length === 0
      ? []
      : [
          {
            id: `subject-${letterOf(run)}1`,
            title: `${letterOf(run)}: ${implementation.name}`,
            count: failed[run]!.length,
          },
        ],
  );
  return { id: 'functions', title: 'Functions', below, blocks: [content] };
}

function gridTable({ title, columns, rows }: BesideTable<Subject>): Markup {
  const runs = rows[0]!.cell(columns[0]!).length;
  const letters = Array.from({ length: runs }, (_, run) => letterOf(run));
  const table = html`<table class="subjects ${title}"><thead><tr><th scope="col">${title}</th>${columns.map(
    (method) => html`<th scope="colgroup" colspan="${runs}">${method}</th>`,
  )}</tr>
<tr><td></td>${columns.map(() => letters.map((letter) => html`<th scope="col">${letter}</th>`))}</tr></thead>
<tbody>${rows.map(
    ({ label, cell }) =>
      html`<tr><th scope="row">${label}</th>${columns.map((method) => cell(method).map(subjectCell))}</tr>\n`,
  )}</tbody></table>`;
  return scrollable(`${title}s by method and run`, table);
}

function subjectCell(subject: Subject | undefined, run: number): Markup {
  if (subject === undefined) return html`<td></td>`;
  const { verdict } = subject;
  return html`<td class="${subjectTones[verdict]}" title="${letterOf(run)}, ${subject.subject}: ${verdict}"><span aria-hidden="true">${signOf(subject)}</span><span class="aloud">${verdict}</span></td>`;
}

/** Functions by claim, with a sign for each run. */
function propertiesBesideSection(records: readonly RunRecord[]): Section | undefined {
  const { columns, rows } = propertiesBeside(records);
  if (columns.length === 0) return undefined;
  const letters = records.map((_, run) => letterOf(run)).join(' ');
  const paragraph = `What each run found about a function by claim, in the order ${letters}; · stands where one was not asked.`;
  const cells = rows.map(({ label, cell }): Row => [label, ...columns.map((id) => propertyCell(cell(id)))]);
  return { ...byClaim, blocks: [{ card: [{ paragraph }, functionsByClaim(columns, cells)] }] };
}

/** A cell says only once that all runs are right. */
function propertyCell(found: Beside<PropertyCell>): Cell {
  if (found.every((cell) => cell === undefined)) return '';
  if (found.every((cell) => cell?.outcome === 'right')) return { cell: '✓', class: 'good' };
  const signs = found.map((cell, run) => {
    if (cell === undefined) return { sign: '·', tone: 'mute' };
    const { outcome, subject } = cell;
    const title = `${letterOf(run)}, ${subject}: ${outcome}`;
    return { sign: signOf({ verdict: outcome }), tone: subjectTones[outcome], title };
  });
  return { cell: signs, class: 'signs' };
}
