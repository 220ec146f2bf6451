import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import type { Answered } from '../../claims/claim.js';
import type { Evidence } from '../../claims/evidence.js';
import { reference } from '../../claims/implementation/reference.js';
import { addAnswered, addKnownWrong, inCheckingOrder, runClaims } from '../../claims/run-claims.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import { shutdownClaim } from '../../guard/supervisor/failures.js';
import { arrangementOf, type FormatName } from '../../report/formats/format-names.js';
import { formatReport } from '../../report/formats/formats.js';
import { buildRunRecord } from '../../report/record/build-run-record.js';
import type { RunRecord } from '../../report/record/run-record.js';
import { wholeAdapter } from '../../report/record/settle-outcomes.js';
import { wrongSubjects } from '../../report/record/subjects.js';
import { tableOptions } from '../../report/wording/screen.js';
import { makeDirectory, writeReports } from '../../report/write-reports.js';
import { type CatalogueEntry, loadEntry, readCatalogue, readContributions, readGuardCatalogue } from '../catalogue.js';
import { asTyped } from '../options/as-typed.js';
import { defaultOut, examples, formatOption, selectClaims } from '../options/options.js';
import { requireWritable } from '../options/output-directory.js';
import { shardText } from '../options/shard.js';
import { UsageError } from '../options/usage-error.js';
import { blamedAmong, failurePath, type Saved } from '../runs/failures.js';
import { guardedShareOf, shareOf } from '../runs/longest-first.js';
import { readShards, type ShardRecord } from '../runs/read-shards.js';
import { type RecordedClaim, replayCommand, write } from '../runs/run.js';
import { defaultSweepOut } from '../sweeps/limits.js';
import { mergeSweeps } from '../sweeps/merge-sweeps.js';
import { isOfSweep } from '../sweeps/rows-file.js';

type Shards = readonly [ShardRecord, ...ShardRecord[]];

/**
 * The results of the shards that are there, in the order of the claims. A claim that sums up others is computed again if all of them are
 * there, and left out if not.
 *
 * @throws UsageError of one line that names a shard without its claims, or one that finds other functions wrong than the first does
 */
async function mergedClaims(
  shards: Shards,
  asked: readonly CatalogueEntry[],
  isWhole: boolean,
): Promise<RecordedClaim[]> {
  for (const shard of shards) requireShare(shard, asked);
  requireSameSuspects(shards, asked);
  const seconds = new Map(shards.flatMap(({ timing }) => Object.entries(timing?.claims ?? {})));
  const records = shards.flatMap(({ claims }) => claims);
  const found = (id: string): RecordedClaim[] => {
    const claim = records.find((each) => each.id === id);
    return claim === undefined ? [] : [{ claim, evidence: { ...claim.evidence, seconds: seconds.get(id) ?? 0 } }];
  };
  const checked = new Map(
    asked.flatMap(({ id, sumsUp }) => (sumsUp ? [] : found(id))).map((each) => [each.claim.id, each]),
  );
  const answered = new Map<string, Answered>();
  for (const entry of isWhole ? inCheckingOrder(asked) : []) {
    if (entry.sumsUp) {
      const [before] = found(entry.id) as [RecordedClaim];
      checked.set(entry.id, { ...before, evidence: await summedUp(entry, before.evidence, shards[0], answered) });
    }
    addAnswered(answered, checked.get(entry.id)!.evidence);
  }
  return [...asked.flatMap(({ id }) => checked.get(id) ?? []), ...found(shutdownClaim.id)];
}

/** The evidence of a claim that asks nothing itself, from the complete results of the others. */
async function summedUp(
  entry: CatalogueEntry,
  { seed, seconds, reproduce }: Evidence,
  { implementation: description, depth }: ShardRecord,
  answered: Map<string, Answered>,
): Promise<Evidence> {
  const { reference: _, functionOf: __, ...rest } = reference;
  const executor = localExecutor({ workers: 0 });
  const budget = { depth, seed, answered, executor, reproduce: () => reproduce };
  const [checked] = await runClaims([await loadEntry(entry)], { ...rest, description }, budget);
  return { ...checked!.evidence, seconds };
}

/** Rejects a shard that lacks some of its claims. */
function requireShare({ claims, path, shard }: ShardRecord, asked: readonly CatalogueEntry[]): void {
  const share = (shard.guarded ? guardedShareOf : shareOf)(asked, shard);
  const names = (list: readonly { readonly id: string }[]): string =>
    list
      .map(({ id }) => id)
      .filter((id) => id !== shutdownClaim.id)
      .toSorted()
      .join();
  if (names(share) === names(claims)) return;
  throw new UsageError(`${path} does not hold the claims of shard ${shardText(shard)}: run that shard again`);
}

/** Every shard has judged all functions, and its other claims depend on that: ratios may differ between hosts, verdicts must not. */
function requireSameSuspects([first, ...others]: Shards, asked: readonly CatalogueEntry[]): void {
  const ofFirst = suspectsOf(first, asked);
  for (const other of others) {
    const ofOther = suspectsOf(other, asked);
    const one = [...ofFirst, ...ofOther].find((name) => !ofFirst.has(name) || !ofOther.has(name));
    if (one === undefined) continue;
    const [finds, findsNot] = ofFirst.has(one) ? [first, other] : [other, first];
    throw new UsageError(
      `${finds.path} finds ${one} wrong and ${findsNot.path} does not, so they judged two implementations: judge the same one on every host`,
    );
  }
}

function suspectsOf({ claims }: ShardRecord, asked: readonly CatalogueEntry[]): ReadonlySet<string> {
  const knownWrong = new Set<string>();
  for (const entry of asked) {
    const claim = claims.find(({ id }) => id === entry.id);
    if (claim !== undefined) addKnownWrong(knownWrong, entry, claim.evidence);
  }
  return knownWrong;
}

/** `signprox merge <directories...>`: merges the shards of a run into one report, or those of a grid into one file. */
export function declare(command: Command): void {
  command
    .argument('<directories...>', 'the output directories of runs with --shard, e.g. reports/shard-*-of-4')
    .addOption(formatOption())
    .option('--out <directory>', 'output directory; default: reports, or reports/sweep for rows of bounds')
    .addHelpText('after', examples(['signprox merge reports/shard-*-of-4', 'signprox merge one two --out both']))
    .action(async (directories: readonly string[], options: MergeOptions) => {
      process.exitCode = await merge(directories, options);
    });
}

/** Options of `signprox merge`. */
interface MergeOptions {
  readonly format: FormatName;
  readonly out?: string;
}

/** Merges shards. Except for times, the bytes are those of the run or sweep without shards. Returns the exit code. */
export async function merge(directories: readonly string[], { format, out }: MergeOptions): Promise<number> {
  if (directories.some(isOfSweep)) return mergeSweeps(directories, sweepFormat(format), out ?? defaultSweepOut);
  return mergeRuns(directories, format, out ?? defaultOut);
}

/** Rows of a sweep are not claims, so the formats for claims are rejected. */
function sweepFormat(format: FormatName): 'table' | 'json' {
  if (format === 'table' || format === 'json') return format;
  throw new UsageError(`--format ${format} is for claims, and these are rows of bounds: give table or json`);
}

/** Merges the shards of a run of claims. */
async function mergeRuns(directories: readonly string[], format: FormatName, out: string): Promise<number> {
  const shards = await readShards(directories);
  await requireWritable(out);
  const record = await mergedRecord(shards, out);
  const by = arrangementOf(record);
  const { selection, only } = shards[0].shard;
  const isSelection = selection !== undefined || only !== undefined;
  const place = record.incomplete !== undefined ? 'incomplete' : isSelection ? 'selection' : '';
  const directory = join(out, place);
  const from = await readContributions();
  await write(() => writeReports(record, directory, by, from), directory);
  const printed = formatReport(record, format, tableOptions(process.stdout, process.env), by, from);
  process.stdout.write(format === 'table' ? asTyped(printed) : printed);
  if (place !== '') process.stderr.write(`the reports are in ${directory}\n`);
  return record.exitCode;
}

/** One record of all shards that are there, in the order of the claims. Copies the failures that they saved below the directory. */
async function mergedRecord(shards: readonly [ShardRecord, ...ShardRecord[]], out: string): Promise<RunRecord> {
  const [first] = shards;
  const { of, guarded, selection, strict, known, options = '' } = first.shard;
  const asked = selectClaims(guarded ? readGuardCatalogue() : readCatalogue(), selection);
  const places = Array.from({ length: of }, (_, place) => ({ index: place + 1, of }));
  const missing = places.filter(({ index }) => shards.every(({ shard }) => shard.index !== index));
  const checked = await mergedClaims(shards, asked, missing.length === 0);
  const remaining = asked.map(({ id }) => id).filter((id) => checked.every(({ claim }) => claim.id !== id));
  const replay = await write(() => gatherFailures(shards, checked, out), out);
  const build = (looksLike?: RunRecord['looksLike']): RunRecord =>
    buildRunRecord({
      ...(looksLike && { looksLike }),
      ...{ suite: first.suite, seed: first.seed, depth: first.depth, implementation: first.implementation },
      environment: { node: distinct(shards, 'node'), platform: distinct(shards, 'platform') },
      command: withoutShard(first, ''),
      ...(first.declared && { declared: first.declared }),
      ...(first.asked && { asked: shards.map(({ asked = {} }) => asked) }),
      checked,
      ...(known && { known }),
      replay,
      ...(remaining.length > 0 && {
        incomplete: {
          remaining,
          shards: missing.map(shardText),
          ...(selection !== undefined && { selection }),
          resume: missing.map((shard) => withoutShard(first, ` --shard ${shardText(shard)}${options}`)).join('; '),
        },
      }),
      strict: strict === true || guarded === undefined,
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
  // What is wrong in a shard may follow from something else in the whole.
  const named: Record<string, string> = Object.assign({}, ...shards.map(({ looksLike }) => looksLike));
  const record = build();
  const kept = wrongSubjects(record).flatMap((subject) =>
    named[subject] === undefined ? [] : [[subject, named[subject]]],
  );
  return kept.length === 0 ? record : build(Object.fromEntries(kept));
}

/** The command of a shard with its `--shard` replaced by `other`. */
const withoutShard = ({ command, shard }: ShardRecord, other: string): string =>
  command.replace(` --shard ${shardText(shard)}`, other);

const distinct = (shards: readonly ShardRecord[], key: 'node' | 'platform'): string =>
  [...new Set(shards.map(({ environment }) => environment[key]))].join(', ');

/** When the first shard began. */
function startOf(shards: readonly ShardRecord[]): { readonly startedAt?: string } {
  const [first] = shards.flatMap(({ timing }) => timing?.startedAt ?? []).toSorted();
  return first === undefined ? {} : { startedAt: first };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * Copies the failures that shards saved to where a run without shards saves them, and returns the commands that judge
 * them again. Skips a failure that follows from another one in the merged results, and one whose file is missing.
 */
async function gatherFailures(
  shards: readonly [ShardRecord, ...ShardRecord[]],
  checked: readonly RecordedClaim[],
  out: string,
): Promise<(Saved & { readonly command: string })[]> {
  const { name, dtype } = shards[0].implementation;
  const { isOwn } = blamedAmong(checked, dtype);
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
