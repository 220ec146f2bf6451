import fc from 'fast-check';
import type { Finding } from '../../../src/library/claims.js';
import { fromDouble, maximum, one, type Rational, rational, square, zero } from '../../../src/library/exact.js';
import { claimOf, dyadic, evidenceOfRows, positiveDyadic } from '../../../src/library/testing.js';
import { negative, of, product, quotient, sum } from '../../lines/arithmetic.js';
import { atMost, type Line } from '../../lines/iteration.js';
import { exactLinesClaim } from '../../lines/line-claim.js';
import {
  type AdditiveRun,
  additiveRow,
  constantsOf,
  cosine,
  huber,
  laplace,
  type NoisyCoordinate,
  type NoisyProblem,
  normal,
  type Plain,
  parabola,
  single,
  type UnitNoise,
  uniform,
} from '../../shared/additive-run.js';
import { evaluateAt, voteByIntegral } from './vote-polynomial.js';

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

function linesOf({ coordinates, workers }: NormCase, { first, second }: NormConstants): Line[] {
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
        (value): Line =>
          atMost('(|G| − h)² ≤ h√(3v)/φ_M′(0), h = |G|φ_M(δ)', excess(value.size, value.h), product(scale, value.h)),
      ),
    ),
    atMost(
      '((1/T) ΣΣ|G_i| − (1/T) ΣΣh_i)² ≤ Σ√(3v_i)/φ_M′(0) · (1/T) ΣΣh_i',
      excess(
        mean((value) => value.size),
        h,
      ),
      product(sum(...entries.map(({ scale }) => scale)), h),
    ),
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
export const unimodalNoiseNormClaim = exactLinesClaim({
  id: 'unimodal-noise-norm',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2 under unimodal noise, the norm' },
  statement:
    'for h_i = |G_i|φ_M(δ(|G_i|/√v_i)) the mean over t of ‖G‖₁ is at most H + √(H Σ√(3v_i)/φ_M′(0)), where H is that of Σ_i h_i; M = 1 is φ_1(δ) = δ',
  method:
    'on generated numbers for up to four iterations, three coordinates and fifteen workers, in rationals without a tolerance',
  constants: { first: 1, second: 1 },
  arbitrary: normCase,
  linesOf,
  classify,
  mustReach: ['one worker', 'a vote', 'n > 1', '|G| below the noise', '|G| far above it'],
});

/** The constants of the bound, as numbers of their own so that tests can change them. */
interface RateConstants {
  /** 1 of X. */
  readonly first: number;
  /** 3 of √3‖σ‖₁X. */
  readonly three: number;
}

/** φ_M′(0) = M C(M − 1, m) 4^(−m) with m = (M − 1)/2, at least √(2M/π). */
function voteSlope(workers: number): number {
  let slope = workers;
  for (let k = 1; k < workers; k += 2) slope *= k / (k + 1);
  return slope;
}

type Untuned = Omit<AdditiveRun, 'step' | 'term'>;

/** γ = √(Δ/(‖L‖₁T)) for x⁰ that does not move with it, and the bound X + √(√3‖σ‖₁X/φ_M′(0)). */
export function tuned(run: Untuned, { first, three }: RateConstants): { step: number; bound: number } {
  const { gap, lipschitz, deviation } = constantsOf({ ...run, step: 1 });
  const X = 2 * Math.sqrt((lipschitz * gap) / run.iterations);
  const noise = (Math.sqrt(three) * deviation) / voteSlope(run.workers ?? 1);
  return { step: Math.sqrt(gap / (lipschitz * run.iterations)), bound: first * X + Math.sqrt(noise * X) };
}

/** A coordinate from a certain x⁰. */
export const from = (coordinate: Plain, place: number, deviation: number): NoisyCoordinate => ({
  ...coordinate,
  deviation,
  start: () => place,
});

const problems: readonly NoisyProblem[] = [
  single('d = ½x² from 2, much noise', from(parabola, 2, 64)),
  single('d = ½x² from 2, little noise', from(parabola, 2, 2 ** -10)),
  single('d = 1 − cos x from 2', from(cosine, 2, 1)),
  single('d = Huber of slope 1/4 from 8', from(huber(1 / 4), 8, 4)),
  { name: 'a parabola and a cosine, n = 2', coordinates: [from(parabola, -3, 2), from(cosine, 2, 1 / 8)] },
];

const plans = {
  quick: { workers: [1, 5], iterations: [16, 256] },
  standard: { workers: [1, 5, 101], iterations: [16, 4096] },
  deep: { workers: [1, 3, 25, 101], iterations: [16, 256, 4096, 16_384] },
};

/**
 * The rate of signProx under symmetric unimodal noise, at the step at which the two terms of Δ/(γT) + γ‖L‖₁ are equal: T^(−1/4) for single draws, where Theorem 2 needs mini-batches of
 * T draws. X is what is left without noise. A vote of M workers counts like a mean of φ_M′(0)² draws, which is at least (2/π)M: as for the median of a normal sample.
 */
export const unimodalNoiseRateClaim = claimOf(
  {
    constants: { first: 1, three: 3 } as RateConstants,
    noises: [uniform, normal, laplace] as readonly UnitNoise[],
  },
  ({ constants, noises }) => ({
    id: 'unimodal-noise-rate',
    version: 1,
    source: { section: 'beyond the paper', equation: 'Theorem 2 under unimodal noise, the rate' },
    statement:
      'E[(1/T) Σ ‖G‖₁] ≤ X + √(√3‖σ‖₁X/(φ_M′(0)√B)), X = 2√(‖L‖₁Δ/T), for signProx with γ = √(Δ/(‖L‖₁T)) by the vote of an odd number M of workers, φ_1′(0) = 1 and φ_M′(0) ≥ √(2M/π), under additive noise that is symmetric and unimodal',
    method:
      'the law of the iterate on x⁰ + γZ for B = 1 and up to 101 workers, under uniform, normal and Laplace noise, for d that is convex or not, in one and two coordinates',
    hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c', 'assumption-2d'] as const,
    requires: { referenceOnly: true },
    async check(_implementation, { depth }): Promise<Finding> {
      const plan = plans[depth];
      const rows = problems.flatMap((problem) =>
        noises.flatMap((noise) =>
          plan.workers.flatMap((workers) =>
            plan.iterations.map((iterations) => {
              const run: Untuned = { problem, noise, workers, iterations };
              const { step, bound } = tuned(run, constants);
              return additiveRow({ ...run, step, term: ({ size }) => size }, bound);
            }),
          ),
        ),
      );
      return evidenceOfRows(rows);
    },
  }),
);
