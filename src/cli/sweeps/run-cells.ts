import { localExecutor } from '../../executors/replicate-pool.js';
import { firstLine } from '../../executors/replicates.js';
import { startThreads } from '../../executors/threads.js';
import type { Cell } from './cells.js';
import { lineOfCell } from './sweep-cell.js';

const worker = new URL('./cell-worker.js', import.meta.url).href;

/**
 * Decides rows on worker threads, each on one of them, and hands over the line of every row when it is done, whatever the order.
 * @param workers 0 decides them in this thread
 * @throws the reason of `signal` when that aborts: what runs then is dropped, and what was handed over is written
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
  const waiting = cells.values();
  const lane = async (): Promise<void> => {
    for (const cell of waiting) {
      signal.throwIfAborted();
      await done(await abortable(pool.run(cell), signal));
    }
  };
  try {
    const lanes = await Promise.allSettled(Array.from({ length: count }, lane));
    for (const outcome of lanes) if (outcome.status === 'rejected') throw outcome.reason;
  } finally {
    signal.removeEventListener('abort', stop);
    await pool.end();
  }
}

/** What a row's thread throws when it is ended is the reason why it was. */
async function abortable(line: Promise<string>, signal: AbortSignal): Promise<string> {
  try {
    return await line;
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(firstLine(error));
  }
}
