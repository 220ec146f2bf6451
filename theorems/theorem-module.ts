import { readdirSync } from 'node:fs';
import { basename } from 'node:path';

const folder = new URL('.', import.meta.url);
const modules = new Map(
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => [
    basename(path),
    new URL(path, folder).href,
  ]),
);

/**
 * URL of the module that exports one of the theorems of this folder, which is named by the theorem's id.
 *
 * @throws RangeError when there is none
 */
export function theoremModule(id: string): string {
  const module = modules.get(`${id}.js`);
  if (module === undefined)
    throw new RangeError(`there is no theorem ${id}: a theorem is exported by the file of its id`);
  return module;
}
