import { createHash } from 'node:crypto';
import { laneOf, longTests } from '../lanes.mjs';

/**
 * Changes of one source file, each an error that somebody could make. `caughtBy` names the tests beside the file, by their paths without
 * the ending. A fourth entry of a change says why no test can tell it from the original.
 * @typedef {{
 *   readonly file: string,
 *   readonly caughtBy: readonly string[],
 *   readonly slow?: true,
 *   readonly changes: readonly (readonly [wrong: string, from: string, to: string, equivalent?: string])[],
 * }} Group
 */

/**
 * @typedef {{
 *   readonly file: string,
 *   readonly caughtBy: readonly string[],
 *   readonly slow: boolean,
 *   readonly wrong: string,
 *   readonly from: string,
 *   readonly to: string,
 *   readonly equivalent?: string,
 * }} Mutant
 */

/**
 * The mutants of several groups, in order. Slow are those whose tests take longest, or whose group says so.
 * @param {readonly Group[]} groups
 * @returns {Mutant[]}
 */
export const mutantsOf = (groups) =>
  groups.flatMap(
    ({
      file,
      caughtBy,
      slow = caughtBy.some((test) => longTests.includes(test) || laneOf(test) !== 'core'),
      changes,
    }) => changes.map(([wrong, from, to, equivalent]) => ({ file, caughtBy, slow, wrong, from, to, equivalent })),
  );

/** @param {Mutant} mutant */
export const nameOf = ({ file, wrong }) => `${file}: ${wrong}`;

const occurrences = (text, part) => text.split(part).length - 1;

/**
 * What is wrong with the table itself, in sentences.
 * @param {readonly Mutant[]} mutants
 * @param {(file: string) => string | undefined} read the text of a file of the clone, undefined when there is none
 * @returns {string[]}
 */
export function wrongInTable(mutants, read) {
  const names = new Set();
  return mutants.flatMap((mutant) => {
    const { file, caughtBy, from, to } = mutant;
    const name = nameOf(mutant);
    const text = read(file);
    const wrong = caughtBy.filter((test) => read(`${test}.ts`) === undefined).map((test) => `there is no ${test}.ts`);
    if (names.has(name)) wrong.push('another mutant has this name');
    if (caughtBy.length === 0) wrong.push('no test is named');
    if (from === to) wrong.push('nothing is changed');
    if (text === undefined) wrong.push('there is no such file');
    else if (occurrences(text, from) !== 1) {
      wrong.push(`the text to change must occur once, found ${occurrences(text, from)} times: ${from}`);
    }
    names.add(name);
    return wrong.map((sentence) => `${name}: ${sentence}`);
  });
}

/** The source text with the error in it. A replacement is text: `$` has no meaning in it. */
export const mutated = (text, { from, to }) => text.replace(from, () => to);

/**
 * The tenth of the mutants with fast tests that belongs to a day: neighbours in the table have different days.
 * @param {readonly Mutant[]} mutants
 * @param {Date} date
 */
export function tenthOf(mutants, date) {
  const day = Math.floor(date.getTime() / 86_400_000);
  return mutants.filter(({ slow }) => !slow).filter((_, k) => k % 10 === day % 10);
}

/**
 * The i-th of n parts of the mutants, given as `i/n`: neighbours in the table are in different ones. Undefined for what is no part.
 * @param {readonly Mutant[]} mutants
 * @param {string} part
 */
export function shardOf(mutants, part) {
  const [, index, of] = (/^(\d{1,3})\/(\d{1,3})$/.exec(part) ?? []).map(Number);
  return index >= 1 && index <= of ? mutants.filter((_, k) => k % of === index - 1) : undefined;
}

/** What a result depends on: that of an earlier run is used again only while this stays the same. */
export function fingerprint(mutant, read) {
  const hash = createHash('sha256');
  for (const text of [mutated(read(mutant.file), mutant), ...mutant.caughtBy.map((test) => read(`${test}.ts`))]) {
    hash.update(`${text.length} ${text}`);
  }
  return hash.digest('hex');
}
