import { plural } from '../../claims/plural.js';
import type { RunRecord } from '../record/run-record.js';
import { subjectsOf } from '../record/subjects.js';
import {
  failedSubjects,
  knownLines,
  legendOf,
  reproduceCommand,
  type Subject,
  type SubjectGrid,
  seenBy,
  severityText,
  signOf,
  subjectGrids,
} from '../wording/subject-words.js';
import { claimLink } from './html-badge.js';
import type { Section } from './html-page.js';
import { scrollable } from './html-scroll.js';
import { html, type Markup } from './markup.js';

/** The class of what is said of a subject. */
export const subjectTones: Readonly<Record<Subject['verdict'], string>> = {
  right: 'good',
  thin: 'good',
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
};

/** Functions by method with a sign for each, and below a paragraph for each that fails; undefined where nothing was asked about any. */
export function subjectsSection(record: RunRecord): Section | undefined {
  const { subjects } = subjectsOf(record);
  if (subjects.length === 0) return undefined;
  const failed = failedSubjects(subjects);
  const known = knownLines(subjects);
  const anchors = new Map(failed.map((subject, i) => [subject, `subject-${i + 1}`]));
  const content = html`<div class="card"><div class="grids">${subjectGrids(subjects).map((grid) => gridTable(grid, anchors))}</div>
<ul class="legend">${legendOf(subjects).map((meaning) => html`<li>${meaning}</li>`)}</ul></div>
${failed.map((subject) => faultParagraph(subject, anchors.get(subject)!, record))}${known.length === 0 ? undefined : html`<section class="card"><h3>Known failures</h3><ul>${known.map((line) => html`<li>${line}</li>`)}</ul></section>`}`;
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

/** A sign to look at and a word to be read aloud; what fails leads to its paragraph. */
function cell(subject: Subject, anchor: string | undefined): Markup {
  const { verdict, of = [], thin } = subject;
  const more = verdict === 'follows' ? ` from ${of.join(', ')}` : verdict === 'thin' ? `: ${thin}` : '';
  const sign = html`<span aria-hidden="true">${signOf(subject)}</span><span class="aloud">${verdict}${more}</span>`;
  const content = anchor === undefined ? sign : html`<a href="#${anchor}">${sign}</a>`;
  return html`<td class="${subjectTones[verdict]}" title="${subject.subject}: ${verdict}${more}">${content}</td>`;
}

/** What is wrong about a subject, who sees it, and how to see it again; `run` is the letter of its run among several. */
export function faultParagraph(subject: Subject, anchor: string, record: RunRecord, run?: string): Markup {
  const { verdict, counterexample, paste, cases } = subject;
  const claims = seenBy(subject);
  const command = reproduceCommand(subject, record);
  return html`<section class="card fault" id="${anchor}">
<h3>${run === undefined ? '' : `${run}: `}${subject.subject} <span class="badge ${subjectTones[verdict]}">${severityText(subject)}</span></h3>
<pre>${counterexample}</pre>
${paste === undefined ? undefined : html`<pre>${paste}</pre>`}
<p class="soft">${plural(cases, 'case')}; seen by ${claims.map(
    (id, i) => html`${i === 0 ? '' : ', '}${claimLink(id)}`,
  )}</p>
${command === undefined ? undefined : html`<h4>Reproduce</h4><pre>${command}</pre>`}
</section>
`;
}
