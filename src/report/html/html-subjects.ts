import { plural } from '../../claims/text.js';
import { type Block, type Cell, type Row, type Section, type Tone, tableOf } from '../document.js';
import type { RunRecord } from '../record/run-record.js';
import { isFault, subjectsOf } from '../record/subjects.js';
import { upright } from '../sections/claim.js';
import { failureFacts } from '../sections/failure.js';
import { askedText } from '../view/asked.js';
import {
  failedSubjects,
  functionProperties,
  knownLines,
  legendOf,
  type PropertyCell,
  refusalLines,
  type Subject,
  type SubjectMatrix,
  seenBy,
  severityText,
  signOf,
  subjectMatrix,
} from '../view/subjects.js';
import { blocks, scrollable } from './blocks.js';
import type { PageSection } from './html-page.js';
import { folded, html, type Markup } from './markup.js';

/** The CSS class of a subject's verdict. */
export const subjectTones: Readonly<Record<Subject['verdict'], Tone>> = {
  right: 'good',
  thin: 'warn',
  wrong: 'bad',
  raises: 'bad',
  crashes: 'bad',
  hangs: 'bad',
  garbled: 'bad',
  'too-large': 'bad',
  nondeterministic: 'bad',
  'not-finite': 'bad',
  inaccurate: 'warn',
  extreme: 'warn',
  follows: 'note',
  refuses: 'warn',
  'not-offered': 'mute',
  'not-asked': 'warn',
};

/** The anchors of the subjects that fail, in the order in which a maintainer fixes them. */
export const failureAnchors = (subjects: readonly Subject[]): ReadonlyMap<string, string> =>
  new Map(failedSubjects(subjects).map(({ subject }, i) => [subject, `subject-${i + 1}`]));

/** All subjects by what was asked of them, in one table; undefined if none was asked about. */
export function subjectsSection(record: RunRecord): PageSection | undefined {
  const { subjects } = subjectsOf(record);
  const matrix = subjectMatrix(subjects);
  if (matrix.groups.length === 0) return undefined;
  const shown = matrix.groups.flatMap(({ rows }) =>
    rows.flatMap(({ cells, asked }) => [
      ...matrix.methods.flatMap((method) => cells.get(method) ?? []),
      ...[...asked.values()].map(({ outcome: verdict, known }) => ({ verdict, ...(known && { known }) })),
    ]),
  );
  const blocks = [
    matrixTable(matrix, failureAnchors(subjects)),
    { list: legendOf(shown), class: 'legend' },
    ...askedDetails(record, subjects),
  ];
  return { id: 'functions', title: 'Subjects and questions', blocks: [inCard(blocks)] };
}

/** A card of blocks, some of which are HTML already. */
const inCard = (content: Parameters<typeof blocks>[0]): Markup => html`<div class="card">${blocks(content)}</div>`;

/** The failures, each with its counterexample, and the known ones; the first few are open. Undefined if there are none. */
export function failuresSection(record: RunRecord): PageSection | undefined {
  const { subjects } = subjectsOf(record);
  const failed = failedSubjects(subjects);
  const known = knownLines(subjects);
  const refusing = refusalLines(subjects);
  if (failed.length + known.length + refusing.length === 0) return undefined;
  const anchors = failureAnchors(subjects);
  const cards = failed.map((subject, i) =>
    faultParagraph(subject, anchors.get(subject.subject)!, record, { open: i < mostOpen }),
  );
  const others = cards.slice(mostShown);
  const folded = html`<details class="closed"><summary>${others.length} more</summary>${others}</details>`;
  const below = failed.slice(0, mostListed).map(({ subject }) => ({ id: anchors.get(subject)!, title: subject }));
  return {
    id: 'failures',
    title: 'Failures',
    below,
    blocks: [
      ...[...cards.slice(0, mostShown), ...(others.length > 0 ? [folded] : [])],
      ...listed('Refused', refusing),
      ...listed('Known failures', known),
    ],
  };
}

const listed = (title: string, lines: readonly string[]): Markup[] =>
  lines.length === 0 ? [] : [html`<section class="card"><h3>${title}</h3>${blocks([{ list: lines }])}</section>`];

/** Most failures that are open at first, most that the contents list, and most that are not folded. */
const [mostOpen, mostListed, mostShown] = [3, 12, 24] as const;

/** A row for each subject or what has methods, under a heading for each kind. */
function matrixTable({ methods, questions, groups }: SubjectMatrix, anchors: ReadonlyMap<string, string>): Markup {
  const width = methods.length + questions.length + 1;
  const table = html`<table class="subjects"><thead><tr><td></td>${methods.map(heading)}${questions.map(heading)}</tr></thead>
${groups.map(
  ({ title, rows }) => html`<tbody><tr><th scope="rowgroup" colspan="${width}">${title}</th></tr>
${rows.map(
  ({ label, cells, asked }, row) =>
    html`<tr id="${title}-${row + 1}" data-find="${label}"><th scope="row">${label}</th>${methods.map((method) => {
      const subject = cells.get(method);
      return subject === undefined ? html`<td></td>` : cell(method, subject, anchors.get(subject.subject));
    })}${questions.map((question, i) => questionCell(question, asked.get(question), anchors, i === 0))}</tr>
`,
)}</tbody>`,
)}</table>`;
  return scrollable('subjects down, questions across', table);
}

const heading = (column: string): Markup => html`<th scope="col"><span>${column}</span></th>`;

/** A sign to see and a word for screen readers; a failure links to its paragraph. */
function cell(method: string, subject: Subject, anchor: string | undefined): Markup {
  const { verdict, of = [], thin, why } = subject;
  const about = verdict === 'thin' ? thin : why;
  const more = verdict === 'follows' ? ` from ${of.join(', ')}` : about === undefined ? '' : `: ${about}`;
  const tone = verdict === 'not-offered' && why !== undefined ? 'warn' : subjectTones[verdict];
  return signCell(method, tone, `${subject.subject}: `, `${verdict}${more}`, signOf(subject), anchor);
}

/** What the claims about one question found, over the methods that they asked; empty where nothing was. */
function questionCell(
  question: string,
  found: PropertyCell | undefined,
  anchors: ReadonlyMap<string, string>,
  isFirst: boolean,
): Markup {
  const kind = ` question${isFirst ? ' edge' : ''}`;
  if (found === undefined || found.outcome === 'not-offered') return html`<td class="${kind.trim()}"></td>`;
  const { outcome, subject, claim, known } = found;
  const isRight = outcome === 'right' || outcome === 'thin';
  const said = isRight ? outcome : `${outcome} in ${claim}`;
  const sign = signOf({ verdict: outcome, ...(known && { known }) });
  return signCell(
    question,
    `${subjectTones[outcome]}${kind}`,
    `${subject}: `,
    said,
    sign,
    isRight ? undefined : anchors.get(subject),
  );
}

function signCell(
  column: string,
  tone: string,
  about: string,
  said: string,
  sign: string,
  anchor: string | undefined,
): Markup {
  const shown = html`<span aria-hidden="true">${sign}</span><span class="aloud">${said}</span>`;
  const content = anchor === undefined ? shown : html`<a href="#${anchor}">${shown}</a>`;
  return html`<td class="${tone}" data-of="${column}" title="${about}${said}">${content}</td>`;
}

/** What the verdict about each subject covers, and what is declared and was not asked; nothing if nobody kept it. */
function askedDetails(record: RunRecord, subjects: readonly Subject[]): Markup[] {
  const rows = subjects.flatMap((subject): Row[] => {
    const { subject: name, verdict, why } = subject;
    const text = askedText(subject, record.implementation);
    if (text !== undefined) return [[name, { cell: text, class: 'wide' }]];
    if (why === undefined) return [];
    const cell = verdict === 'not-asked' ? `declared and not asked: ${why}` : 'declared and refused';
    return [
      [
        { cell: name, class: 'warn' },
        { cell, class: 'wide warn' },
      ],
    ];
  });
  if (rows.length === 0) return [];
  const table = folded(blocks([tableOf('what was asked of each', undefined, rows, 'asked')]));
  return [html`<details class="rows"><summary>What was asked of each</summary>${table}</details>`];
}

/** Where a failure stands: the letter of its run among several, and whether it is open at first. */
interface Placed {
  readonly run?: string;
  readonly open?: boolean;
}

/** The failure of a subject, the command that shows it again, and what each claim found about this subject. */
export function faultParagraph(
  subject: Subject,
  anchor: string,
  record: RunRecord,
  { run, open = true }: Placed = {},
): Markup {
  const { verdict, counterexample, cases } = subject;
  const claims = seenBy(subject);
  return html`<details class="card fault" id="${anchor}" data-find="${subject.subject}"${open ? ' open' : ''}>
<summary><h3>${run === undefined ? '' : `${run}: `}${subject.subject} <span class="badge ${subjectTones[verdict]}">${severityText(subject)}</span></h3><span class="says soft">${counterexample}</span></summary>
${blocks([{ facts: failureFacts(subject, record, false) }])}
<details class="rows"><summary>${plural(cases, 'case')}; ${plural(claims.length, 'claim')} ${claims.length === 1 ? 'sees' : 'see'} it</summary>${folded(blocks([seenTable(subject, claims)]))}</details>
</details>
`;
}

/** The simplest failing case of one subject in each claim that sees it fail. */
function seenTable({ subject, cells }: Subject, claims: readonly string[]): Block {
  const seen = cells.filter((cell) => isFault(cell) && claims.includes(cell.claim));
  const rows = seen.map(
    ({ claim, outcome, counterexample }): Row => [{ claim }, outcome, { cell: counterexample, class: 'wide' }],
  );
  return tableOf(`claims that see ${subject} fail`, ['claim', 'verdict', 'its simplest failing case'], rows);
}

/** The largest fraction of its tolerance that every function reaches in every claim about it; undefined if no claim judges any. */
export function propertiesSection(record: RunRecord): Section | undefined {
  const { claims, rows } = functionProperties(record);
  if (claims.length === 0) return undefined;
  const paragraph =
    'By how many powers of ten the worst case of a function stays within its tolerance, by claim: 0 less than one, 1 from one to two, and so on; = is exact. Signs stand where something fails. Empty: the claim does not ask about the function.';
  const cells = rows.map(({ label, cells: own }): Row => [label, ...claims.map((id) => propertyCell(own.get(id)))]);
  return { ...byClaim, blocks: [{ card: [{ paragraph }, functionsByClaim(claims, cells)] }] };
}

/** Id and title of the section with functions by claims. */
export const byClaim = { id: 'properties', title: 'Functions by claim' };

export const functionsByClaim = (claims: readonly string[], rows: readonly Row[]): Block =>
  tableOf('functions down, claims across', ['function', ...claims.map((claim) => upright({ claim }))], rows, 'matrix');

function propertyCell(found: PropertyCell | undefined): Cell {
  if (found === undefined) return '';
  const { outcome, subject, worst } = found;
  if (outcome === 'right' || outcome === 'thin') return { cell: margin(worst), class: `h${heat(worst)}` };
  return { cell: signOf({ verdict: outcome }), class: subjectTones[outcome], title: `${subject}: ${outcome}` };
}

/** Powers of ten between the worst case and the tolerance; nine or more look the same as exact. */
const decades = (worst: number): number => Math.min(9, Math.max(0, Math.floor(-Math.log10(worst))));

const margin = (worst: number): string => (worst === 0 ? '=' : String(decades(worst)));

/** The closer to the tolerance, the stronger the colour. */
const heat = (worst: number): number => (worst === 0 ? 0 : Math.max(0, 8 - 2 * decades(worst)));
