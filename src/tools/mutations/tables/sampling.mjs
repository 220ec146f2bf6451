/** @type {readonly import('../table.mjs').Group[]} */
export const sampling = [
  {
    file: 'src/reference/sampling/keyed-stream.ts',
    caughtBy: ['src/reference/sampling/keyed-stream.test'],
    changes: [
      ['the key has no version', '|${checkId}|${version}|${replicate}', '|${checkId}|${replicate}'],
      ['the key has no check id', '|${masterSeed}|${checkId}|', '|${masterSeed}|'],
      ['the key has no replicate', '|${version}|${replicate}`', '|${version}`'],
      ['the key has no seed', 'v1|${masterSeed}|', 'v1|'],
      ['a separator is accepted in a check id', "checkId === '' || checkId.includes('|')", "checkId === ''"],
      ['nothing is discarded', 'discardedDraws = 4', 'discardedDraws = 0'],
      ['the symmetric draw is not centred', 'generator() + 2 ** -33', 'generator()'],
      ['a negative replicate is accepted', '|| value < 0', ''],
    ],
  },
  {
    file: 'src/reference/sampling/alea-stream.ts',
    caughtBy: ['src/reference/sampling/sampling.test'],
    changes: [
      ['the states are not shifted', 'state[0] = state[2]!;', ''],
      ['the double has 32 bits', 'high + Math.floor(low * 2 ** 21) * 2 ** -53', 'high'],
      ['the carry is lost', 'state[3] = carry;', 'state[3] = 1;'],
    ],
  },
  {
    file: 'src/reference/sampling/binomial-table.ts',
    caughtBy: ['src/reference/sampling/sampling.test'],
    changes: [
      ['the tails are cut at 2⁻⁶', 'const negligible = 2 ** -80', 'const negligible = 2 ** -6'],
      ['the ratio below the mode is off by one', 'k / ((trials - k + 1) * odds)', 'k / ((trials - k) * odds)'],
      ['the ratio above the mode is off by one', '((trials - k) * odds) / (k + 1)', '((trials - k) * odds) / k'],
      ['the odds are turned', 'probability / (1 - probability)', '(1 - probability) / probability'],
      ['the first count is the mode', 'first: mode - below.length', 'first: mode'],
      ['the table is not divided by its sum', 'cumulative[j]! /= sum', 'cumulative[j]! /= 1'],
      ['certain success is none', 'first: trials, cumulative', 'first: 0, cumulative'],
    ],
  },
  {
    file: 'src/reference/sampling/categorical.ts',
    caughtBy: ['src/reference/sampling/sampling.test'],
    changes: [
      ['a component of probability 0 is the last possible', 'if (probabilities[k]! > 0) last = k;', 'last = k;'],
      ['u = 0 draws a component of probability 0', 'if (u < cumulative[middle]!)', 'if (u <= cumulative[middle]!)'],
      ['the last component is never drawn', 'let high = cumulative.length - 1;', 'let high = cumulative.length - 2;'],
      ['probabilities are not checked', 'requireProbabilities(probabilities);', ''],
    ],
  },
  {
    file: 'src/reference/sampling/guided-categorical.ts',
    caughtBy: ['src/reference/sampling/sampling.test'],
    changes: [
      [
        'u at a boundary draws the component below',
        'while (u >= cumulative[k]!) k++',
        'while (u > cumulative[k]!) k++',
      ],
      [
        'the guide starts one too high',
        'let k = guide[(u * guide.length) | 0]!',
        'let k = guide[(u * guide.length) | 0]! + 1',
      ],
    ],
  },
  {
    file: 'src/reference/sampling/guided-multinomial.ts',
    caughtBy: ['src/reference/sampling/sampling.test'],
    changes: [
      ['the rest of the counts is left as it was', 'for (; k < counts.length; k++) counts[k] = 0;', ''],
      ['the state is not written back', 'state[1] = s1;', ''],
      ['a tie of heads is not looked at closer', 'if (head === heads[entry]!) {', 'if (false) {'],
      [
        'the count forgets where the table starts',
        'const count = places[place + 1]! + entry - origin',
        'const count = entry - origin',
      ],
      ['a component of probability 0 keeps its count', 'counts[k] = 0;\n        continue;', 'continue;'],
    ],
  },
  {
    file: 'src/reference/sampling/multinomial.ts',
    caughtBy: ['src/reference/sampling/sampling.test'],
    changes: [
      ['the rest of the batch is drawn again', 'remaining -= count;', ''],
      ['conditional probabilities are those of all', 'rest > 0 ? probabilities[k]! / rest : 0', 'probabilities[k]!'],
      ['the last component gets nothing', 'counts[k] = remaining;\n        remaining = 0;', 'remaining = 0;'],
      ['a batch of 0 is accepted', 'batch < 1', 'batch < 0'],
    ],
  },
  {
    file: 'src/reference/sampling/gaussian-noise.ts',
    caughtBy: ['src/reference/sampling/sampling.test'],
    changes: [
      ['the total is kept by the density', 'deviation / Math.sqrt(density)', 'deviation / density'],
      ['the entry is changed in place of the total', "keep === 'entry' ? noise", "keep === 'total' ? noise"],
      ['sparse noise is dense', 'random() < density ? normal() : 0', 'normal()'],
      ['a density of 0 is accepted', 'noise.density > 0 && ', ''],
    ],
  },
  {
    file: 'src/reference/sampling/probabilities.ts',
    caughtBy: ['src/reference/sampling/sampling.test'],
    changes: [
      ['probabilities below 0 are accepted', 'probability >= 0 && ', ''],
      ['the sum is not checked from below', 'Math.abs(sum - 1) > sumTolerance', 'sum - 1 > sumTolerance'],
      ['none at all are accepted', 'if (!(probabilities.length > 0)) throw', 'if (probabilities.length < 0) throw'],
    ],
  },
];
