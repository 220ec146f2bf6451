// The entries of a run of the tests: modules that import test files of one folder after the other, so that what these share is loaded once.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pid } from 'node:process';
import { countedLanes, laneOf, secondsOf } from './lanes.mjs';

const entry = new URL('entry.mjs', import.meta.url);

/** An entry grows by files that are quick until it takes so many seconds: the two cores then end together. */
const longest = 25;

/** Whether a test file needs a process of its own, as its name says, or waits for other programs, as its lane does. */
const isAlone = (name) => name.endsWith('.process.test') || !countedLanes.includes(laneOf(name));

/**
 * The test files that one entry imports each, in the order in which entries start: those that take longest first. A file that takes long has
 * several entries, each of which declares every `of`-th of its tests.
 * @typedef {{ readonly names: readonly string[], readonly alone: boolean, readonly seconds: number, readonly part: number,
 *   readonly of: number }} Entry
 * @param {readonly string[]} names test files, by their paths in dist without the ending
 * @returns {Entry[]}
 */
export function entriesOf(names) {
  const entries = [];
  let open = { names: [], seconds: Infinity };
  for (const name of names.toSorted()) {
    const seconds = secondsOf(name);
    const alone = isAlone(name);
    if (alone || seconds > longest / 2) {
      const of = alone ? 1 : Math.ceil(seconds / (2 * longest));
      for (let part = 0; part < of; part++) entries.push({ names: [name], alone, seconds: seconds / of, part, of });
      continue;
    }
    if (open.seconds + seconds > longest) {
      open = { names: [], alone: false, seconds: 0, part: 0, of: 1 };
      entries.push(open);
    }
    open.names.push(name);
    open.seconds += seconds;
  }
  return entries.toSorted((a, b) => b.seconds - a.seconds);
}

/**
 * Writes the entries below dist, runs something with their paths, and removes them.
 * @template T
 * @param {readonly Entry[]} entries
 * @param {string} log the file to which each entry writes which test file it begins
 * @param {(paths: string[]) => Promise<T>} run
 */
export async function withEntries(entries, log, run) {
  const folder = `dist/.entries/${pid}`;
  mkdirSync(folder, { recursive: true });
  try {
    const paths = entries.map((each, k) => {
      const path = join(folder, `${String(k + 1).padStart(2, '0')}.test.js`);
      const argument = JSON.stringify({ ...each, entry: k, log }, undefined, 2);
      writeFileSync(path, `import { runFiles } from '${entry}';\n\nawait runFiles(${argument});\n`);
      return path;
    });
    return await run(paths);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
