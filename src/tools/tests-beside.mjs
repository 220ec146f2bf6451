import { dirname } from 'node:path';
import { importsOf } from './rooms.mjs';

/**
 * The tests that a change of a file calls for first: the file itself when it is a test and those that import it, else those in its folder, or
 * in the nearest above that has some.
 * @param {string} file
 * @param {ReadonlyMap<string, string>} tests the text of every test file, by its path from the root
 * @returns {string[]}
 */
export function testsBeside(file, tests) {
  if (!file.endsWith('.ts')) return [];
  const beside = [...tests].filter(([test, text]) => test === file || importsOf(test, text).includes(file));
  for (let folder = dirname(file); beside.length === 0 && folder !== '.'; folder = dirname(folder)) {
    beside.push(...[...tests].filter(([test]) => dirname(test) === folder));
  }
  return beside.map(([test]) => test);
}
