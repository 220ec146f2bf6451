import { nameOf } from './table.mjs';

/** How a mutant can end, in the words of the report, the good ends first. */
const ends = {
  test: 'caught by the tests beside it',
  hung: 'never ended, which counts as caught',
  equivalent: 'survived as expected: equivalent',
  claim: 'caught by a claim only',
  survived: 'survived',
  unexpected: 'caught although listed as equivalent',
  syntax: 'no TypeScript',
  untested: 'not planted, since its tests fail before anything is changed',
};

/** The ends after which the table or the tests have to be changed. */
const bad = ['survived', 'unexpected', 'syntax', 'untested'];

/** The ends that the report lists one by one. */
const told = ['hung', 'claim', ...bad];

/**
 * @typedef {{ readonly mutant: import('./table.mjs').Mutant, readonly end: keyof typeof ends, readonly seconds: number }} Result
 * @param {readonly Result[]} results
 */
export function reportOf(results) {
  const counts = Object.entries(ends)
    .map(([end, words]) => [results.filter((result) => result.end === end).length, words])
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${String(count).padStart(5)}  ${words}`);
  const lists = told.flatMap((end) => {
    const names = results.filter((result) => result.end === end).map(({ mutant }) => `  ${nameOf(mutant)}`);
    return names.length === 0 ? [] : ['', `${ends[end]}:`, ...names];
  });
  return [`${results.length} mutants`, ...counts, ...lists].join('\n');
}

/** Whether nothing has to be done. @param {readonly Result[]} results */
export const isGood = (results) => results.every(({ end }) => !bad.includes(end));
