import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { parseRunRecord, type RunRecord } from '../report/record/run-record.js';

/** Where a test runs commands; it goes when the test ends. */
export async function directory(t: ExecutionContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'signprox-command-'));
  t.teardown(() => rm(path, { recursive: true }));
  return path;
}

/** The record of a run of some claims, or of all. */
export async function recordIn(cwd: string, directory = 'reports/selection'): Promise<RunRecord> {
  return parseRunRecord(await readFile(join(cwd, directory, 'run.json'), 'utf8'));
}
