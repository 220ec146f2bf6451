import { localExecutor } from '../../executors/replicate-pool.js';
import type { Cell } from './cells.js';
import { lineOfCell } from './sweep-cell.js';

// Rows are many: each is decided on one thread, its replicates included.
const ownThread = localExecutor({ workers: 0 });

/** The task of a worker thread: the line of one row. */
export default function cellLine(cell: Cell): Promise<string> {
  return lineOfCell(cell, ownThread);
}
