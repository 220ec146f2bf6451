import { register } from 'node:module';
import { loadModule } from './load-module.js';
import type { ProcessImplementation, ProcessOptions } from './process-implementation.js';

// Loaded first in the process of the commands, it stands there for module-process.js: a module is judged without a process of its own and the
// protocol between, which take half of the time.
const hook = `export const resolve = (name, context, next) =>
  next(name.endsWith('/module-process.js') && context.parentURL.endsWith('/open-target.js') ? ${JSON.stringify(import.meta.url)} : name, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

/** As the function of module-process.js, in this process. */
export async function openModule(
  path: string,
  { timeout }: Pick<ProcessOptions, 'timeout'>,
): Promise<ProcessImplementation> {
  const implementation = await loadModule(path, undefined, timeout);
  return { ...implementation, stderr: '', provokes: () => {}, close: async () => undefined };
}
