import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { wholeAdapter } from '../../report/record/settle-outcomes.js';
import { makeDirectory } from '../../report/write-reports.js';
import { blamedAmong } from './blamed.js';
import { failurePath, type Saved } from './failures.js';
import type { ShardRecord } from './read-shards.js';
import { type RecordedClaim, replayCommand } from './run.js';

/**
 * Copies the failures that shards have kept below the directory, where a run without shards keeps them, and returns the commands that judge them again.
 * Of what follows from another failure in all that was found, and of what is not there, nothing is copied.
 */
export async function gatherFailures(
  shards: readonly [ShardRecord, ...ShardRecord[]],
  checked: readonly RecordedClaim[],
  out: string,
): Promise<(Saved & { readonly command: string })[]> {
  const { name, dtype } = shards[0].implementation;
  const isOwn = blamedAmong(checked, dtype);
  const gathered = new Map<string, Saved & { readonly command: string }>();
  for (const { path: record, claims } of shards) {
    for (const { id: claim, replay = {} } of claims) {
      for (const key of Object.keys(replay)) {
        const failure = { claim, ...(key !== wholeAdapter && { subject: key }) };
        const path = failurePath(out, claim, name, failure.subject);
        if (gathered.has(path) || !isOwn(failure)) continue;
        await makeDirectory(join(out, 'failures'));
        const isThere = await copied(failurePath(dirname(record), claim, name, failure.subject), path);
        if (isThere) gathered.set(path, { ...failure, path, command: replayCommand(path) });
      }
    }
  }
  return [...gathered.values()];
}

async function copied(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
