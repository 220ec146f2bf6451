import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import type { MessagePort } from 'node:worker_threads';
import { firstLine } from './replicates.js';

/** Worker threads that all do what the default export of one module does with a task. */
export interface Threads<Task, Result> {
  run(task: Task, transferList?: readonly MessagePort[]): Promise<Result>;
  /** Ends the threads at once, whatever they do. */
  end(): Promise<void>;
}

/** The pool loads this by `require`. Where that takes ES modules, a thread that is ended while it loads one takes the whole process with it (Node 20). */
const filename = fileURLToPath(new URL('./thread.cjs', import.meta.url));

/**
 * Work that a function does before V8 compiles it for speed, in bytes of bytecode: three times its default. Claims are many functions that run
 * a while each and in every thread, so half of what is compiled early is never worth it: this saves a tenth of the CPU time of a run.
 */
const INTERRUPT_BUDGET = 200_000;

/**
 * Megabytes for what is short-lived, twice V8's default: what one case allocates is garbage before the space is full, and nothing of it has to be
 * copied. This saves a thirtieth of the CPU time of a run.
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
    // Else a task that finds no thread goes to the end of the queue, behind those that were asked for after it.
    stricterFIFO: true,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
  });
  // What goes wrong with a task rejects the task. This is for answers that arrive after their worker was terminated.
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
