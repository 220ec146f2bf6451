import { plural } from '../../claims/text.js';
import { ExecutorError } from '../../executors/replicates.js';
import { planTable, planTotals } from '../../report/formats/plan-table.js';
import { sweepJson, sweepTable } from '../../report/formats/sweep-table.js';
import { exitCodes } from '../../report/record/outcome.js';
import { type SweepHeader, sweepExitCode } from '../../report/record/sweep-record.js';
import { formatDuration } from '../../report/wording/format-number.js';
import { tableOptions } from '../../report/wording/screen.js';
import { asTyped } from '../options/as-typed.js';
import type { ExecutorOptions } from '../options/executor-options.js';
import { requireWritable } from '../options/output-directory.js';
import { shellQuote } from '../options/usage-error.js';
import { expandGrid } from '../sweeps/cells.js';
import { type GridWords, readGrid } from '../sweeps/grid.js';
import { defaultSweepOut, mostPrinted } from '../sweeps/limits.js';
import { type Conditions, loadAsked } from '../sweeps/question.js';
import { processorSeconds } from '../sweeps/row-cost.js';
import { inGridOrder, openRows, type RowsFile, rowsPath, writeRows } from '../sweeps/rows-file.js';
import { planSweep, runCells, runCellsOn } from '../sweeps/run-sweep.js';
import { statusLine } from '../threads/command-thread.js';
import { Interrupted } from '../threads/interruptible.js';
import { openExecutor, requireComputable } from '../threads/open-executor.js';
import { stdout } from '../user-files/watched.js';

/** Options of `signprox bounds` about a grid. */
export interface SweepOptions extends Conditions, ExecutorOptions {
  /** The grid, or the file or JSON that holds it. */
  readonly grid: string | GridWords;
  readonly format: 'table' | 'json';
  readonly out: string;
  readonly resume?: true;
  readonly strict?: true;
  /** The words of the command line that say what is asked, without where it goes. */
  readonly command: string;
}

/** `signprox bounds --plan`: what a grid is going to cost. Returns the exit code. */
export async function plan(options: Omit<SweepOptions, 'out'>, power: number, signal: AbortSignal): Promise<number> {
  const startSeconds = processorSeconds();
  const { engine, signOfZero, seed, depth, command, workers } = options;
  const grid = typeof options.grid === 'string' ? await readGrid(options.grid) : options.grid;
  const { cells } = await expandGrid(grid, { engine, signOfZero, seed, depth }, command);
  const status = statusLine(process.stderr);
  const costs = await planSweep(cells, power, status.say, signal).finally(status.stop);
  const found = { costs, power, workers, startSeconds };
  const json = (): string => `${JSON.stringify({ ...found, ...planTotals(found) }, null, 2)}\n`;
  stdout.write(options.format === 'json' ? json() : planTable(found, tableOptions(stdout, process.env)));
  return exitCodes.ok;
}

/** `signprox bounds` on a grid: a row of every problem, theorem, γ, B and T, each in the file as soon as it is decided. */
export async function sweep(options: SweepOptions, signal: AbortSignal): Promise<number> {
  const { engine, signOfZero, seed, depth, command, out } = options;
  const grid = typeof options.grid === 'string' ? await readGrid(options.grid) : options.grid;
  const whole = await expandGrid(grid, { engine, signOfZero, seed, depth }, command);
  const { cells } = whole;
  const header: SweepHeader = { ...whole.header, ...(options.strict && { strict: true as const }) };
  await requireWritable(out);
  await requireComputableRows(options, cells);
  const file = await openRows(out, header, options.resume === true);
  try {
    await decideRemaining(
      cells.filter(({ cell }) => !file.lines.has(cell)),
      cells.length,
      { file, options, signal },
    );
  } catch (error) {
    const kept = `${file.lines.size} of ${plural(cells.length, 'row')} are in ${rowsPath(out)}; for the rest: ${again(options)}`;
    if (signal.aborted) throw new Interrupted(kept);
    throw error instanceof ExecutorError ? new ExecutorError(`${error.message}; ${kept}`) : error;
  } finally {
    await file.close();
  }
  await writeRows(out, file.header, file.lines.values());
  const record = {
    header: file.header,
    rows: inGridOrder(file.lines.values()).map(({ row }) => row),
  };
  const layout = tableOptions(stdout, process.env);
  stdout.write(options.format === 'json' ? sweepJson(record) : sweepTable(record, layout, mostPrinted));
  process.stderr.write(`${asTyped(whereNext(out))}\n`);
  return sweepExitCode(record.rows, options.strict === true);
}

interface Deciding {
  readonly file: RowsFile;
  readonly options: ExecutorOptions;
  readonly signal: AbortSignal;
}

/** Decides what is not done yet, and says how far it has come. */
async function decideRemaining(
  cells: Parameters<typeof runCells>[0],
  total: number,
  { file, options, signal }: Deciding,
): Promise<void> {
  if (cells.length === 0) return;
  const status = statusLine(process.stderr);
  const began = performance.now();
  let done = 0;
  const say = (): void => status.say(progressText(file.lines.size, total, done, (performance.now() - began) / 1000));
  say();
  try {
    const append = async (line: string): Promise<void> => {
      await file.append(line);
      done++;
      say();
    };
    if (options.executor !== 'bullmq') {
      await runCells(cells, options.workers, append, signal);
      return;
    }
    const executor = await openExecutor(options, (line) => process.stderr.write(`signprox: ${line}\n`), signal);
    try {
      await runCellsOn(executor, cells, append, signal);
    } finally {
      await executor.close();
    }
  } finally {
    status.stop();
  }
}

/** Refuses theorems that the workers of a queue do not have, before any row is decided. */
async function requireComputableRows(options: ExecutorOptions, cells: Parameters<typeof runCells>[0]): Promise<void> {
  if (options.executor !== 'bullmq') return;
  for (const asked of new Map(cells.map(({ asked: each }) => [each.theorem, each])).values()) {
    const { theorem } = await loadAsked(asked);
    await requireComputable(options, theorem);
  }
}

/** How far a sweep is: rows that are there, of all; and of those that this run decided, in how many seconds, the rate and what is left. */
export function progressText(there: number, total: number, decided: number, seconds: number): string {
  const text = `${there} of ${plural(total, 'row')}`;
  if (decided === 0 || seconds === 0) return text;
  const rate = decided / seconds;
  const shown = rate >= 1 ? `${rate.toFixed(1)} a second` : `${(60 * rate).toFixed(1)} a minute`;
  return `${text}, ${shown}, about ${formatDuration((total - there) / rate)} left`;
}

/** The command that goes on. */
function again({ command, out }: SweepOptions): string {
  const where = out === defaultSweepOut ? [] : [`--out ${shellQuote(out)}`];
  return [command, ...where, '--resume'].join(' ');
}

function whereNext(out: string): string {
  const path = shellQuote(rowsPath(out));
  return `the rows are in ${path}; for a page with charts: signprox report ${path} --out ${shellQuote(out)}`;
}
