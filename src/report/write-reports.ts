import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stableJson } from './json-numbers.js';
import { junitReport } from './junit-report.js';
import { markdownReport } from './markdown-report.js';
import type { RunRecord } from './run-record.js';

/**
 * Writes `bounds.json`, `report.md`, `junit.xml` and `index.html` into `directory`, which is made if missing, and returns their
 * paths. Everything is rendered before anything is written, and each file is renamed into place when complete: a reader sees the
 * old file or the new one. Rejects with the file system's error, with no temporary file left.
 */
export async function writeReports(record: RunRecord, directory: string): Promise<readonly string[]> {
  // The chart library takes a fifth of a second to load, which no command needs that writes no page.
  const { htmlReport } = await import('./html-report.js');
  const files = [
    ['bounds.json', stableJson(record)],
    ['report.md', markdownReport(record)],
    ['junit.xml', junitReport(record)],
    ['index.html', await htmlReport(record)],
  ] as const;
  await mkdir(directory, { recursive: true });
  const written: string[] = [];
  for (const [name, text] of files) {
    const path = join(directory, name);
    await writeWhole(path, text);
    written.push(path);
  }
  return written;
}

/** Writes a file that appears complete or not at all. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
