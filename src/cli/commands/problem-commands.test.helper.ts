import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { directory as empty, write } from '../run-directory.test.helper.js';

export const examples = fileURLToPath(new URL('../../../../fixtures/problems/', import.meta.url));

/** A directory with the example problems, the other files given, and nothing else. */
export async function directory(t: ExecutionContext, files: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const path = await empty(t);
  for (const name of await readdir(examples)) await copyFile(join(examples, name), join(path, name));
  await write(path, files);
  return path;
}

export const audit = (name: string, ...more: string[]): string[] => ['audit', '--problem', `${name}.json`, ...more];
export const bounds = (name: string, theorem: string, iterations: string, ...more: string[]): string[] => [
  ...['bounds', '--problem', `${name}.json`, '--start', `${name}.start.json`],
  ...['--theorem', theorem, '--iterations', iterations, ...more],
];
