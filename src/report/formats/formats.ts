import type { Contribution } from '../contribution.js';
import { stableJson } from '../record/json-numbers.js';
import type { RunRecord } from '../record/run-record.js';
import { subjectsOf } from '../record/subjects.js';
import { annotations } from './annotations.js';
import type { Arrangement, FormatName } from './format-names.js';
import { junitReport } from './junit-report.js';
import { ledgerTable, type TableOptions } from './ledger-table.js';
import { markdownReport } from './markdown-report.js';
import { markdownSubjects } from './markdown-subjects.js';
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
      return stableJson(by === 'claims' ? record : subjectsOf(record));
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
