import type { SignLaw } from '../../src/library/exact.js';
import type { Interval } from '../../src/library/functions.js';
import { binomialTable, cumulativeAt } from '../../src/library/testing.js';

/** Cells of the interval of z on which a maximum is enclosed. */
const cells = 4096;
const farthest = 4;
/** Relative error allowed for a binomial tail. */
const rounding = 2 ** -36;

/** What an even number of votes in balance counts as: half a wrong vote, where it is split or does not move x; or wrong, where a rule decides it whatever G is. */
export type Ties = 'split' | 'wrong';

/** P[Bin(M, p) > M/2] + ½P[Bin(M, p) = M/2]: the probability of a wrong vote when every worker errs with probability p and ties are split; or P[Bin(M, p) ≥ M/2]. */
export function wrongVoteProbability(workers: number, p: number, ties: Ties = 'split'): number {
  const table = binomialTable(workers, p);
  const upTo = (count: number): number => cumulativeAt(table, count);
  const half = workers / 2;
  const right = upTo(Math.ceil(half) - 1);
  return 1 - (ties === 'split' ? (upTo(Math.floor(half)) + right) / 2 : right);
}

/**
 * max over z ≥ 0 of term(z, q(z)), enclosed, where q decreases and the term increases in both arguments: between two points it is at most
 * term(right, q(left)). Beyond z = 4 it is at most `beyond`.
 */
function enclosedMaximum(term: (z: number, q: number) => number, q: (z: number) => number, beyond: number): Interval {
  let [lower, upper] = [0, beyond];
  let before = q(0);
  for (let cell = 1; cell <= cells; cell++) {
    // Finer near 0, where the maximum is for many workers.
    const z = (cell / cells) ** 2 * farthest;
    const here = q(z);
    lower = Math.max(lower, term(z, here));
    upper = Math.max(upper, term(z, before));
    before = here;
  }
  return { lower: lower * (1 - rounding), upper: upper * (1 + rounding) };
}

/**
 * C_M(ε) = max over z of 2zq + εz(2q − 1)₊ with q = P[the vote of M workers is wrong] when each errs with probability 1/(1 + z²), Cantelli's bound at |G| = z√v: the
 * coefficient of the noise √v in theorem 2♯ by majority vote under any noise, with ε = γL_i. C_M(0) = 1, 1.059, 1.124, 1.84 for M = 1, 3, 5, 1001, and
 * tends to 2. An even M with ties that do not move x, or split at random, counts as M − 1.
 */
export function voteCoefficient(workers: number, epsilon = 0, ties: Ties = 'split'): Interval {
  // Markov's inequality: q ≤ 2p ≤ 2/z² beyond z = 4, where 2zq + εz(2q − 1)₊ ≤ 4/z ≤ 1 ≤ C_M.
  return enclosedMaximum(costOf(epsilon), (z) => wrongVoteProbability(workers, 1 / (1 + z * z), ties), 1);
}

/** 2zq + εz(2q − 1)₊: what a wrong sign of probability q costs at |G| = z√v. */
const costOf =
  (epsilon: number) =>
  (z: number, q: number): number =>
    2 * z * q + epsilon * z * Math.max(0, 2 * q - 1);

/** The same for symmetric noise, where each worker errs with probability ½min(1, 1/z²): 1 when ties are split, which single draws ±√v attain. */
export function symmetricVoteCoefficient(workers: number, epsilon = 0, ties: Ties = 'split'): Interval {
  // q ≤ 2p = 1/z² beyond z = 4.
  return enclosedMaximum(
    costOf(epsilon),
    (z) => wrongVoteProbability(workers, Math.min(1, 1 / (z * z)) / 2, ties),
    2 / farthest,
  );
}

/** Gauss's inequality for symmetric unimodal noise of variance v: P[|e| < z√v] ≥ z/√3 for z ≤ 2/√3, and ≥ 1 − 4/(9z²) beyond. */
export function gaussMargin(z: number): number {
  return z <= 2 / Math.sqrt(3) ? z / Math.sqrt(3) : 1 - 4 / (9 * z * z);
}

/**
 * D_M = max over z of 2zq, where each worker errs with probability ½(1 − δ(z)) and δ is Gauss's bound: the coefficient of the noise under symmetric
 * unimodal noise. It is attained by uniform noise, is at most 2√3·max tΦ(−t)/√M < 0.589/√M, and D_M√M tends to that.
 */
export function unimodalVoteCoefficient(workers: number, epsilon = 0, ties: Ties = 'split'): Interval {
  // Chernoff's bound beyond z = 4: q ≤ (4p)^{M/2} with p ≤ 2/(9z²); for one worker q = p.
  const p = 2 / (9 * farthest * farthest);
  const beyond = 2 * farthest * (workers === 1 ? p : (4 * p) ** (workers / 2));
  return enclosedMaximum(costOf(epsilon), (z) => wrongVoteProbability(workers, (1 - gaussMargin(z)) / 2, ties), beyond);
}

/**
 * For noise that is the difference of two independent draws of one law, of variance v in all: P[|e| < z√v] is at least (3/(5√5))/√(1/(2z²) + 1/12), and at least 1 − z⁻² by Chebyshev's
 * inequality. The first is attained, as z → 0, by parabolic laws on the multiples of z√v.
 */
export function closeMargin(z: number): number {
  const close = 3 / (5 * Math.sqrt(5)) / Math.sqrt(1 / (2 * z * z) + 1 / 12);
  return Math.max(close, 1 - 1 / (z * z));
}

/**
 * E_M = max over z of 2zq, where each worker errs with probability ½(1 − δ(z)) and δ is `closeMargin`: the coefficient of the noise for mini-batches of an even number of symmetric
 * draws. It is at most 1.04/√M, and E_M√M tends to (5√10/3)·max tΦ(−t) = 0.8958.
 */
export function evenVoteCoefficient(workers: number, epsilon = 0, ties: Ties = 'split'): Interval {
  // Chernoff's bound beyond z = 4: q ≤ (4p)^{M/2} with p ≤ 1/(2z²); for one worker q = p.
  const p = 1 / (2 * farthest * farthest);
  const beyond = 2 * farthest * (workers === 1 ? p : (4 * p) ** (workers / 2));
  return enclosedMaximum(costOf(epsilon), (z) => wrongVoteProbability(workers, (1 - closeMargin(z)) / 2, ties), beyond);
}

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
