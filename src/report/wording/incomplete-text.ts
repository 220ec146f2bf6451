import { plural } from '../../claims/plural.js';
import type { RunRecord } from '../record/run-record.js';

/** What an interrupted run leaves open: how much is there, and how to have the rest. */
export interface IncompleteText {
  readonly checked: string;
  readonly resume: string;
  readonly remaining: string;
}

/** The parts of the notice that a report of an interrupted run begins with; undefined for a whole one. */
export function incompleteText({ claims, incomplete }: RunRecord): IncompleteText | undefined {
  if (incomplete === undefined) return undefined;
  const { remaining, resume } = incomplete;
  const all = claims.length + remaining.length;
  return {
    checked: `incomplete: the run was interrupted when ${claims.length} of ${plural(all, 'claim')} had been checked`,
    resume,
    remaining: remaining.join(', '),
  };
}
