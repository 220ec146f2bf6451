import fc from 'fast-check';
import { claimOf } from '../../../src/claims/claim-mutant.js';
import { exact } from '../../../src/claims/proofs/lines/arithmetic.js';
import type { Line } from '../../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../../src/claims/proofs/lines/judge-lines.js';
import { propertyClaim, propertyPart } from '../../../src/claims/properties/property-claim.js';
import { minimum, one, type Rational, rational, square, two, zero } from '../../../src/exact/arithmetic/rational.js';
import { abovePi, belowPi, gaussianMean, tangentBound } from './gaussian-bounds.js';
import { choose, evaluateAt, type Polynomial, voteByIntegral, voteBySum } from './vote-polynomial.js';

const { of, sum, product, magnitude } = exact;

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

function linesOf({ workers, delta }: VoteCase, constants: VoteConstants): Line<Rational>[] {
  const [M, at] = [rational(BigInt(workers)), rational(BigInt(delta), 60n)];
  const { bySum, byIntegral, squaredAtRoot } = voteOf(workers);
  const integral = byIntegral.map((coefficient) => product(of(constants.leading), coefficient));
  const here = evaluateAt(bySum, at);
  const farther = product(M, square(at));
  const m = (workers - 1) / 2;
  const central = square(choose(2 * m, m).div(rational(4n ** BigInt(m))));
  return [
    {
      name: '1 − 2q_M(½(1 − δ)) = M C(M − 1, m) 4^(−m) ∫₀^δ (1 − u²)^m du, as polynomials in δ: Σ of |coefficients| of the difference',
      left: sum(...bySum.map((coefficient, k) => magnitude(coefficient.sub(integral[k]!)))),
      relation: '=',
      right: zero,
    },
    {
      name: '(M C(M − 1, m) 4^(−m))² ≥ (2/π)M',
      left: product(of(constants.wallis), two, M),
      relation: '≤',
      right: product(belowPi, square(M), central),
    },
    {
      name: '(1 − 2Φ(−1))² = (2/π)(∫₀¹ e^(−w²/2) dw)² ≥ 0.6826²',
      left: product(abovePi, square(of(constants.least))),
      relation: '≤',
      right: product(two, square(gaussianMean(one, 12))),
    },
    {
      name: 'tΦ(−t) ≤ 0.17 on [0, √2], by a tangent of this concave function at its ends 0 and 3/2',
      left: peak,
      relation: '≤',
      right: of(constants.peak),
    },
    {
      name: '(2√3 · 0.17)² ≤ 0.589²',
      left: product(rational(12n), square(of(constants.peak))),
      relation: '≤',
      right: square(of(constants.unimodal)),
    },
    {
      name: '(2 · 0.17 · 5√5/(3√2) · 2/√3)² ≤ 1.04²',
      left: product(rational(1000n, 27n), square(of(constants.peak))),
      relation: '≤',
      right: square(of(constants.even)),
    },
    {
      name: '(4√2 · 0.17)² ≤ 1.04²',
      left: product(rational(32n), square(of(constants.peak))),
      relation: '≤',
      right: square(of(constants.even)),
    },
    { name: 'φ_M(1/√M)² ≥ 0.6826²', left: square(of(constants.least)), relation: '≤', right: squaredAtRoot },
    {
      name: 'φ_M(δ)² ≥ (4/9) min(Mδ², 1)',
      left: product(square(of(constants.far)), minimum(one, farther)),
      relation: '≤',
      right: square(here),
    },
    ...(farther.lte(rational(9n))
      ? [
          {
            name: 'φ_M(δ)² ≥ (2Φ(√M δ) − 1)²',
            left: product(of(constants.normal), two, farther, square(gaussianMean(farther, 27))),
            relation: '≤',
            right: product(belowPi, square(here)),
          } as const,
        ]
      : []),
    {
      name: '2φ_M(δ) ≥ φ_M(δ − 1/60) + φ_M(δ + 1/60)',
      left: sum(...[delta - 1, delta + 1].map((k) => evaluateAt(bySum, rational(BigInt(Math.min(60, k)), 60n)))),
      relation: '≤',
      right: product(of(constants.chord), here),
    },
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
export const claim = claimOf(
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
          judge: (input) => judgeLines(linesOf(input, constants), exact, false),
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
