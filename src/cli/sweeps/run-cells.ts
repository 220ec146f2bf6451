import type { Executor } from '../../claims/claim.js';
import { localExecutor } from '../../executors/replicate-pool.js';
import { ExecutorError, firstLine } from '../../executors/replicates.js';
import { startThreads } from '../../executors/threads.js';
import { lineOfCell } from './cell-worker.js';
import type { Cell } from './cells.js';

const worker = new URL('./cell-worker.js', import.meta.url).href;

/**
 * Decides rows on worker threads, one thread for each, and delivers the line of every row when it is done, in any order.
 * @param workers 0 decides them in this thread
 * @throws the reason of `signal` when that aborts: rows in progress are dropped, and delivered lines are written
 */
export async function runCells(
  cells: readonly Cell[],
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
  const pool = await startThreads<Cell, string>(worker, count);
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
  cells: readonly Cell[],
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
  cells: readonly Cell[],
  count: number,
  decide: (cell: Cell) => Promise<void>,
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
