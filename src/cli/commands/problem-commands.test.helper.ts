import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';

export const examples = fileURLToPath(new URL('../../../../fixtures/problems/', import.meta.url));

/** A directory with the example problems, the other files given, and nothing else. */
export async function directory(t: ExecutionContext, files: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'signprox-problem-'));
  t.teardown(() => rm(path, { recursive: true }));
  for (const name of await readdir(examples)) await copyFile(join(examples, name), join(path, name));
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(path, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return path;
}

export const audit = (name: string, ...more: string[]): string[] => ['audit', '--problem', `${name}.json`, ...more];
export const bounds = (name: string, theorem: string, iterations: string, ...more: string[]): string[] => [
  ...['bounds', '--problem', `${name}.json`, '--start', `${name}.start.json`],
  ...['--theorem', theorem, '--iterations', iterations, ...more],
];
