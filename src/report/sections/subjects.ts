import { plural } from '../../claims/text.js';
import { type Block, type Cell, type Details, type Row, type Section, type Tone, tableOf } from '../document.js';
import type { RunRecord } from '../record/run-record.js';
import { isFault, subjectsOf } from '../record/subjects.js';
import { askedText } from '../view/asked.js';
import {
  failedSubjects,
  functionProperties,
  knownLines,
  legendOf,
  type PropertyCell,
  refusalLines,
  type Subject,
  seenBy,
  severityText,
  signOf,
  subjectMatrix,
} from '../view/subjects.js';
import { upright } from './claim.js';
import { failureFacts } from './failure.js';

/** The CSS class of a subject's verdict. */
export const subjectTones: Readonly<Record<Subject['verdict'], Tone>> = {
  right: 'good',
  thin: 'warn',
  wrong: 'bad',
  raises: 'bad',
  crashes: 'bad',
  hangs: 'bad',
  garbled: 'bad',
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
export function subjectsSection(record: RunRecord): Section | undefined {
  const { subjects } = subjectsOf(record);
  const { methods, questions, groups } = subjectMatrix(subjects);
  if (groups.length === 0) return undefined;
  const anchors = failureAnchors(subjects);
  const shown = groups.flatMap(({ rows }) =>
    rows.flatMap(({ cells, asked }) => [
      ...methods.flatMap((method) => cells.get(method) ?? []),
      ...[...asked.values()].map(({ outcome: verdict, known }) => ({ verdict, ...(known && { known }) })),
    ]),
  );
  // A row for each subject or what has methods, under a heading for each kind.
  const table = {
    ...{ label: 'subjects down, questions across', class: 'subjects' },
    head: ['subject', ...[...methods, ...questions].map(upright)],
    groups: groups.map(({ title, rows }) => ({
      title,
      rows: rows.map(
        ({ label, cells, asked }, row): Row => [
          { cell: label, id: `${title}-${row + 1}`, find: label },
          ...methods.map((method) => subjectCell(method, cells.get(method), anchors)),
          ...questions.map((question, i) => questionCell(question, asked.get(question), anchors, i === 0)),
        ],
      ),
    })),
  };
  const blocks = [{ table }, { list: legendOf(shown), class: 'legend' }, ...askedDetails(record, subjects)];
  return { id: 'functions', title: 'Subjects and questions', blocks: [{ card: blocks }] };
}

/** The failures, each with its counterexample, and the known ones; the first few are open. Undefined if there are none. */
export function failuresSection(record: RunRecord): Section | undefined {
  const { subjects } = subjectsOf(record);
  const failed = failedSubjects(subjects);
  const known = knownLines(subjects);
  const refusing = refusalLines(subjects);
  if (failed.length + known.length + refusing.length === 0) return undefined;
  const anchors = failureAnchors(subjects);
  const cards = failed.map((subject, i) =>
    failureDetails(subject, anchors.get(subject.subject)!, record, i < mostOpen),
  );
  const others = cards.slice(mostShown);
  return {
    ...{ id: 'failures', title: 'Failures' },
    below: failed.slice(0, mostListed).map(({ subject }) => ({ id: anchors.get(subject)!, title: subject })),
    blocks: [
      ...cards.slice(0, mostShown),
      ...(others.length > 0 ? [{ summary: `${others.length} more`, details: others, class: 'closed' }] : []),
      ...listed('Refused', refusing),
      ...listed('Known failures', known),
    ],
  };
}

const listed = (heading: string, list: readonly string[]): Block[] =>
  list.length === 0 ? [] : [{ card: [{ heading }, { list }] }];

/** Most failures that are open at first, most that the contents list, and most that are not folded. */
const [mostOpen, mostListed, mostShown] = [3, 12, 24] as const;

/** A sign to see and a word for screen readers; a failure links to its paragraph. */
export function subjectCell(
  of: string,
  subject: Subject | undefined,
  anchors: ReadonlyMap<string, string>,
  run = '',
): Cell {
  if (subject === undefined) return '';
  const { verdict, of: others = [], thin, why } = subject;
  const about = verdict === 'thin' ? thin : why;
  const more = verdict === 'follows' ? ` from ${others.join(', ')}` : about === undefined ? '' : `: ${about}`;
  const tone = verdict === 'not-offered' && why !== undefined ? 'warn' : subjectTones[verdict];
  const found = { tone, about: `${run}${subject.subject}`, said: `${verdict}${more}`, sign: signOf(subject) };
  return signCell(of, found, anchors.get(subject.subject));
}

/** What the claims about one question found, over the methods that they asked; empty where nothing was. */
function questionCell(
  question: string,
  found: PropertyCell | undefined,
  anchors: ReadonlyMap<string, string>,
  isFirst: boolean,
): Cell {
  const kind = `question${isFirst ? ' edge' : ''}`;
  if (found === undefined || found.outcome === 'not-offered') return { cell: '', class: kind };
  const { outcome, subject: about, claim, known } = found;
  const isRight = outcome === 'right' || outcome === 'thin';
  const said = isRight ? outcome : `${outcome} in ${claim}`;
  const sign = signOf({ verdict: outcome, ...(known && { known }) });
  return signCell(
    question,
    { tone: `${subjectTones[outcome]} ${kind}`, about, said, sign },
    isRight ? undefined : anchors.get(about),
  );
}

function signCell(
  of: string,
  { tone, about, said: aloud, sign: seen }: Readonly<Record<'tone' | 'about' | 'said' | 'sign', string>>,
  to: string | undefined,
): Cell {
  const shown = { seen, aloud };
  return { cell: to === undefined ? shown : { to, says: shown }, class: tone, of, title: `${about}: ${aloud}` };
}

/** What the verdict about each subject covers, and what is declared and was not asked; nothing if nobody kept it. */
export function askedDetails(record: RunRecord, subjects: readonly Subject[]): Details[] {
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
  const apart = [tableOf('what was asked of each', ['subject', 'asked'], rows, 'asked')];
  return [{ summary: 'What was asked of each', details: [{ apart }], class: 'rows' }];
}

/** The failure of a subject, below the run if there are several, the command that shows it again, and what each claim found about it. */
export function failureDetails(subject: Subject, id: string, record: RunRecord, open: boolean, run = ''): Block {
  const { subject: name, verdict, counterexample, cases } = subject;
  const claims = seenBy(subject);
  return {
    ...{ id, find: name, open, class: 'card fault' },
    title: [run, name, ' ', { badge: subjectTones[verdict], says: severityText(subject) }],
    summary: { soft: counterexample },
    details: [
      { facts: failureFacts(subject, record, false) },
      {
        summary: `${plural(cases, 'case')}; ${plural(claims.length, 'claim')} ${claims.length === 1 ? 'sees' : 'see'} it`,
        details: [{ apart: [seenTable(subject, claims)] }],
        class: 'rows',
      },
    ],
  };
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
