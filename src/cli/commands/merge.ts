import { join } from 'node:path';
import { arrangementOf } from '../../report/formats/arrangement.js';
import type { FormatName } from '../../report/formats/format-names.js';
import { formatReport } from '../../report/formats/formats.js';
import { tableOptions } from '../../report/formats/ledger-table.js';
import { buildRunRecord } from '../../report/record/build-run-record.js';
import type { RunRecord } from '../../report/record/run-record.js';
import { writeReports } from '../../report/write-reports.js';
import { readCatalogue } from '../catalogue.js';
import { shareOf } from '../judging/longest-first.js';
import { readShards, type ShardRecord } from '../judging/read-shards.js';
import { defaultSweepOut } from '../sweeps/limits.js';
import { mergeSweeps } from '../sweeps/merge-sweeps.js';
import { isOfSweep } from '../sweeps/rows-file.js';
import { defaultOut, selectClaims } from '../words/options.js';
import { cannotWrite, requireWritable } from '../words/output-directory.js';
import { shardText } from '../words/shard.js';
import { UsageError } from '../words/usage-error.js';

/** Options of `signprox merge`. */
export interface MergeOptions {
  readonly format: FormatName;
  readonly out?: string;
}

/** `signprox merge <directories>`: the report of a run, or the rows of a sweep, from those of its shards, the same bytes but for times as without shards. */
export async function merge(directories: readonly string[], { format, out }: MergeOptions): Promise<number> {
  if (directories.some(isOfSweep)) return mergeSweeps(directories, sweepFormat(format), out ?? defaultSweepOut);
  return mergeRuns(directories, format, out ?? defaultOut);
}

/** The rows of a sweep are no claims, of which the other formats tell. */
function sweepFormat(format: FormatName): 'table' | 'json' {
  if (format === 'table' || format === 'json') return format;
  throw new UsageError(`--format ${format} tells of claims, and these are rows of bounds: give table or json`);
}

/** The report of a run of claims from its shards. */
async function mergeRuns(directories: readonly string[], format: FormatName, out: string): Promise<number> {
  const shards = await readShards(directories);
  await requireWritable(out);
  const record = mergedRecord(shards);
  const by = arrangementOf(record);
  const place =
    record.incomplete !== undefined ? 'incomplete' : shards[0].shard.selection === undefined ? '' : 'selection';
  const directory = join(out, place);
  await writeReports(record, directory, by).catch((error: Error) => {
    throw cannotWrite(directory, error.message);
  });
  process.stdout.write(formatReport(record, format, tableOptions(process.stdout, process.env), by));
  if (place !== '') process.stderr.write(`the reports are in ${directory}\n`);
  return record.exitCode;
}

/** One record of all shards that are there, in the order of the ledger. */
function mergedRecord(shards: readonly [ShardRecord, ...ShardRecord[]]): RunRecord {
  const [first] = shards;
  const { of, selection, strict } = first.shard;
  const asked = selectClaims(readCatalogue(), selection);
  const claims = shards.flatMap((shard) => claimsOf(shard, shareOf(asked, shard.shard)));
  const places = Array.from({ length: of }, (_, place) => ({ index: place + 1, of }));
  const missing = places.filter(({ index }) => shards.every(({ shard }) => shard.index !== index));
  const command = withoutShard(first, '');
  const remaining = asked.map(({ id }) => id).filter((id) => claims.every((claim) => claim.id !== id));
  const seconds = timesOf(shards);
  return buildRunRecord({
    ...{ suite: first.suite, seed: first.seed, depth: first.depth, implementation: first.implementation },
    environment: { node: distinct(shards, 'node'), platform: distinct(shards, 'platform') },
    command,
    checked: asked.flatMap(({ id }) => {
      const claim = claims.find((each) => each.id === id);
      return claim === undefined ? [] : { claim, evidence: { ...claim.evidence, seconds: seconds.get(id) ?? 0 } };
    }),
    ...(remaining.length > 0 && {
      incomplete: {
        remaining,
        shards: missing.map(shardText),
        ...(selection !== undefined && { selection }),
        resume: missing.map((shard) => withoutShard(first, ` --shard ${shardText(shard)}`)).join('; '),
      },
    }),
    strict: true,
    refuseNotRefuted: strict === true,
    seconds: sum(shards.map(({ timing }) => timing?.seconds ?? 0)),
    processorSeconds: sum(shards.map(({ timing }) => timing?.processorSeconds ?? 0)),
    ...startOf(shards),
    shards: shards.map(({ shard, environment, timing }) => ({
      ...{ shard: shardText(shard), seconds: timing?.seconds ?? 0 },
      ...(timing?.processorSeconds !== undefined && { processorSeconds: timing.processorSeconds }),
      ...environment,
    })),
  });
}

/** The claims of a shard, which are those that it has to have. */
function claimsOf(
  { claims, path, shard }: ShardRecord,
  share: readonly { readonly id: string }[],
): RunRecord['claims'] {
  const [wanted, found] = [share, claims].map((list) =>
    list
      .map(({ id }) => id)
      .toSorted()
      .join(),
  );
  if (wanted === found) return claims;
  throw new UsageError(`${path} does not hold the claims of shard ${shardText(shard)}: run that shard again`);
}

/** The command of a shard with another part in it, or none. */
const withoutShard = ({ command, shard }: ShardRecord, other: string): string =>
  command.replace(` --shard ${shardText(shard)}`, other);

const distinct = (shards: readonly ShardRecord[], key: 'node' | 'platform'): string =>
  [...new Set(shards.map(({ environment }) => environment[key]))].join(', ');

const timesOf = (shards: readonly ShardRecord[]): ReadonlyMap<string, number> =>
  new Map(shards.flatMap(({ timing }) => Object.entries(timing?.claims ?? {})));

/** When the first of them began. */
function startOf(shards: readonly ShardRecord[]): { readonly startedAt?: string } {
  const [first] = shards.flatMap(({ timing }) => timing?.startedAt ?? []).toSorted();
  return first === undefined ? {} : { startedAt: first };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
