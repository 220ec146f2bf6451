import { plural } from '../../claims/text.js';
import { exitMeanings } from '../record/outcome.js';
import type { RunRecord } from '../record/run-record.js';
import { extremeCounts, subjectsOf } from '../record/subjects.js';
import { incompleteText } from '../view/claims.js';
import { exitText, failedSubjects, severityText } from '../view/subjects.js';
import { printableLine } from '../wording/sanitize.js';
import type { Arrangement } from './format-names.js';
import { casesOf } from './test-cases.js';

/**
 * The run as workflow commands of GitHub Actions, which shows them in a pull request: an error for each subject or claim that fails, and one
 * line for the whole run.
 */
export function annotations(record: RunRecord, by: Arrangement = 'claims'): string {
  const errors = by === 'claims' ? claimErrors(record) : subjectErrors(record);
  const incomplete = incompleteText(record);
  return [
    ...errors,
    ...(incomplete === undefined
      ? []
      : [command('warning', 'incomplete', `${incomplete.checked}; for the rest: ${incomplete.resume}`)]),
    command(record.exitCode === 0 ? 'notice' : 'error', `exit ${record.exitCode}`, outcomeText(record, by)),
    '',
  ].join('\n');
}

function claimErrors(record: RunRecord): string[] {
  return casesOf(record, 'claims').flatMap(({ kind, name, message, details = [] }) =>
    kind === 'failure' || kind === 'error' ? [command('error', name, `${message}; ${details.at(-1)}`)] : [],
  );
}

function subjectErrors(record: RunRecord): string[] {
  const { subjects } = subjectsOf(record);
  const strict = extremeCounts(record, subjects);
  return failedSubjects(subjects).map((subject) =>
    // A failure at extreme inputs only does not fail the run.
    command(
      subject.extreme === undefined || strict ? 'error' : 'warning',
      `${subject.subject}: ${severityText(subject)}`,
      subject.counterexample ?? subject.verdict,
    ),
  );
}

function command(kind: 'error' | 'warning' | 'notice', title: string, message: string): string {
  return `::${kind} title=${escaped(`signprox: ${title}`).replaceAll(':', '%3A').replaceAll(',', '%2C')}::${escaped(message)}`;
}

/** Escapes one line for GitHub, which decodes %25, and in a property %3A and %2C. */
const escaped = (text: string): string => printableLine(text).replaceAll('%', '%25');

/** The result of the run in a few words. */
function outcomeText(record: RunRecord, by: Arrangement): string {
  if (by === 'subjects') {
    const { subjects, counts } = subjectsOf(record);
    return record.exitCode === 0 ? `${counts.right ?? 0} right, none fails` : exitText(record, subjects);
  }
  return record.exitCode === 0 ? `${plural(record.claims.length, 'claim')}, none fails` : exitMeanings[record.exitCode];
}
