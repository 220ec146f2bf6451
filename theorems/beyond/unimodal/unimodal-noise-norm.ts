import fc from 'fast-check';
import { dyadic, positiveDyadic } from '../../../src/claims/arbitraries/dyadic.js';
import { claimOf } from '../../../src/claims/claim-mutant.js';
import { exact } from '../../../src/claims/proofs/lines/arithmetic.js';
import type { Line } from '../../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../../src/claims/proofs/lines/judge-lines.js';
import { propertyClaim, propertyPart } from '../../../src/claims/properties/property-claim.js';
import {
  fromDouble,
  maximum,
  one,
  type Rational,
  rational,
  square,
  zero,
} from '../../../src/exact/arithmetic/rational.js';
import { evaluateAt, voteByIntegral } from './vote-polynomial.js';

const { of, sum, product, quotient, negative } = exact;

/** |G_i| in every iteration, and √(3v_i), for a vote of M workers or one. */
interface NormCase {
  readonly coordinates: readonly { readonly spread: number; readonly sizes: readonly number[] }[];
  readonly workers: number;
}

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface NormConstants {
  /** 1 of h. */
  readonly first: number;
  /** 1 of √(3v)/φ_M′(0). */
  readonly second: number;
}

/** δ of Gauss's inequality at |G| = r√(3v): r up to ⅔, and 1 − 4/(27r²) beyond. */
function gaussMargin(r: Rational): Rational {
  if (r.lte(rational(2n, 3n))) return r;
  return one.sub(rational(4n, 27n).div(square(r)));
}

function linesOf({ coordinates, workers }: NormCase, { first, second }: NormConstants): Line<Rational>[] {
  const vote = voteByIntegral(workers);
  const entries = coordinates.map(({ spread, sizes }) => {
    const own = fromDouble(spread);
    return {
      scale: product(of(second), quotient(own, vote[1]!)),
      values: sizes.map(fromDouble).map((size) => ({
        size,
        h: product(size, evaluateAt(vote, gaussMargin(quotient(size, own)))),
      })),
    };
  });
  const excess = (size: Rational, h: Rational): Rational =>
    square(maximum(zero, sum(size, negative(product(of(first), h)))));
  const T = rational(BigInt(coordinates[0]!.sizes.length));
  const mean = (entry: (value: { readonly size: Rational; readonly h: Rational }) => Rational): Rational =>
    sum(...entries.flatMap(({ values }) => values.map(entry))).div(T);
  const h = mean((value) => value.h);
  return [
    ...entries.flatMap(({ scale, values }) =>
      values.map(
        (value): Line<Rational> => ({
          name: '(|G| − h)² ≤ h√(3v)/φ_M′(0), h = |G|φ_M(δ)',
          left: excess(value.size, value.h),
          relation: '≤',
          right: product(scale, value.h),
        }),
      ),
    ),
    {
      name: '((1/T) ΣΣ|G_i| − (1/T) ΣΣh_i)² ≤ Σ√(3v_i)/φ_M′(0) · (1/T) ΣΣh_i',
      left: excess(
        mean((value) => value.size),
        h,
      ),
      relation: '≤',
      right: product(sum(...entries.map(({ scale }) => scale)), h),
    },
  ];
}

/** |G| in units of √(3v): from far below the noise to far above it. */
const ratio = fc.oneof(
  dyadic(4, 16).map(Math.abs),
  fc.constantFrom(1 / 256, 1 / 64, 1 / 16, 1 / 4, 1 / 2, 5 / 8, 1, 8, 64, 1024),
);

const normCase: fc.Arbitrary<NormCase> = fc
  .record({ iterations: fc.integer({ min: 1, max: 4 }), dimension: fc.integer({ min: 1, max: 3 }) })
  .chain(({ iterations, dimension }) =>
    fc.record({
      coordinates: fc.array(
        fc
          .record({
            spread: positiveDyadic(4, 8),
            ratios: fc.array(ratio, { minLength: iterations, maxLength: iterations }),
          })
          .map(({ spread, ratios }) => ({ spread, sizes: ratios.map((own) => own * spread) })),
        { minLength: dimension, maxLength: dimension },
      ),
      workers: fc.constantFrom(1, 1, 3, 5, 9, 15),
    }),
  );

/** What a case is good for. */
function classify({ coordinates, workers }: NormCase): string[] {
  const ratios = coordinates.flatMap(({ spread, sizes }) => sizes.map((size) => size / spread));
  return [
    workers === 1 ? 'one worker' : 'a vote',
    ...(coordinates.length > 1 ? ['n > 1'] : []),
    ...(ratios.some((own) => own > 0 && own < 1 / 16) ? ['|G| below the noise'] : []),
    ...(ratios.some((own) => own >= 64) ? ['|G| far above it'] : []),
  ];
}

/**
 * From what the lemma of margins bounds to ‖G‖₁ under symmetric unimodal noise: h = |G|φ_M(δ) is nearly |G| where |G| is large against the noise, and like its
 * square where it is small. By Jensen's inequality over the iterations and that of Cauchy and Schwarz over the coordinates
 *
 *     (1/T) Σ E‖G‖₁ ≤ H + √(H Σ√(3v_i)/φ_M′(0))   where (1/T) Σ E Σ_i h_i ≤ H.
 */
export const claim = claimOf({ first: 1, second: 1 }, (constants: NormConstants) =>
  propertyClaim({
    id: 'unimodal-noise-norm',
    version: 1,
    source: { section: 'beyond the paper', equation: 'Theorem 2 under unimodal noise, the norm' },
    statement:
      'for h_i = |G_i|φ_M(δ(|G_i|/√v_i)) the mean over t of ‖G‖₁ is at most H + √(H Σ√(3v_i)/φ_M′(0)), where H is that of Σ_i h_i; M = 1 is φ_1(δ) = δ',
    method:
      'on generated numbers for up to four iterations, three coordinates and fifteen workers, in rationals without a tolerance',
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [
      propertyPart<NormCase>({
        name: 'in rationals',
        arbitrary: normCase,
        judge: (input) => judgeLines(linesOf(input, constants), exact, false),
        classify,
        mustReach: ['one worker', 'a vote', 'n > 1', '|G| below the noise', '|G| far above it'],
      }),
    ],
  }),
);
