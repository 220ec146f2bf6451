import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireFile } from './load-module.js';
import { ModuleLoadError } from './module-implementation.js';
import { openProcess, type ProcessImplementation, type ProcessOptions } from './process-implementation.js';
import { AdapterFailure } from './supervisor/failures.js';

/** The program that serves a module, whose file is its first argument. */
export const moduleServer = fileURLToPath(new URL('module-server.js', import.meta.url));

/** The start of the diagnosis when the module cannot be loaded and hello is refused. */
const refused = 'refused hello: ';

/**
 * A JavaScript module in its own process: an endless loop is stopped after the time limit of a call, and a module that exits or crashes
 * does not end the suite. It must be closed.
 *
 * @throws ModuleLoadError when the file is missing, does not load, or has no usable default export
 * @example
 * const mine = await openModule('fixtures/adapters/javascript/adapter.js', { seed: '1' });
 * const { x } = await mine.ask({ method: 'prox', function: { type: 'l1', weight: 1 }, step: 1, x: Float64Array.of(3) });
 * assert.equal(x[0], 2);
 * assert.equal(await mine.close(), undefined);
 */
export async function openModule(
  path: string,
  options: Omit<ProcessOptions, 'command' | 'seesInputs'>,
): Promise<ProcessImplementation> {
  const file = resolve(path);
  await requireFile(file);
  try {
    return await openProcess({ ...options, command: [process.execPath, moduleServer, file], seesInputs: true });
  } catch (error) {
    if (!(error instanceof AdapterFailure)) throw error;
    const { message } = error;
    throw new ModuleLoadError(
      message.startsWith(refused)
        ? message.slice(refused.length)
        : `${file} does not load: ${message}; try node ${file}`,
    );
  }
}
