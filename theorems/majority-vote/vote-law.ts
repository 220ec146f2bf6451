import type { SignLaw } from '../../src/exact/engines/sign-law.js';
import { wrongVoteProbability } from './vote-coefficients.js';

/** What a binomial tail in doubles may be off by. */
const tailError = 2 ** -40;

/**
 * The law of sgn Σ_m sgn Ĝ^(m) for M workers that draw mini-batches of their own, from the law of one sgn Ĝ, with abstentions counted as +1. The vote is
 * monotone in its signs, so what it becomes when they count as −1, and what doubt about a sign can make of it, differs from that with a probability of
 * at most the difference of the two means.
 */
export const voteOf =
  (workers: number) =>
  ({ negative, tie, uncertain }: SignLaw): SignLaw => {
    const lost = wrongVoteProbability(workers, negative, 'wrong');
    const balanced = 2 * (lost - wrongVoteProbability(workers, negative));
    const [least, most] = [Math.max(0, negative - uncertain), Math.min(1, negative + tie + uncertain)];
    const doubt = 2 * (wrongVoteProbability(workers, most) - wrongVoteProbability(workers, least));
    return { positive: 1 - lost, negative: lost - balanced, tie: balanced, uncertain: doubt + tailError };
  };
