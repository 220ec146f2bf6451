import type { RunRecord } from '../record/run-record.js';

/** The order of a report: by the claims of the ledger, or by subject, such as `prox of huber`. */
export type Arrangement = 'claims' | 'subjects';

/** What the reports of a run are about first: the claims of the paper, or the functions of somebody's library. */
export function arrangementOf({ command }: Pick<RunRecord, 'command'>): Arrangement {
  return command.startsWith('signprox guard ') ? 'subjects' : 'claims';
}
