import fc from 'fast-check';
import {
  fromDouble,
  multinomialLaw,
  one,
  type Rational,
  rational,
  type SignLaw,
  square,
  two,
} from '../../src/library/exact.js';
import { binomialTable, cumulativeAt } from '../../src/library/testing.js';
import { of, product, sum } from '../lines/arithmetic.js';
import { atMost, type Line } from '../lines/iteration.js';
import { exactLinesClaim } from '../lines/line-claim.js';
import { additiveLeft, marginBound, near, parabola, single, uniform } from '../shared/additive-run.js';
import { type Comparison, counterexampleClaim } from '../shared/counterexample-claim.js';
import { stepOf } from './exact-vote.js';
import { gaussMargin } from './vote-coefficients.js';

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

/** M workers of one law, of whom some send the other sign than they found. */
interface InvertersCase {
  readonly workers: number;
  readonly inverters: number;
  /** The margin δ of every worker's sign before it is sent, in 32nds. */
  readonly delta: number;
}

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface InvertersConstants {
  /** ½ of q ≤ ½. */
  readonly half: number;
  /** 1 of q(V + D²) ≤ V. */
  readonly cantelli: number;
  /** 1 of (2zq)² ≤ 3/((1 − 2α)²M). */
  readonly coefficient: number;
}

/** P[at least half of the votes are wrong]. */
function wrongVote({ workers, inverters, delta }: InvertersCase): Rational {
  const wrong = rational(BigInt(32 - delta), 64n);
  const [own, inverted] = [
    multinomialLaw([wrong, one.sub(wrong)], workers - inverters),
    multinomialLaw([one.sub(wrong), wrong], inverters),
  ];
  const pairs = own.flatMap((first) =>
    inverted
      .filter((second) => 2 * (first.counts[0]! + second.counts[0]!) > workers)
      .map((second) => first.probability.mul(second.probability)),
  );
  return sum(...pairs);
}

function linesOf(input: InvertersCase, { half, cantelli, coefficient }: InvertersConstants): Line[] {
  const q = wrongVote(input);
  const [M, delta] = [rational(BigInt(input.workers)), rational(BigInt(input.delta), 32n)];
  const mean = rational(BigInt(input.workers - 2 * input.inverters)).mul(delta);
  const variance = M.mul(one.sub(square(delta)));
  // The largest z²/3 at which a margin of δ may be: that of Gauss's inequality where δ ≤ ⅔, and less than δ²/(1 − δ²) everywhere.
  const ratio = rational(2n, 3n);
  const thirdOfSquare = delta.lte(ratio) ? square(delta) : rational(4n, 27n).div(one.sub(delta));
  return [
    atMost('q ≤ ½', q, of(half)),
    atMost(
      'q ≤ V/(V + D²), D = (M − 2k)δ the mean of the votes and V = M(1 − δ²) their variance',
      product(q, sum(variance, square(mean))),
      product(of(cantelli), variance),
    ),
    atMost(
      '(2zq)² ≤ 3/((1 − 2α)²M), α = k/M',
      product(two, two, thirdOfSquare, square(q), square(rational(BigInt(input.workers - 2 * input.inverters)))),
      product(of(coefficient), M),
    ),
  ];
}

const invertersCase: fc.Arbitrary<InvertersCase> = fc.integer({ min: 0, max: 8 }).chain((m) =>
  fc.record({
    workers: fc.constant(2 * m + 1),
    inverters: fc.integer({ min: 0, max: m }),
    delta: fc.integer({ min: 0, max: 31 }),
  }),
);

/**
 * Votes that come inverted. Where the noise of all workers has one law given x, symmetric and unimodal, and αM < M/2 of them send the other sign, the vote is right more often than not, and the
 * noise term of Theorem 2♯ by vote has √3/((1 − 2α)√M), where `majority-vote-noise` has 0.589/√M for none.
 */
export const majorityVoteInvertersClaim = exactLinesClaim({
  id: 'majority-vote-inverters',
  version: 1,
  source: { section: '2.2', equation: 'majority vote, inverted votes' },
  statement:
    'with an odd number M of votes of one margin δ, αM < M/2 of them inverted, the majority is wrong with probability q ≤ ½, and 2zq ≤ √3/((1 − 2α)√M) under symmetric unimodal noise',
  method: 'the law of the votes of up to 17 workers for margins in 32nds, in rationals without a tolerance',
  constants: { half: 1 / 2, cantelli: 1, coefficient: 1 },
  arbitrary: invertersCase,
  linesOf,
  classify: ({ workers, inverters, delta }) => [
    ...(inverters > 0 ? ['inverters'] : []),
    ...(workers - 2 * inverters === 1 && workers > 1 ? ['all but one cancelled'] : []),
    ...(delta === 0 ? ['fair coins'] : []),
    3 * delta > 64 ? 'δ beyond ⅔' : 'δ up to ⅔',
  ],
  mustReach: ['inverters', 'all but one cancelled', 'δ beyond ⅔', 'δ up to ⅔'],
});

/** M workers, of whom a third invert their votes. */
const inverted: Inverted = { workers: 99, inverters: 33 };

/** √3/((1 − 2α)√M), the coefficient of √v for inverters whose noise has the law of all others. */
const coefficient = (Math.sqrt(3) * Math.sqrt(inverted.workers)) / (inverted.workers - 2 * inverted.inverters);

/** d = ½x² from where the vote is a fair coin, with √v = 1. */
const problem = single('d = ½x², 33 inverters among 99 workers', {
  ...{ ...parabola, deviation: 1 },
  start: near(Math.sqrt(3) / 2),
});

/** The left side of the vote against the bound, for T iterations. */
export function withInverters(wrongOf: typeof wrongOfNoiseless, iterations: number): Comparison {
  const step = stepOf(iterations);
  const decided = voteWith(wrongOf, inverted);
  const run = { problem, noise: uniform, iterations, step, decided };
  const bound = marginBound(run) + (1 - 1 / iterations) * coefficient;
  const [left, upper] = additiveLeft({ ...run, term: ({ size }) => size });
  return {
    ...{ instance: problem.name, iterations, step, miniBatch: 1, engine: 'lattice' },
    left: fromDouble(left),
    upper: fromDouble(upper),
    bound: fromDouble(bound * (1 + 2 ** -40)),
    constants: { L: 1, sigma: 1, ...inverted },
  };
}

/** The largest 2zq of a step, on a grid of z. */
function largestCost(): number {
  const grid = Array.from({ length: 4000 }, (_, k) => (k + 1) / 1000);
  return Math.max(...grid.map((z) => 2 * z * wrongOfNoiseless(inverted, (1 - gaussMargin(z)) / 2)));
}

const iterations = { quick: [256, 1024], standard: [64, 256, 1024, 4096], deep: [64, 256, 1024, 4096, 16_384] };

/**
 * The bound of `majority-vote-inverters` needs that the workers that invert their votes have the noise of all others: where they know the right sign, and a third of them is enough, the vote is wrong
 * as long as the margin of the others is below ½, and x goes uphill to there.
 */
export const counterexampleNoiselessInvertersClaim = counterexampleClaim({
  id: 'counterexample-noiseless-inverters',
  version: 1,
  source: { section: '2.2', equation: 'majority vote, inverted votes' },
  statement:
    'Theorem 2♯ by a vote of M workers under symmetric unimodal noise of variance v_i at most, of whom αM invert their votes, holds with the coefficient √3/((1 − 2α)√M), for any laws of the noise',
  method: 'an enclosure of the left side from the law of the vote on x⁰ + γZ under uniform noise',
  refutes: 'needed',
  counterexampleTo: ['majority-vote-inverters'],
  counterexamples: ['33 of 99 workers are noiseless and invert: |G| stays at √3/2 of √v, where 0.522 is claimed'],
  compare: ({ depth }) => iterations[depth].map((T) => withInverters(wrongOfNoiseless, T)),
  measured: () => ({ 'largest 2zq of a step': largestCost(), 'coefficient claimed': coefficient }),
});
