import { basename, dirname, join } from 'node:path';
import { sweepJson, sweepTable } from '../../report/formats/sweep-table.js';
import { exitCodes } from '../../report/record/outcome.js';
import { type SweepHeader, type SweepRecord, sweepExitCode } from '../../report/record/sweep-record.js';
import { tableOptions } from '../../report/wording/screen.js';
import { makeDirectory } from '../../report/write-reports.js';
import { asTyped } from '../options/as-typed.js';
import { cannotWrite, requireWritable } from '../options/output-directory.js';
import { type Shard, shardDirectory, shardText } from '../options/shard.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import { shareOfCells } from './cells.js';
import { mostPrinted } from './limits.js';
import { commonFields, inGridOrder, readRows, requireSameSweep, rowsPath, writeRows } from './rows-file.js';

interface SweepShard extends SweepRecord {
  readonly path: string;
  readonly shard: NonNullable<SweepHeader['shard']>;
}

/**
 * `signprox merge` for the shards of a sweep: writes the file that the sweep would have written without shards. If shards are missing,
 * `signprox bounds --resume` can complete the file.
 * @returns the exit code
 * @throws UsageError of one line that names a file that is not a shard, was interrupted, is given twice, or belongs to another sweep
 */
export async function mergeSweeps(paths: readonly string[], format: 'table' | 'json', out: string): Promise<number> {
  const shards: SweepShard[] = [];
  for (const path of paths) shards.push(await readShard(path));
  const [first, ...others] = shards as [SweepShard, ...SweepShard[]];
  for (const other of others) {
    requireSameSweep(other.path, other.header, first.header, shardFields, 'merge the shards of one sweep');
  }
  const places = new Map<number, string>();
  for (const { shard, path } of shards) {
    const known = places.get(shard.index);
    if (known !== undefined)
      throw new UsageError(`${path} is shard ${shardText(shard)}, and so is ${known}: give one of them`);
    places.set(shard.index, path);
  }
  const { shard, ...header } = first.header;
  const { of } = first.shard;
  const lines = inGridOrder(shards.flatMap((each) => each.lines));
  const missing = Array.from({ length: of }, (_, place) => place + 1).filter((index) => !places.has(index));
  const directory = missing.length === 0 ? out : join(out, 'incomplete');
  await requireWritable(directory);
  await makeDirectory(directory).catch((error: Error) => {
    throw cannotWrite(directory, error.message);
  });
  await writeRows(directory, header, lines);
  const sweep = { header, rows: lines.map(({ row }) => row) };
  const exitCode = missing.length === 0 ? sweepExitCode(sweep.rows, header.strict === true) : exitCodes.partMissing;
  const layout = tableOptions(process.stdout, process.env);
  process.stdout.write(format === 'json' ? sweepJson(sweep) : sweepTable(sweep, layout, mostPrinted, exitCode));
  process.stderr.write(`the rows are in ${rowsPath(directory)}\n`);
  if (missing.length === 0) return exitCode;
  const which = missing.map((index) => shardText({ index, of })).join(', ');
  process.stderr.write(
    asTyped(`incomplete: missing ${which}; for the rest: ${header.command} --out ${shellQuote(directory)} --resume\n`),
  );
  return exitCode;
}

async function readShard(given: string): Promise<SweepShard> {
  const path = given.endsWith('.ndjson') ? given : rowsPath(given);
  const record = await readRows(path);
  const shard = record?.header.shard;
  if (record === undefined || shard === undefined) {
    throw new UsageError(`${path} is not a shard of a sweep; give the directories that bounds --shard wrote`);
  }
  const { header, lines } = record;
  const share = shareOfCells(gridCells(header), shard).map(({ cell }) => cell);
  const there = lines.map(({ row }) => row.cell).sort((a, b) => a - b);
  if (there.length < share.length && there.every((cell) => share.includes(cell))) {
    const command = `${header.command} --shard ${shardText(shard)}${outOf(path, shard)} --resume`;
    throw new UsageError(
      `${path} was interrupted: it has ${there.length} of ${share.length} rows; finish it first: ${command}`,
    );
  }
  if (there.join() !== share.join()) {
    throw new UsageError(`${path} does not hold the rows of shard ${shardText(shard)}: run that shard again`);
  }
  return { ...record, path, shard };
}

/** The `--out` of a shard, unless its file has been moved. */
function outOf(path: string, shard: Shard): string {
  const directory = dirname(path);
  return basename(directory) === shardDirectory(shard) ? ` --out ${shellQuote(dirname(directory))}` : '';
}

/** The T of every cell of a grid, from its header. */
function gridCells({ cells, iterations }: SweepHeader): { readonly cell: number; readonly iterations: number }[] {
  return Array.from({ length: cells }, (_, cell) => ({ cell, iterations: iterations[cell % iterations.length]! }));
}

const shardFields = [...commonFields, ['number of shards', ({ shard }: SweepHeader) => String(shard?.of)] as const];
