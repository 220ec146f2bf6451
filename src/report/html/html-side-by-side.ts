import type { RunRecord } from '../record/run-record.js';
import { subjectsOf } from '../record/subjects.js';
import type { PropertyCell } from '../wording/function-properties.js';
import { type Beside, type BesideTable, letterOf, propertiesBeside, subjectsBeside } from '../wording/side-by-side.js';
import { failedSubjects, legendOf, type Subject, signOf } from '../wording/subject-words.js';
import { claimLink } from './html-badge.js';
import type { Section } from './html-page.js';
import { scrollable } from './html-scroll.js';
import { faultParagraph, subjectTones } from './html-subjects.js';
import { html, type Markup } from './markup.js';

/** Functions by method, a column for each run, and below a paragraph for each that fails. */
export function subjectsBesideSection(records: readonly RunRecord[]): Section | undefined {
  const tables = subjectsBeside(records);
  if (tables.length === 0) return undefined;
  const all = records.map((record) => subjectsOf(record).subjects);
  const failed = all.map(failedSubjects);
  const content = html`<div class="card"><div class="grids">${tables.map(gridTable)}</div>
<ul class="legend">${legendOf(all.flat()).map((meaning) => html`<li>${meaning}</li>`)}</ul></div>
${records.map((record, run) =>
  failed[run]!.map((subject, i) => faultParagraph(subject, `subject-${letterOf(run)}${i + 1}`, record, letterOf(run))),
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
  return { id: 'functions', title: 'Functions', below, content };
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
export function propertiesBesideSection(records: readonly RunRecord[]): Section | undefined {
  const { columns, rows } = propertiesBeside(records);
  if (columns.length === 0) return undefined;
  const table = html`<table class="matrix">
<thead><tr><th scope="col">function</th>${columns.map((id) => html`<th scope="col"><span>${claimLink(id)}</span></th>`)}</tr></thead>
<tbody>${rows.map(
    ({ label, cell }) => html`<tr><th scope="row">${label}</th>${columns.map((id) => propertyCell(cell(id)))}</tr>\n`,
  )}</tbody></table>`;
  const letters = records.map((_, run) => letterOf(run)).join(' ');
  const content = html`<div class="card"><p>What each run found about a function by claim, in the order ${letters}; · stands where one was not asked.</p>${scrollable('functions down, claims across', table)}</div>`;
  return { id: 'properties', title: 'Functions by claim', content };
}

/** A cell in which all runs are right says so once. */
function propertyCell(found: Beside<PropertyCell>): Markup {
  if (found.every((cell) => cell === undefined)) return html`<td></td>`;
  if (found.every((cell) => cell?.outcome === 'right')) return html`<td class="good">✓</td>`;
  return html`<td class="signs">${found.map((cell, run) => {
    if (cell === undefined) return html`<span class="mute">·</span>`;
    const { outcome, subject } = cell;
    return html`<span class="${subjectTones[outcome]}" title="${letterOf(run)}, ${subject}: ${outcome}">${signOf({ verdict: outcome })}</span>`;
  })}</td>`;
}
