import { plural } from '../../claims/text.js';
import { type Block, type Cell, type Row, type Section, tableOf } from '../document.js';
import { arrangementOf } from '../formats/format-names.js';
import { exitMeanings, isTrouble } from '../record/outcome.js';
import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { subjectsOf } from '../record/subjects.js';
import { badge, legend, upright } from '../sections/claim.js';
import { byClaim, failureDetails, functionsByClaim, subjectCell, subjectTones } from '../sections/subjects.js';
import { outcomeCard } from '../sections/verdict.js';
import { verdictLabel } from '../view/claims.js';
import {
  type Beside,
  type ClaimBeside,
  claimsBeside,
  letterOf,
  propertiesBeside,
  subjectsBeside,
} from '../view/side-by-side.js';
import { exitText, failedSubjects, legendOf, type PropertyCell, signOf } from '../view/subjects.js';
import { words } from './blocks.js';
import { claimDetails, type LedgerEntry, ledgerSection } from './html-ledger.js';
import { page } from './html-page.js';
import { html } from './markup.js';

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

function runsSection(records: readonly RunRecord[], entries: readonly LedgerEntry[]): Section {
  const failed = records.filter(({ exitCode }) => exitCode !== 0).length;
  const apart = entries.filter(({ labels }) => labels.includes(differs)).length;
  const rows = records.map((record, run): Row => {
    const { depth, seed, command } = record;
    const wide = [outcome(record), { code: command }].map((cell) => ({ cell, class: 'wide' }));
    return [{ strong: letterOf(run) }, nameOf(record), wide[0], depth, seed, wide[1]];
  });
  const link = { to: 'ledger', verdict: differs, says: plural(apart, 'claim') };
  const paragraph = [link, ` of ${entries.length} ${apart === 1 ? 'is' : 'are'} not the same in all.`];
  const table = tableOf('the runs', ['run', 'implementation', 'found', 'depth', 'seed', 'command'], rows);
  const card = outcomeCard(failed, plural(records.length, 'run'), [{ paragraph }, table]);
  return { id: 'verdict', title: 'Runs', blocks: [card] };
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
    body: found.flatMap((own, run) => (own === undefined ? [] : [details(own, run)])),
  };
}

const details = (claim: ClaimRecord, run: number): Block => ({
  summary: [{ strong: letterOf(run) }, ' ', badge(claim)],
  details: claimDetails(claim),
  class: 'run',
  open: isTrouble(claim),
});

/** Functions by method, a column for each run, and below a paragraph for each that fails. */
function subjectsBesideSection(records: readonly RunRecord[]): Section | undefined {
  const tables = subjectsBeside(records);
  if (tables.length === 0) return undefined;
  const letters = records.map((_, run) => letterOf(run));
  const all = records.map((record) => subjectsOf(record).subjects);
  const failed = all.map(failedSubjects);
  const anchor = (run: number, i: number): string => `subject-${letterOf(run)}${i + 1}`;
  const anchors = failed.map((own, run) => new Map(own.map(({ subject }, i) => [subject, anchor(run, i)])));
  const grids = tables.map(({ title, columns, rows }): Block => {
    const head = columns.flatMap((method) => letters.map((letter) => upright(`${method} ${letter}`)));
    const cells = rows.map(
      ({ label, cell }): Row => [
        label,
        ...columns.flatMap((of) =>
          cell(of).map((subject, run) =>
            subjectCell(`${of} ${letters[run]}`, subject, anchors[run]!, `${letters[run]}, `),
          ),
        ),
      ],
    );
    return tableOf(`${title}s by method and run`, [title, ...head], cells, 'subjects');
  });
  const below = records.flatMap(({ implementation: { name } }, run) => {
    const count = failed[run]!.length;
    return count === 0 ? [] : [{ id: anchor(run, 0), title: `${letters[run]}: ${name}`, count }];
  });
  const failures = records.flatMap((record, run) =>
    failed[run]!.map((subject, i) => failureDetails(subject, anchor(run, i), record, i < 3, `${letters[run]}: `)),
  );
  const card = [
    { group: grids, class: 'grids' },
    { list: legendOf(all.flat()), class: 'legend' },
  ];
  return { id: 'functions', title: 'Functions', below, blocks: [{ card }, ...failures] };
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
