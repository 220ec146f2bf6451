import { plural } from '../../claims/plural.js';
import { stableJson } from '../record/json-numbers.js';
import { exitMeanings } from '../record/outcome.js';
import type { RunRecord } from '../record/run-record.js';
import { subjectsOf } from '../record/subjects.js';
import { exitText } from '../wording/subject-words.js';
import type { Arrangement } from './arrangement.js';

/**
 * A badge in the format of the shields.io endpoint: what the run has come to, in a few words. It is green for exit code 0 alone.
 */
export function badge(record: RunRecord, by: Arrangement = 'claims'): string {
  const { exitCode, suite } = record;
  return stableJson({
    schemaVersion: 1,
    label: suite.name,
    message: outcomeText(record, by),
    color: exitCode === 0 ? 'brightgreen' : exitCode === 1 || exitCode === 5 ? 'red' : 'orange',
    isError: exitCode !== 0,
  });
}

/** What the run has come to, in a few words. */
export function outcomeText(record: RunRecord, by: Arrangement): string {
  if (by === 'subjects') {
    const { subjects, counts } = subjectsOf(record);
    return record.exitCode === 0 ? `${counts.right ?? 0} right, none fails` : exitText(record, subjects);
  }
  return record.exitCode === 0 ? `${plural(record.claims.length, 'claim')}, none fails` : exitMeanings[record.exitCode];
}
