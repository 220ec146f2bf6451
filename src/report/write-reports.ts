import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Contribution } from './contribution.js';
import type { Chart } from './document.js';
import type { Arrangement } from './formats/format-names.js';
import { stableJson } from './record/json-numbers.js';
import type { RunRecord } from './record/run-record.js';
import type { SweepResult } from './view/sweeps.js';

/**
 * Writes `run.json`, `report.md`, `junit.xml` and `index.html` into `directory`, which is made if missing, and returns their
 * paths. Everything is rendered before anything is written, and each file is renamed into place when complete: a reader sees the
 * old file or the new one. Rejects with the file system's error, with no temporary file left.
 */
export async function writeReports(
  record: RunRecord,
  directory: string,
  by: Arrangement = 'claims',
  from: readonly Contribution[] = [],
  drawings: readonly Chart[] = [],
): Promise<readonly string[]> {
  // Only commands that write a page load the charts.
  const { formatReport, jsonOf } = await import('./formats/formats.js');
  const { htmlReport } = await import('./html/html-report.js');
  const { smallPage } = await import('./html/markup.js');
  return writeFiles(directory, [
    ['run.json', stableJson(jsonOf(record, 'claims', from))],
    ['report.md', formatReport(record, 'markdown', {}, by, from)],
    ['junit.xml', formatReport(record, 'junit', {}, by)],
    ['index.html', smallPage(htmlReport(record, by, from, drawings))],
  ]);
}

/** Writes `index.html` with several runs side by side into `directory`, as `writeReports` does, and returns its path. */
export async function writeComparison(records: readonly RunRecord[], directory: string): Promise<readonly string[]> {
  const { htmlComparison } = await import('./html/html-comparison.js');
  const { smallPage } = await import('./html/markup.js');
  return writeFiles(directory, [['index.html', smallPage(htmlComparison(records))]]);
}

/** Writes `index.html` with the rows of a sweep into `directory`, as `writeReports` does, and returns its path. */
export async function writeSweep(sweep: SweepResult, directory: string): Promise<readonly string[]> {
  const { htmlSweep } = await import('./html/html-sweep.js');
  return writeFiles(directory, [['index.html', htmlSweep(sweep)]]);
}

async function writeFiles(
  directory: string,
  files: readonly (readonly [name: string, text: string])[],
): Promise<readonly string[]> {
  const written: string[] = [];
  for (const [name, text] of files) written.push(await writeInto(directory, name, text));
  return written;
}

/**
 * Writes a complete file into a directory and returns its path. The directory is created if missing, and again if somebody deletes it before the
 * file is written: a cleanup must not lose the results of a run.
 */
export async function writeInto(directory: string, name: string, content: string | Uint8Array): Promise<string> {
  const path = join(directory, name);
  for (let attempts = 1; ; attempts++) {
    try {
      await makeDirectory(directory);
      await writeWhole(path, content);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempts === 5) throw error;
    }
  }
}

/**
 * Creates a directory and its missing parents. The path is resolved first: with a relative path, Node's recursive mkdir never ends if the working
 * directory has been deleted.
 */
export async function makeDirectory(directory: string): Promise<void> {
  await mkdir(resolve(directory), { recursive: true });
}

/** Writes a file that appears complete or not at all. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const path = resolve(file);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
