import { kinks, vocabulary } from './vocabulary.mjs';

/** @type {readonly import('../../table.mjs').Group[]} */
export const penalties = [
  {
    file: 'src/reference/functions/penalties/elastic-net.ts',
    ...vocabulary,
    changes: [
      ['the range is that of the first weight', 'l2Weight > 0 ? Infinity : l1Weight', 'l1Weight'],
      ['the range is infinite always', 'l2Weight > 0 ? Infinity : l1Weight', 'Infinity'],
      [
        'the prox forgets to divide',
        '(yi > threshold ? yi - threshold : yi < -threshold ? yi + threshold : yi - yi) / divisor',
        '(yi > threshold ? yi - threshold : yi < -threshold ? yi + threshold : yi - yi)',
      ],
      ['the square has no half', '(l2Weight / 2) * Math.abs(u[i]!)', 'l2Weight * Math.abs(u[i]!)'],
      [
        'the conjugate has the square of the weight',
        'violation(p) ** 2 / (2 * l2Weight)',
        'violation(p) ** 2 / l2Weight',
      ],
    ],
  },
  {
    file: 'src/reference/functions/penalties/l0.ts',
    caughtBy: ['src/reference/functions/penalties/l0.test'],
    changes: [
      ['the threshold forgets its 2', 'y * y > 2 * step * weight;', 'y * y > step * weight;'],
      ['a tie is kept', 'y * y > 2 * step * weight;', 'y * y >= 2 * step * weight;'],
      ['0 at a tie is told twice', 'y[i] !== 0 && y[i]! * y[i]!', 'y[i]! * y[i]!'],
    ],
  },
  {
    file: 'src/reference/functions/penalties/entropy.ts',
    ...vocabulary,
    changes: [
      ['the conjugate forgets its 1', 'Math.exp(p[i]! / weight - 1)', 'Math.exp(p[i]! / weight)'],
      ['the slope forgets its 1', 'logarithm.set(u).log().add(1).high', 'logarithm.set(u).log().high'],
    ],
  },
  {
    file: 'src/reference/functions/penalties/entropy.ts',
    ...kinks,
    changes: [['the end of the domain is no kink', 'return [0, 1 / Math.E,', 'return [1 / Math.E,']],
  },
  {
    file: 'src/reference/functions/penalties/l0.ts',
    ...kinks,
    changes: [
      [
        'a kink forgets its 2',
        '-Math.sqrt(2 * step * weight), Math.sqrt(2 * step * weight)]',
        '-Math.sqrt(step * weight), Math.sqrt(2 * step * weight)]',
      ],
    ],
  },
];
