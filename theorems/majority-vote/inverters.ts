import type { SignLaw } from '../../src/exact/engines/sign-law.js';
import { binomialTable, cumulativeAt } from '../../src/reference/sampling/binomial-table.js';

/** M workers, M odd, of whom some send the other sign than they found. */
export interface Inverted {
  readonly workers: number;
  readonly inverters: number;
}

/** P[Bin(n, p) > count]. */
const above = (trials: number, p: number, count: number): number => 1 - cumulativeAt(binomialTable(trials, p), count);

/** P[the vote is wrong] where every worker finds the wrong sign with probability p, those that invert it too. */
export function wrongOfOneLaw({ workers, inverters }: Inverted, p: number): number {
  const inverted = binomialTable(inverters, 1 - p);
  let wrong = 0;
  for (let count = 0; count <= inverters; count++) {
    const mass = cumulativeAt(inverted, count) - cumulativeAt(inverted, count - 1);
    wrong += mass * above(workers - inverters, p, (workers - 1) / 2 - count);
  }
  return wrong;
}

/** The same where those that invert know the right sign. */
export function wrongOfNoiseless({ workers, inverters }: Inverted, p: number): number {
  return above(workers - inverters, p, (workers - 1) / 2 - inverters);
}

/** What a sum of binomial tails in doubles may be off by. */
const tailError = 2 ** -38;

/** The law of the vote, from that of the sign of one worker that does not invert; the more frequent sign is the right one. */
export const voteWith =
  (wrongOf: (inverted: Inverted, p: number) => number, inverted: Inverted) =>
  ({ positive, negative, uncertain }: SignLaw): SignLaw => {
    const wrong = wrongOf(inverted, Math.min(positive, negative));
    // A probability that is off by ε moves a vote of M by 2Mε at most.
    const doubt = { tie: 0, uncertain: 2 * inverted.workers * uncertain + tailError };
    return positive >= negative
      ? { positive: 1 - wrong, negative: wrong, ...doubt }
      : { positive: wrong, negative: 1 - wrong, ...doubt };
  };
