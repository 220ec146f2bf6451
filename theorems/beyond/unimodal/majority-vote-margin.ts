import fc from 'fast-check';
import { maximum, minimum, one, type Rational, rational, square, two, zero } from '../../../src/library/exact.js';
import { claimOf, propertyClaim, propertyPart } from '../../../src/library/testing.js';
import { magnitude, of, product, sum } from '../../lines/arithmetic.js';
import { atMost, equal, type Line } from '../../lines/iteration.js';
import { judgeLines } from '../../lines/judge-lines.js';
import { choose, evaluateAt, type Polynomial, voteByIntegral, voteBySum } from './vote-polynomial.js';

/** Convergents of π on both sides of it. */
const [belowPi, abovePi] = [rational(103993n, 33102n), rational(104348n, 33215n)];

/** Bounds of 1/√(2π) = 0.39894228…: their squares times 2π are on both sides of 1. */
const [belowRoot, aboveRoot] = [rational(3989422n, 10000000n), rational(3989423n, 10000000n)];

/**
 * (1/x) ∫₀^x e^(−w²/2) dw by the square of x, as the sum of the first terms of Σ(−x²/2)^k/(k!(2k + 1)): too small for an even number of them and too large for an odd one, once they are so
 * many that the terms decrease.
 */
const gaussianMean = (squared: Rational, terms: number): Rational =>
  alternating(squared, terms, (k) => rational(BigInt(2 * k + 1)));

/** e^(−x²/2) by the square of x, likewise. */
const gaussian = (squared: Rational, terms: number): Rational => alternating(squared, terms, () => one);

function alternating(squared: Rational, terms: number, divisor: (k: number) => Rational): Rational {
  const ratio = squared.div(two).neg();
  let [total, power] = [zero, one];
  for (let k = 0; k < terms; k++) {
    total = total.add(power.div(divisor(k)));
    power = power.mul(ratio).div(rational(BigInt(k + 1)));
  }
  return total;
}

/** Near where tΦ(−t) is largest. */
const place = rational(7518n, 10000n);

/**
 * From above what the tangent of tΦ(−t) at t₀ is at 0 and at 3/2: t₀²φ(t₀) and (3/2)Φ(−t₀) − (3/2 − t₀)t₀φ(t₀). The function is concave up to √2, as its second derivative is
 * (t² − 2)φ(t), and from 1 on it decreases.
 */
function tangentBound(): Rational {
  const squared = square(place);
  const end = rational(3n, 2n);
  const above = aboveRoot.mul(gaussian(squared, 13));
  const below = belowRoot.mul(gaussian(squared, 12));
  const tail = one.div(two).sub(belowRoot.mul(place).mul(gaussianMean(squared, 12)));
  return maximum(squared.mul(above), end.mul(tail).sub(end.sub(place).mul(place).mul(below)));
}

/** M votes, each right more often than wrong by δ = k/60. */
interface VoteCase {
  readonly workers: number;
  readonly delta: number;
}

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface VoteConstants {
  /** 1 of the integral. */
  readonly leading: number;
  /** 0.6826 < 1 − 2Φ(−1). */
  readonly least: number;
  /** 2/3, as a double a little less. */
  readonly far: number;
  /** 1 of (2/π)M. */
  readonly wallis: number;
  /** 2 of the midpoint of a chord. */
  readonly chord: number;
  /** 1 of 2Φ(√M δ) − 1. */
  readonly normal: number;
  /** 0.17, which no tΦ(−t) exceeds. */
  readonly peak: number;
  /** 0.589 of D_M ≤ 0.589/√M, and 1.04 of E_M ≤ 1.04/√M. */
  readonly unimodal: number;
  readonly even: number;
}

/** What the lines need of φ_M, whatever δ is. */
interface Vote {
  readonly bySum: Polynomial;
  readonly byIntegral: Polynomial;
  /** φ_M(1/√M)², which is rational because φ_M is odd: (Σ_j a_j M^(−j))²/M, where a_j is the coefficient of δ^(2j+1). */
  readonly squaredAtRoot: Rational;
}

const votes = new Map<number, Vote>();

/** Computed once for every M. */
function voteOf(workers: number): Vote {
  const known = votes.get(workers);
  if (known !== undefined) return known;
  const M = rational(BigInt(workers));
  const byIntegral = voteByIntegral(workers);
  const odd = byIntegral.filter((_, k) => k % 2 === 1);
  const vote = { bySum: voteBySum(workers), byIntegral, squaredAtRoot: square(evaluateAt(odd, one.div(M))).div(M) };
  votes.set(workers, vote);
  return vote;
}

const peak = tangentBound();

function linesOf({ workers, delta }: VoteCase, constants: VoteConstants): Line[] {
  const [M, at] = [rational(BigInt(workers)), rational(BigInt(delta), 60n)];
  const { bySum, byIntegral, squaredAtRoot } = voteOf(workers);
  const integral = byIntegral.map((coefficient) => product(of(constants.leading), coefficient));
  const here = evaluateAt(bySum, at);
  const farther = product(M, square(at));
  const m = (workers - 1) / 2;
  const central = square(choose(2 * m, m).div(rational(4n ** BigInt(m))));
  return [
    equal(
      '1 − 2q_M(½(1 − δ)) = M C(M − 1, m) 4^(−m) ∫₀^δ (1 − u²)^m du, as polynomials in δ: Σ of |coefficients| of the difference',
      sum(...bySum.map((coefficient, k) => magnitude(coefficient.sub(integral[k]!)))),
      zero,
    ),
    atMost(
      '(M C(M − 1, m) 4^(−m))² ≥ (2/π)M',
      product(of(constants.wallis), two, M),
      product(belowPi, square(M), central),
    ),
    atMost(
      '(1 − 2Φ(−1))² = (2/π)(∫₀¹ e^(−w²/2) dw)² ≥ 0.6826²',
      product(abovePi, square(of(constants.least))),
      product(two, square(gaussianMean(one, 12))),
    ),
    atMost(
      'tΦ(−t) ≤ 0.17 on [0, √2], by a tangent of this concave function at its ends 0 and 3/2',
      peak,
      of(constants.peak),
    ),
    atMost(
      '(2√3 · 0.17)² ≤ 0.589²',
      product(rational(12n), square(of(constants.peak))),
      square(of(constants.unimodal)),
    ),
    atMost(
      '(2 · 0.17 · 5√5/(3√2) · 2/√3)² ≤ 1.04²',
      product(rational(1000n, 27n), square(of(constants.peak))),
      square(of(constants.even)),
    ),
    atMost('(4√2 · 0.17)² ≤ 1.04²', product(rational(32n), square(of(constants.peak))), square(of(constants.even))),
    atMost('φ_M(1/√M)² ≥ 0.6826²', square(of(constants.least)), squaredAtRoot),
    atMost('φ_M(δ)² ≥ (4/9) min(Mδ², 1)', product(square(of(constants.far)), minimum(one, farther)), square(here)),
    ...(farther.lte(rational(9n))
      ? [
          atMost(
            'φ_M(δ)² ≥ (2Φ(√M δ) − 1)²',
            product(of(constants.normal), two, farther, square(gaussianMean(farther, 27))),
            product(belowPi, square(here)),
          ),
        ]
      : []),
    atMost(
      '2φ_M(δ) ≥ φ_M(δ − 1/60) + φ_M(δ + 1/60)',
      sum(...[delta - 1, delta + 1].map((k) => evaluateAt(bySum, rational(BigInt(Math.min(60, k)), 60n)))),
      product(of(constants.chord), here),
    ),
  ];
}

const anyVotes: fc.Arbitrary<VoteCase> = fc.record({
  workers: fc.integer({ min: 0, max: 20 }).map((m) => 2 * m + 1),
  delta: fc.integer({ min: 1, max: 60 }),
});

/** δ = 1/√M, where ⅔ min(√M δ, 1) has its corner. */
const atRoots: readonly VoteCase[] = [
  { workers: 9, delta: 20 },
  { workers: 25, delta: 12 },
];

/**
 * The margin of a vote of M workers, M odd, where the sign of each is right more often than wrong by δ: φ_M(δ) = 1 − 2q_M(½(1 − δ)). It is concave, as the integral shows, and
 * at 1/√M at least 1 − 2Φ(−1), so that φ_M(δ) ≥ ⅔ min(√M δ, 1): M votes with small margins gain √M. It is never below that of the normal law, which says how much a wrong vote can
 * cost: 2zq_M(½(1 − δ)) ≤ (2z/(δ√M)) max tΦ(−t).
 */
export const majorityVoteMarginClaim = claimOf(
  {
    constants: {
      leading: 1,
      least: 0.6826,
      far: 2 / 3,
      wallis: 1,
      chord: 2,
      normal: 1,
      peak: 0.17,
      unimodal: 0.589,
      even: 1.04,
    } as VoteConstants,
  },
  ({ constants }) =>
    propertyClaim({
      id: 'majority-vote-margin',
      version: 1,
      source: { section: 'beyond the paper', equation: 'majority vote, margins' },
      statement:
        'φ_M(δ) = 1 − 2q_M(½(1 − δ)) = M C(M − 1, (M − 1)/2) 2^(1−M) ∫₀^δ (1 − u²)^((M−1)/2) du for odd M; φ_M(1/√M) ≥ 1 − 2Φ(−1) > 0.6826; φ_M(δ) ≥ (2/3) min(√M δ, 1), and φ_M(δ) ≥ 2Φ(√M δ) − 1, where tΦ(−t) ≤ 0.17 for t ≥ 0, which makes D_M ≤ 0.589/√M and E_M ≤ 1.04/√M',
      method: 'polynomials and their values in rationals without a tolerance, for M up to 41 and δ in 60ths',
      requires: { referenceOnly: true },
      success: 'proved-exactly',
      parts: () => [
        propertyPart<VoteCase>({
          name: 'in rationals',
          arbitrary: fc.oneof(anyVotes, anyVotes, anyVotes, fc.constantFrom(...atRoots)),
          judge: (input) => judgeLines(linesOf(input, constants)),
          classify: ({ workers, delta }) => [
            ...(Math.sqrt(workers) * delta === 60 ? ['δ = 1/√M'] : []),
            ...(workers > 21 ? ['many workers'] : []),
            Math.sqrt(workers) * delta < 60 ? 'δ < 1/√M' : 'δ ≥ 1/√M',
          ],
          mustReach: ['δ = 1/√M', 'many workers', 'δ < 1/√M', 'δ ≥ 1/√M'],
        }),
      ],
    }),
);
