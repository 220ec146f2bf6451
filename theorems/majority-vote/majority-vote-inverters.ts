import fc from 'fast-check';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { exact } from '../../src/claims/proofs/lines/arithmetic.js';
import type { Line } from '../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../src/claims/proofs/lines/judge-lines.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import { multinomialLaw } from '../../src/exact/arithmetic/multinomial.js';
import { one, type Rational, rational, square, two } from '../../src/exact/arithmetic/rational.js';

const { of, sum, product } = exact;

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

function linesOf(input: InvertersCase, { half, cantelli, coefficient }: InvertersConstants): Line<Rational>[] {
  const q = wrongVote(input);
  const [M, delta] = [rational(BigInt(input.workers)), rational(BigInt(input.delta), 32n)];
  const mean = rational(BigInt(input.workers - 2 * input.inverters)).mul(delta);
  const variance = M.mul(one.sub(square(delta)));
  // The largest z²/3 at which a margin of δ may be: that of Gauss's inequality where δ ≤ ⅔, and less than δ²/(1 − δ²) everywhere.
  const ratio = rational(2n, 3n);
  const thirdOfSquare = delta.lte(ratio) ? square(delta) : rational(4n, 27n).div(one.sub(delta));
  return [
    { name: 'q ≤ ½', left: q, relation: '≤', right: of(half) },
    {
      name: 'q ≤ V/(V + D²), D = (M − 2k)δ the mean of the votes and V = M(1 − δ²) their variance',
      left: product(q, sum(variance, square(mean))),
      relation: '≤',
      right: product(of(cantelli), variance),
    },
    {
      name: '(2zq)² ≤ 3/((1 − 2α)²M), α = k/M',
      left: product(two, two, thirdOfSquare, square(q), square(rational(BigInt(input.workers - 2 * input.inverters)))),
      relation: '≤',
      right: product(of(coefficient), M),
    },
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
export const claim = claimOf({ half: 1 / 2, cantelli: 1, coefficient: 1 }, (constants: InvertersConstants) =>
  propertyClaim({
    id: 'majority-vote-inverters',
    version: 1,
    source: { section: '2.2', equation: 'majority vote, inverted votes' },
    statement:
      'with an odd number M of votes of one margin δ, αM < M/2 of them inverted, the majority is wrong with probability q ≤ ½, and 2zq ≤ √3/((1 − 2α)√M) under symmetric unimodal noise',
    method: 'the law of the votes of up to 17 workers for margins in 32nds, in rationals without a tolerance',
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [
      propertyPart<InvertersCase>({
        name: 'in rationals',
        arbitrary: invertersCase,
        judge: (input) => judgeLines(linesOf(input, constants), exact, false),
        classify: ({ workers, inverters, delta }) => [
          ...(inverters > 0 ? ['inverters'] : []),
          ...(workers - 2 * inverters === 1 && workers > 1 ? ['all but one cancelled'] : []),
          ...(delta === 0 ? ['fair coins'] : []),
          3 * delta > 64 ? 'δ beyond ⅔' : 'δ up to ⅔',
        ],
        mustReach: ['inverters', 'all but one cancelled', 'δ beyond ⅔', 'δ up to ⅔'],
      }),
    ],
  }),
);
