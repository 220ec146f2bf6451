import { plural } from '../../claims/text.js';
import type { RunRecord } from '../record/run-record.js';
import { subjectsOf } from '../record/subjects.js';
import { askedText } from '../view/asked.js';
import {
  failedSubjects,
  functionProperties,
  knownLines,
  legendOf,
  type PropertyCell,
  reproduceCommand,
  type Subject,
  type SubjectGrid,
  seenBy,
  severityText,
  signOf,
  subjectGrids,
} from '../view/subjects.js';
import type { Section } from './html-page.js';
import { claimLink, claimLinks, scrollable } from './html-parts.js';
import { html, type Markup } from './markup.js';

/** The CSS class of a subject's verdict. */
export const subjectTones: Readonly<Record<Subject['verdict'], string>> = {
  right: 'good',
  thin: 'warn',
  wrong: 'bad',
  raises: 'bad',
  crashes: 'bad',
  hangs: 'bad',
  'not-finite': 'bad',
  inaccurate: 'warn',
  extreme: 'warn',
  follows: 'note',
  refuses: 'warn',
  'not-offered': 'mute',
  'not-asked': 'warn',
};

/** Functions by method with a sign for each, and below a paragraph for each that fails; undefined if none was asked about. */
export function subjectsSection(record: RunRecord): Section | undefined {
  const { subjects } = subjectsOf(record);
  if (subjects.length === 0) return undefined;
  const failed = failedSubjects(subjects);
  const known = knownLines(subjects);
  const anchors = new Map(failed.map((subject, i) => [subject, `subject-${i + 1}`]));
  const content = html`<div class="card"><div class="grids">${subjectGrids(subjects).map((grid) => gridTable(grid, anchors))}</div>
<ul class="legend">${legendOf(subjects).map((meaning) => html`<li>${meaning}</li>`)}</ul></div>
${failed.map((subject) => faultParagraph(subject, anchors.get(subject)!, record))}${known.length === 0 ? undefined : html`<section class="card"><h3>Known failures</h3><ul>${known.map((line) => html`<li>${line}</li>`)}</ul></section>`}${askedCard(record, subjects)}`;
  const below = failed.map((subject) => ({ id: anchors.get(subject)!, title: subject.subject }));
  return { id: 'functions', title: 'Functions', below, content };
}

function gridTable({ title, methods, rows }: SubjectGrid, anchors: ReadonlyMap<Subject, string>): Markup {
  const table = html`<table class="subjects ${title}"><thead><tr><th scope="col">${title}</th>${methods.map(
    (method) => html`<th scope="col"><span>${method}</span></th>`,
  )}</tr></thead>
<tbody>${rows.map(
    ({ label, cells }) => html`<tr><th scope="row">${label}</th>${methods.map((method) => {
      const subject = cells.get(method);
      return subject === undefined ? html`<td></td>` : cell(subject, anchors.get(subject));
    })}</tr>
`,
  )}</tbody></table>`;
  return scrollable(`${title}s by method`, table);
}

/** A sign to see and a word for screen readers; a failure links to its paragraph. */
function cell(subject: Subject, anchor: string | undefined): Markup {
  const { verdict, of = [], thin, why } = subject;
  const about = verdict === 'thin' ? thin : why;
  const more = verdict === 'follows' ? ` from ${of.join(', ')}` : about === undefined ? '' : `: ${about}`;
  const tone = verdict === 'not-offered' && why !== undefined ? 'warn' : subjectTones[verdict];
  const sign = html`<span aria-hidden="true">${signOf(subject)}</span><span class="aloud">${verdict}${more}</span>`;
  const content = anchor === undefined ? sign : html`<a href="#${anchor}">${sign}</a>`;
  return html`<td class="${tone}" title="${subject.subject}: ${verdict}${more}">${content}</td>`;
}

/** What the verdict about each subject covers, and what is declared and was not asked; undefined if nobody kept it. */
function askedCard(record: RunRecord, subjects: readonly Subject[]): Markup | undefined {
  const rows = subjects.flatMap((subject) => {
    const { subject: name, verdict, why } = subject;
    const text = askedText(subject, record.implementation);
    if (text !== undefined) return [html`<tr><th scope="row">${name}</th><td class="wide">${text}</td></tr>\n`];
    if (why === undefined) return [];
    const said = verdict === 'not-asked' ? `declared and not asked: ${why}` : 'declared and refused';
    return [html`<tr class="warn"><th scope="row">${name}</th><td class="wide">${said}</td></tr>\n`];
  });
  if (rows.length === 0) return undefined;
  const table = html`<table class="asked"><tbody>${rows}</tbody></table>`;
  return html`<section class="card"><details class="rows"><summary>What was asked of each</summary>${scrollable('what was asked of each', table)}</details></section>`;
}

/** The failure of a subject, the claims that see it, and the command that shows it again; `run` is the letter of its run among several. */
export function faultParagraph(subject: Subject, anchor: string, record: RunRecord, run?: string): Markup {
  const { verdict, counterexample, paste, cases } = subject;
  const command = reproduceCommand(subject, record);
  return html`<section class="card fault" id="${anchor}">
<h3>${run === undefined ? '' : `${run}: `}${subject.subject} <span class="badge ${subjectTones[verdict]}">${severityText(subject)}</span></h3>
<pre>${counterexample}</pre>
${paste === undefined ? undefined : html`<pre>${paste}</pre>`}
<p class="soft">${plural(cases, 'case')}; seen by ${claimLinks(seenBy(subject))}</p>
${command === undefined ? undefined : html`<h4>Reproduce</h4><pre>${command}</pre>`}
</section>
`;
}

/** The largest fraction of its tolerance that every function reaches in every claim about it; undefined if no claim judges any. */
export function propertiesSection(record: RunRecord): Section | undefined {
  const { claims, rows } = functionProperties(record);
  if (claims.length === 0) return undefined;
  const table = html`<table class="matrix">
<thead><tr><th scope="col">function</th>${claims.map((id) => html`<th scope="col"><span>${claimLink(id)}</span></th>`)}</tr></thead>
<tbody>${rows.map(
    ({ label, cells }) =>
      html`<tr><th scope="row">${label}</th>${claims.map((id) => propertyCell(cells.get(id)))}</tr>\n`,
  )}</tbody></table>`;
  const content = html`<div class="card"><p>By how many powers of ten the worst case of a function stays within its tolerance, by claim: 0 less than one, 1 from one to two, and so on;
= is exact. Signs stand where something fails. Empty: the claim does not ask about the function.</p>${scrollable('functions down, claims across', table)}</div>`;
  return { id: 'properties', title: 'Functions by claim', content };
}

function propertyCell(cell: PropertyCell | undefined): Markup {
  if (cell === undefined) return html`<td></td>`;
  const { outcome, subject, worst } = cell;
  if (outcome === 'right' || outcome === 'thin') return html`<td class="h${heat(worst)}">${margin(worst)}</td>`;
  return html`<td class="${subjectTones[outcome]}" title="${subject}: ${outcome}">${signOf({ verdict: outcome })}</td>`;
}

/** Powers of ten between the worst case and the tolerance; nine or more look the same as exact. */
const decades = (worst: number): number => Math.min(9, Math.max(0, Math.floor(-Math.log10(worst))));

const margin = (worst: number): string => (worst === 0 ? '=' : String(decades(worst)));

/** The closer to the tolerance, the stronger the colour. */
const heat = (worst: number): number => (worst === 0 ? 0 : Math.max(0, 8 - 2 * decades(worst)));
