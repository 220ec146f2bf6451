import type { Piscina } from 'piscina';

/**
 * The pool imports a module by `require` first. Where that takes ES modules, a thread that is ended meanwhile takes the whole process with
 * it (Node 20 to 22: "v8::Module::IsGraphAsync must be used on an instantiated module"); without it the pool falls back to `import`.
 */
const requireModule = '--experimental-require-module';
const execArgv = process.allowedNodeEnvironmentFlags.has(requireModule) ? ['--no-experimental-require-module'] : [];

/** Starts worker threads that answer a task with what the default export of an ES module, given by its URL, makes of it. */
export async function startThreads<Task, Result>(module: string, threads: number): Promise<Piscina<Task, Result>> {
  const { Piscina } = await import('piscina');
  const pool = new Piscina<Task, Result>({ filename: module, minThreads: threads, maxThreads: threads, execArgv });
  // What goes wrong with a task rejects the task. This is for answers that arrive after their worker was terminated.
  pool.on('error', () => {});
  return pool;
}
