import type { RunRecord } from '../record/run-record.js';

/** What a report is arranged by: the claims of the ledger, or what was asked about. */
export type Arrangement = 'claims' | 'subjects';

/** What the reports of a run are about first: the claims of the paper, or the functions of somebody's library. */
export function arrangementOf({ command }: Pick<RunRecord, 'command'>): Arrangement {
  return command.startsWith('signprox guard ') ? 'subjects' : 'claims';
}
