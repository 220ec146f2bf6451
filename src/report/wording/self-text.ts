import type { RunRecord } from '../record/run-record.js';

/** Whether this copy finds the errors that are planted in its own parts, in one sentence; undefined of a run without those claims. */
export function selfText({ claims }: Pick<RunRecord, 'claims'>): string | undefined {
  const parts = claims.filter(({ id }) => id.startsWith('self-')).flatMap(({ evidence }) => evidence.parts ?? []);
  if (parts.length === 0) return undefined;
  const missed = parts.filter(({ verdict }) => verdict !== 'holds').map(({ name }) => name);
  const found = `this copy of the suite finds ${parts.length - missed.length} of ${parts.length} errors planted in its own parts`;
  return missed.length === 0 ? found : `${found}; NOT: ${missed.join(', ')}`;
}
