import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { claimsApart, subjectsOf } from '../record/subjects.js';
import { keptCases, verdictReason } from '../view/claims.js';
import {
  countsText,
  exitText,
  failedSubjects,
  fixedLines,
  inapplicableText,
  isFixed,
  knownLines,
  legendOf,
  reproduceCommand,
  runText,
  type Subject,
  seenBy,
  severityText,
  signOf,
  subjectGrids,
} from '../view/subjects.js';
import { printable, printableLine } from '../wording/sanitize.js';
import { reportWidth, textTable, wrap } from '../wording/terminal-text.js';
import type { TableOptions } from './ledger-table.js';

/**
 * A run by subject, for a terminal: the table of subjects, a paragraph for each that fails, and a summary. Three lines if nothing fails.
 */
export function subjectTable(record: RunRecord, { width: given }: TableOptions = {}): string {
  const width = reportWidth(given);
  const { subjects, counts } = subjectsOf(record);
  const failed = failedSubjects(subjects);
  const [fixed, others] = [fixedLines(record), claimsApart(record, subjects).filter((claim) => !isFixed(claim))];
  const refused = subjects.filter(({ verdict }) => verdict === 'refuses');
  const known = knownLines(subjects).flatMap((line) => wrap(printableLine(line), width));
  const ending = [
    ...wrap(printableLine(runText(record, subjects)), width),
    ...wrap(countsText({ subjects, counts }), width),
    ...inapplicableText(record).flatMap((line) => wrap(printableLine(line), width)),
    ...wrap(`exit ${record.exitCode}: ${exitText(record, subjects)}`, width),
  ];
  const told = fixed.flatMap((line) => wrap(printableLine(line), width));
  if (failed.length + others.length + known.length + refused.length === 0 && counts.thin === undefined) {
    return `${[...told, ...ending].join('\n')}\n`;
  }
  return `${[
    ...tables(subjects, width),
    ...legendLines(subjects, width),
    ...failed.slice(0, mostTold).flatMap((subject) => ['', ...paragraph(subject, record, width)]),
    ...untold(failed.slice(mostTold), width),
    ...refused.flatMap((subject) => ['', ...wrap(printableLine(refusal(subject)), width)]),
    ...others.flatMap((claim) => ['', ...apart(claim, width)]),
    ...(known.length > 0 ? ['', ...known] : []),
    ...(told.length > 0 ? ['', ...told] : []),
    '',
    ...ending,
  ].join('\n')}\n`;
}

/** Functions and algorithms by method, and operators. */
function tables(subjects: readonly Subject[], width: number): string[] {
  return subjectGrids(subjects).flatMap(({ title, rows, methods }, j) => {
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
    return [...(j > 0 ? [''] : []), ...head, ...lines.flat()];
  });
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

/** The most frequent message with which a declared subject refuses every question. */
function refusal({ subject, verdict, skipped }: Subject): string {
  const [said] = Object.entries(skipped).sort(([, one], [, other]) => other - one);
  return `${subject}: ${verdict} every question: ${said?.[0] ?? ''}`;
}

/** The first claims that see a subject fail, and the number of the others. */
function seeing(subject: Subject): string {
  const claims = seenBy(subject);
  const more = claims.length - mostSeeing;
  return `seen by ${claims.slice(0, mostSeeing).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function paragraph(subject: Subject, record: RunRecord, width: number): string[] {
  const replay = reproduceCommand(subject, record);
  return [
    ...wrap(printableLine(`${subject.subject}: ${severityText(subject)}`), width),
    ...wrap(printableLine(subject.counterexample ?? ''), width - 2).map((line) => `  ${line}`),
    // Not wrapped, and spaces are kept: a line of code and a command are there to be copied.
    ...(subject.paste === undefined ? [] : [`  ${printable(subject.paste.replaceAll(/[\r\n]+/g, ' '))}`]),
    ...wrap(printableLine(seeing(subject)), width - 2).map((line) => `  ${line}`),
    ...(replay === undefined ? [] : [`  reproduce: ${printableLine(replay)}`]),
  ];
}
