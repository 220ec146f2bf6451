import { ExecutorError } from '../executor-error.js';

/** Where the compiled package begins: three levels above this module. */
const root = new URL('../../../', import.meta.url).href;

/** The modules that a queue may name, relative to that: those of theorems, and the engines of the claims. No segment of a path is `..`. */
export const packageModule: RegExp = /^(?:theorems|src\/claims)(?:\/[a-z0-9]+(?:[.-][a-z0-9]+)*)+\.js$/;

/**
 * The name under which any machine with the package finds a module.
 *
 * @throws ExecutorError for a module that is not one of the package's theorems or engines: no other machine has it
 */
export function nameOfModule(url: string): string {
  const name = url.startsWith(root) ? url.slice(root.length) : '';
  if (packageModule.test(name)) return name;
  throw new ExecutorError(
    `${url} is not of this package, so the workers of a queue do not have it: leave out --executor`,
  );
}

/** The URL of a module on this machine, whose name is known to be one of `packageModule`. */
export const urlOfModule = (name: string): string => `${root}${name}`;
