import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { claimsApart, subjectsOf } from '../record/subjects.js';
import { askedText } from '../view/asked.js';
import { keptCases, verdictReason } from '../view/claims.js';
import {
  adviceText,
  countsText,
  exitText,
  failedSubjects,
  fixedLines,
  inapplicableText,
  isFixed,
  knownLines,
  legendOf,
  refusalLines,
  reproduceCommand,
  runText,
  type Subject,
  type SubjectGrid,
  seenBy,
  severityText,
  signOf,
  subjectGrids,
} from '../view/subjects.js';
import { printable, printableLine } from '../wording/sanitize.js';
import { reportWidth, textTable, wrap } from '../wording/terminal-text.js';
import type { TableOptions } from './ledger-table.js';

/**
 * A run by subject, for a terminal: the table of subjects, a paragraph for each that fails, what was asked of the others, and a summary. No
 * table if nothing fails and all that is declared was asked.
 */
export function subjectTable(record: RunRecord, { width: given, colour }: TableOptions = {}): string {
  const width = reportWidth(given);
  const { subjects, counts } = subjectsOf(record);
  const failed = failedSubjects(subjects);
  const [fixed, others] = [fixedLines(record), claimsApart(record, subjects).filter((claim) => !isFixed(claim))];
  const refusing = refusalLines(subjects).flatMap((line) => wrap(printableLine(line), width));
  const isLeft = subjects.some(({ verdict }) => verdict === 'not-asked');
  const known = knownLines(subjects).flatMap((line) => wrap(printableLine(line), width));
  const ending = [
    ...asked(record, subjects, width),
    ...wrap(printableLine(runText(record, subjects)), width),
    ...wrap(countsText({ subjects, counts }), width),
    ...inapplicableText(record).flatMap((line) => wrap(printableLine(line), width)),
    ...wrap(printableLine(`exit ${record.exitCode}: ${exitText(record, subjects)}`), width),
  ];
  const told = fixed.flatMap((line) => wrap(printableLine(line), width));
  if (failed.length + others.length + known.length + refusing.length === 0 && counts.thin === undefined && !isLeft) {
    return `${[...told, ...ending].join('\n')}\n`;
  }
  return `${[
    ...tables(subjects, width, colour === true),
    ...legendLines(subjects, width),
    ...failed.slice(0, mostTold).flatMap((subject) => ['', ...paragraph(subject, record, width)]),
    ...untold(failed.slice(mostTold), width),
    ...(refusing.length > 0 ? ['', ...refusing] : []),
    ...others.flatMap((claim) => ['', ...apart(claim, width)]),
    ...(known.length > 0 ? ['', ...known] : []),
    ...(told.length > 0 ? ['', ...told] : []),
    '',
    ...ending,
  ].join('\n')}\n`;
}

/** Functions and algorithms by method, and operators. */
function tables(subjects: readonly Subject[], width: number, colour: boolean): string[] {
  return subjectGrids(subjects).flatMap((grid, j) => {
    const { title, methods } = grid;
    const rows = withoutMany(grid);
    const { head, rows: lines } = textTable(
      [{ title }, ...methods.map((method) => ({ title: method }))],
      rows.map(({ label, cells }) => [
        printableLine(label),
        ...methods.map((method) => {
          const found = cells.get(method);
          return found === undefined ? '' : signOf(found);
        }),
      ]),
      width,
    );
    const painted = lines.map((own, i) => (colour && isUnasked(rows[i]!) ? own.map(amber) : own));
    return [...(j > 0 ? [''] : []), ...head, ...painted.flat()];
  });
}

const amber = (line: string): string => `\u001b[33m${line}\u001b[0m`;

type Row = SubjectGrid['rows'][number];

const isUnasked = ({ cells }: Row): boolean => [...cells.values()].every(({ verdict }) => verdict === 'not-asked');

/** Most rows of a grid of which nothing was asked; of more there is only the number. */
const mostUnasked = 3;

function withoutMany({ rows, methods }: SubjectGrid): readonly Row[] {
  const unasked = rows.filter(isUnasked);
  if (unasked.length <= mostUnasked) return rows;
  const columns = methods.flatMap((method) => {
    const found = unasked.find(({ cells }) => cells.has(method));
    return found === undefined ? [] : [[method, found.cells.get(method)!] as const];
  });
  const others = { label: `${unasked.length} others`, cells: new Map(columns) };
  return [...rows.filter((row) => !isUnasked(row)), others];
}

/** Most subjects of which a terminal says what was asked. */
const mostAsked = 6;

/** A line for each right subject: what its verdict covers, and if it is thin, why it does not cover more. */
function asked(record: RunRecord, subjects: readonly Subject[], width: number): string[] {
  const lines = subjects.flatMap((subject) => {
    const text = ['right', 'thin'].includes(subject.verdict) ? askedText(subject, record.implementation) : undefined;
    const why = subject.thin === undefined ? '' : ` (${subject.thin})`;
    return text === undefined ? [] : [`asked of ${subject.subject}${why}: ${text}`];
  });
  const more = lines.length - mostAsked;
  const rest = more > 0 ? [`and of ${more} more: index.html among the reports has a line for each`] : [];
  return [...lines.slice(0, mostAsked), ...rest].flatMap((line) => wrap(printableLine(line), width));
}

function legendLines(subjects: readonly Subject[], width: number): string[] {
  return wrap(legendOf(subjects).join('   '), width);
}

/** Largest number of subjects with a paragraph: a terminal shows the end, and a user with more to fix starts with the first. */
const mostTold = 12;

/** Largest number of claims to name for one subject. */
const mostSeeing = 5;

function untold(subjects: readonly Subject[], width: number): string[] {
  const [first] = subjects;
  if (first === undefined) return [];
  const one = subjects.length === 1 ? 'it' : 'the first of them';
  const only = `--only '${first.subject}' judges ${one}`;
  return [
    '',
    ...wrap(
      printableLine(`and ${subjects.length} more: index.html among the reports tells of each, and ${only}`),
      width,
    ),
  ];
}

/** A claim that fails through no subject's fault, with its simplest case. */
function apart(claim: ClaimRecord, width: number): string[] {
  const { id, outcome, evidence } = claim;
  const explanation = keptCases(evidence)[0]?.[1].explanation;
  return [
    ...wrap(printableLine(`${id}: ${outcome}: ${verdictReason(claim)}`), width),
    ...(explanation === undefined ? [] : wrap(printableLine(explanation), width - 2).map((line) => `  ${line}`)),
    `  reproduce: ${printableLine(evidence.reproduce)}`,
  ];
}

/** The first claims that see a subject fail, and the number of the others. */
function seeing(subject: Subject): string {
  const claims = seenBy(subject);
  const more = claims.length - mostSeeing;
  return `seen by ${claims.slice(0, mostSeeing).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function paragraph(subject: Subject, record: RunRecord, width: number): string[] {
  const replay = reproduceCommand(subject, record);
  const advice = adviceText(subject, record.implementation);
  return [
    ...wrap(printableLine(`${subject.subject}: ${severityText(subject)}`), width),
    ...wrap(printableLine(subject.counterexample ?? ''), width - 2).map((line) => `  ${line}`),
    // Not wrapped, and spaces are kept: a line of code and a command are there to be copied.
    ...(subject.paste === undefined ? [] : [`  ${printable(subject.paste.replaceAll(/[\r\n]+/g, ' '))}`]),
    ...(advice === undefined ? [] : wrap(advice, width - 2).map((line) => `  ${line}`)),
    ...wrap(printableLine(seeing(subject)), width - 2).map((line) => `  ${line}`),
    ...(replay === undefined ? [] : [`  reproduce: ${printableLine(replay)}`]),
  ];
}
