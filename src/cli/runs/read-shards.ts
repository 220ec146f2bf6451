import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { version } from '../../claims/implementation/version.js';
import { whyUnreadable } from '../../guard/invalid-input.js';
import { stableJson } from '../../report/record/json-numbers.js';
import { parseRunRecord, type RunRecord } from '../../report/record/run-record.js';
import { shardText } from '../options/shard.js';
import { UsageError } from '../options/usage-error.js';

/** The record of one shard, and its path. */
export interface ShardRecord extends RunRecord {
  readonly shard: NonNullable<RunRecord['shard']>;
  readonly path: string;
}

/** What to give to `signprox merge` instead. */
const instead = 'give the directories that runs with --shard wrote';

/**
 * Reads the records of shards, each from its directory or its file, in the order of their places.
 * @throws UsageError of one line that names the file which cannot be read, is no shard, was interrupted, is there twice, or belongs to another run than the first
 */
export async function readShards(paths: readonly string[]): Promise<readonly [ShardRecord, ...ShardRecord[]]> {
  const records: ShardRecord[] = [];
  for (const path of paths) records.push(await readShard(path));
  const [first, ...others] = records as [ShardRecord, ...ShardRecord[]];
  for (const other of others) requireSameRun(first, other);
  const places = new Map<number, string>();
  for (const { shard, path } of records) {
    const known = places.get(shard.index);
    if (known !== undefined)
      throw new UsageError(`${path} is shard ${shardText(shard)}, and so is ${known}: give one of them`);
    places.set(shard.index, path);
  }
  return [first, ...others].toSorted((a, b) => a.shard.index - b.shard.index) as [ShardRecord, ...ShardRecord[]];
}

async function readShard(given: string): Promise<ShardRecord> {
  const isDirectory = await stat(given).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const path = isDirectory ? recordPath(given) : given;
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`cannot read ${path === '' ? '""' : path}: ${whyUnreadable(error)}; ${instead}`);
  });
  const record = parsed(text, path);
  const { shard, incomplete, suite } = record;
  if (suite.version !== version)
    throw new UsageError(`${path} is of version ${suite.version}, and this is ${version}: merge with that one`);
  if (shard === undefined) throw new UsageError(`${path} is not a shard but a whole run; ${instead}`);
  if (incomplete !== undefined) throw new UsageError(`${path} was interrupted: finish it first: ${incomplete.resume}`);
  return { ...record, shard, path };
}

/** The record of a shard, or that of an interrupted run if there is none yet. */
function recordPath(directory: string): string {
  const path = join(directory, 'run.json');
  const unfinished = join(directory, 'incomplete', 'run.json');
  return !existsSync(path) && existsSync(unfinished) ? unfinished : path;
}

function parsed(text: string, path: string): RunRecord {
  try {
    return parseRunRecord(text);
  } catch (error) {
    throw new UsageError(`${path} is not a ${(error as RangeError).message}; ${instead}`);
  }
}

/** The values that shards of one run share, each with its name. */
const common: readonly (readonly [word: string, of: (record: ShardRecord) => string])[] = [
  ['seed', ({ seed }) => seed],
  ['depth', ({ depth }) => depth],
  ['number of shards', ({ shard }) => String(shard.of)],
  ['what is judged', ({ shard }) => (shard.guarded ? 'another implementation' : 'the reference')],
  ['--claims', ({ shard }) => shard.selection ?? 'all'],
  ['--only', ({ shard }) => shard.only ?? 'all'],
  ['--known-failures', ({ shard }) => stableJson(shard.known ?? [])],
  ['--strict', ({ shard }) => (shard.strict ? 'given' : 'not given')],
  ['implementation', ({ implementation, declared }) => stableJson({ implementation, declared })],
];

/** Words in place of values that are too long to show. */
const wordsFor: Readonly<Record<string, string>> = {
  implementation: 'which describes itself differently',
  '--known-failures': 'other lists',
};

function requireSameRun(first: ShardRecord, other: ShardRecord): void {
  for (const [word, of] of common) {
    const [ours, theirs] = [of(first), of(other)];
    if (ours === theirs) continue;
    const values = wordsFor[word] ?? `${theirs} instead of ${ours}`;
    throw new UsageError(
      `${other.path} is of another run than ${first.path}: ${word}: ${values}; merge the shards of one run`,
    );
  }
}
