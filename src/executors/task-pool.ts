import { availableParallelism } from 'node:os';
import { firstLine } from './replicates.js';
import { startThreads } from './threads.js';

export interface TaskPoolOptions {
  /** Worker threads; 0 computes in the calling thread. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  /** Called with the number of finished tasks after each. */
  readonly onProgress?: (finished: number, total: number) => void;
}

/**
 * Runs independent tasks of one module on worker threads and returns their results in the order of the tasks.
 *
 * @param module URL of an ES module whose default export maps a structured-cloneable task to its result
 * @throws Error in one line when a task fails or the run is aborted
 */
export async function runTasks<Task, Result>(
  module: string,
  tasks: readonly Task[],
  options: TaskPoolOptions = {},
): Promise<Result[]> {
  const { workers = availableParallelism(), signal, onProgress } = options;
  let finished = 0;
  const done = (result: Result): Result => {
    finished++;
    onProgress?.(finished, tasks.length);
    return result;
  };
  if (workers === 0) {
    const { default: run } = (await import(module)) as { default: (task: Task) => Result };
    const results: Result[] = [];
    for (const task of tasks) {
      signal?.throwIfAborted();
      results.push(done(run(task)));
    }
    return results;
  }
  const threads = Math.max(1, Math.min(workers, tasks.length));
  const pool = await startThreads<Task, Result>(module, threads);
  const stop = (): void => void pool.end();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.all(tasks.map((task) => pool.run(task).then(done)));
  } catch (error) {
    signal?.throwIfAborted();
    throw new Error(firstLine(error));
  } finally {
    signal?.removeEventListener('abort', stop);
    await pool.end();
  }
}
