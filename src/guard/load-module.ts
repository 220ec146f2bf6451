import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Implementation } from '../claims/implementation/implementation.js';
import { defaultTimeout, exportedModule, ModuleLoadError, thrownMessage, wrapModule } from './module-implementation.js';

/** Milliseconds a module may take to load. */
const defaultLoadTimeout = 10_000;

/**
 * Loads a JavaScript module into this process, which the module can then keep from ending. Its default export implements the interface
 * with plain arrays: `describe()` and any of `prox`, `value`, `gradient`, `step`, `run`, `sample`. Methods may be asynchronous. In its place the
 * module may export a prox by the name of its function, `(y, γ, parameters) => u`.
 *
 * @throws ModuleLoadError when the file is missing, does not load, or has no usable export
 * @example
 * const { description } = await loadModule('fixtures/adapters/javascript/adapter.js');
 * assert.equal(description.language, 'javascript');
 */
export async function loadModule(
  path: string,
  loadTimeout = defaultLoadTimeout,
  timeout = defaultTimeout,
): Promise<Implementation> {
  const file = resolve(path);
  await requireFile(file);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing after ${loadTimeout} ms`)), loadTimeout);
  });
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = (await Promise.race([import(pathToFileURL(file).href), late])) as typeof exported;
  } catch (error) {
    const isUnknown = (error as { readonly code?: unknown } | undefined)?.code === 'ERR_UNKNOWN_FILE_EXTENSION';
    if (isUnknown && /\.[cm]?ts$/.test(file)) {
      const why = `${file} is TypeScript, which Node ${process.versions.node} does not run as it is started here`;
      throw new ModuleLoadError(`${why}: compile it and give the JavaScript file${orStripTypes()}`);
    }
    throw new ModuleLoadError(`${file} does not load: ${thrownMessage(error)}; try node ${file}`);
  } finally {
    clearTimeout(timer);
  }
  return wrapModule(exportedModule(exported, file), file, timeout);
}

/** How a file of TypeScript runs without a compiler: since 22.6 with an option, since 22.18 without one. */
function orStripTypes(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const hasOption = major > 22 || (major === 22 && minor >= 6);
  return hasOption ? ', or set NODE_OPTIONS=--experimental-strip-types' : ', or take Node 22.18 or later';
}

/** @throws ModuleLoadError when there is no such file, or a folder in its place, of which Node would name a module of this suite */
export async function requireFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory() === false) return;
  const what = found === undefined ? `no module at ${file}` : `${file} is a directory`;
  throw new ModuleLoadError(`${what}: give the path of a JavaScript file with a default export`);
}
