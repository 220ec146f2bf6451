import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { parseRunRecord, type RunRecord } from '../report/record/run-record.js';

/** A statement that does not return: it is ended as a loop is, and takes no time of a processor meanwhile. */
export const waitForEver = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);';

/** Writes files into a folder, by their paths in it: a text, or else JSON. */
export async function write(folder: string, files: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  }
}

/** Where a test runs commands, with some files; it goes when the test ends. */
export async function directory(t: ExecutionContext, files: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'signprox-command-'));
  t.teardown(() => rm(path, { recursive: true }));
  await write(path, files);
  return path;
}

/** The record of a run of some claims, or of all. */
export async function recordIn(cwd: string, directory = 'reports/selection'): Promise<RunRecord> {
  return parseRunRecord(await readFile(join(cwd, directory, 'run.json'), 'utf8'));
}
