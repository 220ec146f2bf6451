/** How a mutant can end, in the words of the report. */
const ends = {
  test: 'killed by a test',
  claim: 'killed by a claim only',
  timeout: 'never ended, which counts as killed',
  survived: 'survived',
};

/** So large a share of all operator mutants may survive: some change nothing that anybody could see, and nobody has read each of them. */
const tolerated = 0.2;

/** @typedef {{ readonly mutant: { readonly name: string }, readonly end: keyof typeof ends }} Result */
const count = (results, end) => results.filter((result) => result.end === end).length;

/** The share of the killed, with its two-sided Clopper–Pearson interval at 95 %. */
async function rateOf(results) {
  const { upperRate } = await import('../seeds.mjs');
  const [total, survived] = [results.length, count(results, 'survived')];
  if (total === 0) return { total, rate: 1, low: 0, high: 1 };
  const low = 1 - (await upperRate(survived, total, 0.025));
  const high = survived === 0 ? 1 : await upperRate(total - survived, total, 0.025);
  return { total, rate: 1 - survived / total, low, high };
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;

/** @param {readonly Result[]} results */
export async function reportOf(results) {
  const { total, rate, low, high } = await rateOf(results);
  const survivors = results.filter(({ end }) => end === 'survived');
  return [
    `${total} operator mutants`,
    ...Object.entries(ends)
      .filter(([end]) => count(results, end) > 0)
      .map(([end, what]) => `${String(count(results, end)).padStart(5)}  ${what}`),
    `  ${percent(rate)} of ${total} killed (95 % interval ${percent(low)} to ${percent(high)})`,
    ...(survivors.length > 0 ? ['survived:', ...survivors.map(({ mutant }) => `  ${mutant.name}`)] : []),
  ].join('\n');
}

/**
 * The mutants may not show that too many survive; where not all tests were run, they show nothing.
 * @param {readonly Result[]} results
 * @param {boolean} byAllTests
 */
export async function isGood(results, byAllTests) {
  return !byAllTests || (await rateOf(results)).high >= 1 - tolerated;
}
