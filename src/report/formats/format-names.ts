import type { RunRecord } from '../record/run-record.js';

/**
 * The formats of `--format`. `summary` is JSON in one screen, for programs; `github` is Markdown with GitHub's alerts, for a job summary, and `annotations` its workflow commands.
 */
export const formatNames = ['table', 'json', 'summary', 'junit', 'tap', 'markdown', 'github', 'annotations'] as const;
/**
 * A format of `formatReport`.
 *
 * @useDeclaredType
 */
export type FormatName = (typeof formatNames)[number];

/** The order of a report: by claim, or by subject, such as `prox of huber`. */
export type Arrangement = 'claims' | 'subjects';

/** The arrangement of a run's reports: claims first for the reference, subjects first for a user's library. */
export function arrangementOf({ command }: Pick<RunRecord, 'command'>): Arrangement {
  return command.startsWith('signprox guard ') ? 'subjects' : 'claims';
}
