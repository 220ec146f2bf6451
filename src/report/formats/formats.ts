import type { Contribution } from '../contribution.js';
import { stableJson } from '../record/json-numbers.js';
import type { RunRecord } from '../record/run-record.js';
import { type SubjectsRecord, subjectsOf } from '../record/subjects.js';
import { guardVerdict, runVerdict } from '../view/verdicts.js';
import type { TableOptions } from '../wording/screen.js';
import { annotations } from './annotations.js';
import { type Arrangement, arrangementOf, type FormatName } from './format-names.js';
import { junitReport } from './junit-report.js';
import { ledgerTable } from './ledger-table.js';
import { markdownReport } from './markdown-report.js';
import { markdownSubjects } from './markdown-subjects.js';
import { type RunSummary, runSummary } from './run-summary.js';
import { subjectTable } from './subject-table.js';
import { tapReport } from './tap-report.js';

/**
 * The run in one format, with what collections of claims add to it; `options` matter to the table only.
 *
 * @example
 * const record = await judge(reference, { claims: 'eq9-*' });
 * assert.match(formatReport(record, 'tap'), /^ok 1 - eq9-proximal-average/m);
 */
export function formatReport(
  record: RunRecord,
  format: FormatName,
  options: TableOptions = {},
  by: Arrangement = 'claims',
  from: readonly Contribution[] = [],
): string {
  switch (format) {
    case 'table':
      return by === 'claims' ? ledgerTable(record, options, from) : subjectTable(record, options);
    case 'json':
      return stableJson(jsonOf(record, by, from));
    case 'summary':
      return stableJson(summaryOf(record, by, from, options.report));
    case 'junit':
      return junitReport(record, by);
    case 'tap':
      return tapReport(record, by);
    case 'annotations':
      return annotations(record, by);
    case 'markdown':
    case 'github': {
      const flavour = format === 'github' ? 'github' : 'plain';
      return by === 'claims' ? markdownReport(record, flavour, from) : markdownSubjects(record, flavour);
    }
  }
}

/** The record or its subjects, with the verdict in the words of the first line on a terminal. */
export function jsonOf(record: RunRecord, by: Arrangement, from: readonly Contribution[]): RunRecord | SubjectsRecord {
  const found = subjectsOf(record);
  const verdict = arrangementOf(record) === 'claims' ? runVerdict(record, from) : guardVerdict(record, found);
  if (by === 'subjects') return { ...found, verdict: verdict.text };
  // The times come last, whether the record was made or read.
  const { verdict: _, timing, ...rest } = record;
  return { ...rest, verdict: verdict.text, ...(timing && { timing }) };
}

/** What a program needs of a run, in one screen; `report` is its page. */
export function summaryOf(
  record: RunRecord,
  by: Arrangement,
  from: readonly Contribution[],
  report?: string,
): RunSummary {
  return runSummary(record, by, jsonOf(record, by, from).verdict!, report);
}
