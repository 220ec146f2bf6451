/** How a mutant can end, in the words of the report. */
const ends = {
  test: 'killed by a test',
  claim: 'killed by a claim only',
  timeout: 'never ended, which counts as killed',
  equivalent: 'equivalent, and not planted',
  survived: 'survived',
};
const kinds = { named: 'named patches', operator: 'operator mutants' };

/** So large a share of all operator mutants may survive: some change nothing that anybody could see, and nobody has read each of them. */
const tolerated = 0.2;

/** @typedef {{ readonly mutant: { readonly kind: keyof typeof kinds, readonly name: string }, readonly end: keyof typeof ends }} Result */
const count = (results, end) => results.filter((result) => result.end === end).length;

/** The share of the killed, with its two-sided Clopper–Pearson interval at 95 %. */
async function rateOf(results) {
  const { upperRate } = await import('../seeds.mjs');
  const [total, survived] = [results.length - count(results, 'equivalent'), count(results, 'survived')];
  if (total === 0) return { total, rate: 1, low: 0, high: 1 };
  const low = 1 - (await upperRate(survived, total, 0.025));
  const high = survived === 0 ? 1 : await upperRate(total - survived, total, 0.025);
  return { total, rate: 1 - survived / total, low, high };
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;

/** @param {readonly Result[]} all */
export async function reportOf(all) {
  const lines = [];
  for (const [kind, words] of Object.entries(kinds)) {
    const results = all.filter(({ mutant }) => mutant.kind === kind);
    if (results.length === 0) continue;
    lines.push(`${results.length} ${words}`);
    for (const [end, what] of Object.entries(ends))
      if (count(results, end) > 0) lines.push(`${String(count(results, end)).padStart(5)}  ${what}`);
    if (kind === 'operator') {
      const { total, rate, low, high } = await rateOf(results);
      lines.push(`  ${percent(rate)} of ${total} killed (95 % interval ${percent(low)} to ${percent(high)})`);
    }
    const survivors = results.filter(({ end }) => end === 'survived');
    if (survivors.length > 0) lines.push('survived:', ...survivors.map(({ mutant }) => `  ${mutant.name}`));
  }
  return lines.join('\n');
}

/**
 * No named patch may survive, and the operator mutants may not show that too many do; where not all tests were run, they show nothing.
 * @param {readonly Result[]} all
 * @param {boolean} byAllTests
 */
export async function isGood(all, byAllTests) {
  const of = (kind) => all.filter(({ mutant }) => mutant.kind === kind);
  const { high } = await rateOf(of('operator'));
  return count(of('named'), 'survived') === 0 && (!byAllTests || high >= 1 - tolerated);
}
