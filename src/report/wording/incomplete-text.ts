import { plural } from '../../claims/plural.js';
import type { RunRecord } from '../record/run-record.js';

/** What an interrupted run leaves open, or one of which shards are missing: how much is there, and how to have the rest. */
export interface IncompleteText {
  readonly checked: string;
  readonly resume: string;
  readonly remaining: string;
}

/** The parts of the notice that a report of an interrupted run begins with; undefined for a whole one. */
export function incompleteText({ claims, incomplete }: RunRecord): IncompleteText | undefined {
  if (incomplete === undefined) return undefined;
  const { lost, remaining, resume, shards } = incomplete;
  const all = claims.length + remaining.length;
  const why =
    lost !== undefined
      ? `${lost}, and`
      : shards === undefined
        ? 'the run was interrupted when'
        : `${plural(shards.length, 'shard')} (${shards.join(', ')}) ${shards.length === 1 ? 'is' : 'are'} missing, and`;
  return {
    checked: `incomplete: ${why} ${claims.length} of ${plural(all, 'claim')} had been checked`,
    resume,
    remaining: remaining.join(', '),
  };
}
