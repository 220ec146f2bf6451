import type { Executor } from '../../claims/claim.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import { ExecutorError, firstLine } from '../../executors/replicates.js';
import { startThreads } from '../../executors/threads.js';
import type { PlannedIterations } from '../../report/formats/plan-table.js';
import { lineOfCell } from './cell-worker.js';
import type { GridCell } from './cells.js';
import { costOf, processorSeconds, type RowCost } from './row-cost.js';

/**
 * Rows of each T to measure at least: fewer may miss the slowest ones. Then one more at a time, until the relative standard error of the
 * sum is this small, or this many are measured.
 */
const sampling = { least: 24, error: 0.1, most: 400 };
/**
 * Estimates the cost of a grid from some rows of every T: a few of their replicates are computed and timed, and their values are reused
 * until the row is decided.
 */
export async function planSweep(
  cells: readonly GridCell[],
  power: number,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<readonly PlannedIterations[]> {
  const executor = localExecutor({ workers: 0, signal });
  const parts = [...new Set(cells.map((cell) => cell.iterations))].map((iterations) => {
    const own = cells.filter((cell) => cell.iterations === iterations);
    return { iterations, rows: own.length, next: spread(own), measured: [] as RowCost[] };
  });
  // In a large grid most rows run after the JIT compiler is done, but not those of the first second: they would measure too slow.
  if (parts.some(({ rows }) => rows > sampling.least)) {
    const began = processorSeconds();
    for (const cell of spread(cells)) {
      signal.throwIfAborted();
      if (processorSeconds() - began > 1) break;
      await costOf(cell, power, executor);
    }
  }
  for (let measured = 0; ; measured++) {
    const part = nextToMeasure(parts);
    if (part === undefined) return parts.map(({ iterations, rows, measured: costs }) => sumOf(iterations, rows, costs));
    say(`measuring row ${measured + 1}, of T = ${part.iterations}`);
    signal.throwIfAborted();
    part.measured.push(await costOf(part.next.next().value!, power, executor));
  }
}

const goldenRatio = (Math.sqrt(5) - 1) / 2;

/** All rows, the first few spread evenly but not periodically: B repeats in the grid, so rows at equal distances might share one B. */
export function* spread<Of>(all: readonly Of[]): Generator<Of, undefined> {
  const met = new Set<number>();
  for (let i = 0; met.size < all.length; i++) {
    const place = Math.floor((((i + 0.5) * goldenRatio) % 1) * all.length);
    if (met.has(place)) continue;
    met.add(place);
    yield all[place]!;
  }
}

interface Part {
  /** The number of rows. */
  readonly rows: number;
  readonly measured: readonly Pick<RowCost, 'seconds'>[];
}

/** The part that contributes most to the error of the sum; undefined if the sum is known well enough. */
export function nextToMeasure<Of extends Part>(parts: readonly Of[]): Of | undefined {
  const few = parts.find(({ rows, measured }) => measured.length < Math.min(rows, sampling.least));
  if (few !== undefined) return few;
  const [total, error] = [sum(parts.map(secondsOf)), Math.sqrt(sum(parts.map(squaredError)))];
  if (error <= sampling.error * total || sum(parts.map(({ measured }) => measured.length)) >= sampling.most)
    return undefined;
  return parts.toSorted((a, b) => squaredError(b) - squaredError(a))[0];
}

const secondsOf = ({ rows, measured }: Part): number =>
  (rows * sum(measured.map(({ seconds }) => seconds))) / measured.length;

/** The estimated variance of the sum of all rows, from a sample without replacement: 0 if all are measured. */
function squaredError({ rows, measured }: Part): number {
  const n = measured.length;
  const mean = sum(measured.map(({ seconds }) => seconds)) / n;
  const squares = sum(measured.map(({ seconds }) => (seconds - mean) ** 2));
  return n === rows ? 0 : (rows * (rows - n) * squares) / (n * (n - 1));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The cost of the rows of one T: the mean of the measured ones times the number of rows. */
export function sumOf(iterations: number, rows: number, measured: readonly RowCost[]): PlannedIterations {
  const total = (of: (cost: RowCost) => number): number => (rows * sum(measured.map(of))) / measured.length;
  return {
    ...{ iterations, rows, measured: measured.length },
    exact: measured.filter(({ exact }) => exact).length,
    replicates: Math.round(total(({ replicates }) => replicates)),
    planned: Math.round(total(({ planned, replicates }) => planned ?? replicates)),
    seconds: total(({ seconds }) => seconds),
    error: Math.sqrt(squaredError({ rows, measured })),
    longest: Math.max(...measured.map(({ seconds }) => seconds)),
  };
}

const worker = new URL('./cell-worker.js', import.meta.url).href;

/**
 * Decides rows on worker threads, one thread for each, and delivers the line of every row when it is done, in any order.
 * @param workers 0 decides them in this thread
 * @throws the reason of `signal` when that aborts: rows in progress are dropped, and delivered lines are written
 */
export async function runCells(
  cells: readonly GridCell[],
  workers: number,
  done: (line: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  if (workers === 0) {
    const executor = localExecutor({ workers: 0, signal });
    for (const cell of cells) {
      signal.throwIfAborted();
      await done(await abortable(lineOfCell(cell, executor, signal), signal));
    }
    return;
  }
  const count = Math.min(workers, cells.length);
  const pool = await startThreads<GridCell, string>(worker, count);
  const stop = (): void => void pool.end();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await inLanes(cells, count, async (cell) => done(await abortable(pool.run(cell), signal)), signal);
  } finally {
    signal.removeEventListener('abort', stop);
    await pool.end();
  }
}

/** Rows that run at once: a row first requests few replicates, which would leave most workers of a queue idle. */
const rowsOnQueue = 16;

/**
 * Decides rows whose replicates come from elsewhere, several at a time, in this thread.
 * @throws ExecutorError when they will not be computed, and otherwise what `runCells` throws
 */
export function runCellsOn(
  executor: Executor,
  cells: readonly GridCell[],
  done: (line: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  return inLanes(
    cells,
    rowsOnQueue,
    async (cell) => done(await abortable(lineOfCell(cell, executor, signal), signal)),
    signal,
  );
}

/** Lanes share the waiting rows: each takes the next row when its last one is done, and stops when any has failed. */
async function inLanes(
  cells: readonly GridCell[],
  count: number,
  decide: (cell: GridCell) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const waiting = cells.values();
  let failed = false;
  const lane = async (): Promise<void> => {
    for (const cell of waiting) {
      signal.throwIfAborted();
      if (failed) return;
      try {
        await decide(cell);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: count }, lane));
  for (const outcome of lanes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** A row's thread that is ended throws the reason why. */
async function abortable(line: Promise<string>, signal: AbortSignal): Promise<string> {
  try {
    return await line;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof ExecutorError ? error : new Error(firstLine(error));
  }
}
