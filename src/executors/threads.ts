import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import type { MessagePort } from 'node:worker_threads';
import { firstLine } from './replicates.js';

/** Worker threads that all run the default export of one module on tasks. */
export interface Threads<Task, Result> {
  run(task: Task, transferList?: readonly MessagePort[]): Promise<Result>;
  /** Ends the threads at once, even in the middle of a task. */
  end(): Promise<void>;
}

/** The pool loads this with `require`. If that loaded an ES module, a thread that is ended while it loads would end the whole process (Node 20). */
const filename = fileURLToPath(new URL('./thread.cjs', import.meta.url));

/**
 * Work of a function before V8 optimises it, in bytes of bytecode: three times the default. Claims consist of many functions that each run for a
 * while in every thread, so half of the early optimisations do not pay: this saves a tenth of the CPU time of a run.
 */
const INTERRUPT_BUDGET = 200_000;

/**
 * Megabytes for short-lived objects, twice V8's default: the objects of one case are garbage before the space is full, so none of them is copied.
 * This saves a thirtieth of the CPU time of a run.
 */
const YOUNG_GENERATION = 96;

/** Starts worker threads. `module` is the URL of an ES module whose default export maps a structured-cloneable task to its result. */
export async function startThreads<Task, Result>(module: string, count: number): Promise<Threads<Task, Result>> {
  const { Piscina } = await import('piscina');
  setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`);
  const pool = new Piscina<{ module: string; task: Task }, Result>({
    filename,
    minThreads: count,
    maxThreads: count,
    // Otherwise a task that finds no thread goes to the end of the queue, behind later ones.
    stricterFIFO: true,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
  });
  // An error of a task rejects the task. This handler is for answers that arrive after their worker was terminated.
  pool.on('error', () => {});
  return {
    run: (task, transferList = []) => pool.run({ module, task }, { transferList: [...transferList] }),
    end: () => pool.destroy(),
  };
}

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
