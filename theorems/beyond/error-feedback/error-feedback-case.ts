import fc from 'fast-check';
import { dyadic, positiveDyadic } from '../../../src/claims/arbitraries/dyadic.js';
import {
  proofFamilies,
  rationalSmoothTypes,
  type SmoothProblemCase,
  smoothProblemCase,
  turnedProblemCase,
} from '../../../src/claims/arbitraries/smooth-problem-case.js';
import { exact, vectorsOver } from '../../../src/claims/proofs/lines/arithmetic.js';
import { rationalProblemOf } from '../../../src/claims/proofs/lines/case-categories.js';
import { coordinateConstants, largestOf } from '../../../src/claims/proofs/lines/exact-iteration.js';
import { multinomialLaw } from '../../../src/exact/arithmetic/multinomial.js';
import { fromDouble, one, type Rational, rational } from '../../../src/exact/arithmetic/rational.js';
import { type Compressor, scaledSigns } from '../../../src/exact/engines/error-feedback.js';
import { squareRootBelow } from '../../../src/exact/problem/constants.js';
import { atStep, type RationalProblemAtStep } from '../../../src/exact/problem/rational-problem.js';

const { sum, product, quotient, negative } = exact;
const { squaredNorm, minus } = vectorsOver(exact);

/** Where e is, at which some line is an equality or near it. */
export type ErrorPlace =
  /** Anywhere. */
  | 'anywhere'
  /** e = γηG(x), where 2‖e‖‖G‖ = ‖e‖²/(γη) + γη‖G‖². */
  | 'aligned'
  /** m has one entry that is not 0, where C(m) = (‖m‖₁/n) sgn m leaves out 1 − 1/n of ‖m‖² unless sgn(0) = 0. */
  | 'single';

/** A problem with an iterate x, what its messages have left out, and a compressor. */
export interface FeedbackCase extends SmoothProblemCase {
  /** e, or for a single entry its size. */
  readonly error: readonly number[];
  readonly place: ErrorPlace;
  /** C(m) = (‖m‖₁/n) sgn m; else C(m) = m/(1 + η), of which ρ = ω/(1 + ω) with ω = η, and which leaves out ρ of every m. */
  readonly signs: boolean;
  readonly eta: number;
  readonly iterations: number;
}

const vector = (entry: fc.Arbitrary<number>, n: number) => fc.array(entry, { minLength: n, maxLength: n });

/** In a run the fractions of a rational d would grow beyond use; a run is followed over all mini-batches, of which there must be few. */
const sizes = {
  iteration: { smoothTypes: rationalSmoothTypes, maximumBatch: 3, maximumComponents: 3 },
  run: { smoothTypes: ['zero', 'quadratic', 'huber'], maximumBatch: 1, maximumComponents: 2 },
} as const;
type Kind = keyof typeof sizes;

/** Any e, compressor and η for a problem. */
const anywhere = (problem: fc.Arbitrary<SmoothProblemCase>): fc.Arbitrary<FeedbackCase> =>
  problem.chain((input) =>
    fc
      .record({
        error: vector(dyadic(2, 4), input.x.length),
        place: fc.constantFrom<ErrorPlace>('anywhere', 'aligned', 'single'),
        signs: fc.boolean(),
        eta: positiveDyadic(2, 8),
        iterations: fc.integer({ min: 1, max: 4 }),
      })
      .map((rest) => ({ ...input, ...rest })),
  );

/**
 * d and the r_k parabolas of one curvature, two of them at the same distance on both sides of x: ∇d and ∇r bend as much as L allows, and if the centre of d is x then
 * G(x) = 0, so that all is noise. In an iteration a large η makes much of e = γηG; in a run short steps from G = 0 and a small η make most of the noise.
 */
function matched(kind: Kind): fc.Arbitrary<FeedbackCase> {
  const { maximumBatch } = sizes[kind];
  const [distances, etas, scale] = kind === 'run' ? [[0], [1 / 8], 1 / 16] : [[0, 1, 1], [1 / 8, 1, 16, 16], 1];
  const parabolas = { smoothTypes: ['zero'], families: ['parabolas'], maximumComponents: 1, maximumBatch } as const;
  return anywhere(smoothProblemCase(parabolas)).chain((input) =>
    fc
      .record({ distance: fc.constantFrom(...distances), eta: fc.constantFrom(...etas) })
      .map(({ distance, eta }): FeedbackCase => {
        const { curvature } = input.problem.functions[0]!;
        const around = (shift: number) => ({
          ...{ type: 'quadratic', curvature },
          center: Array.from(input.x, (value) => value + shift),
        });
        return {
          ...input,
          problem: { smooth: around(distance), functions: [around(1), around(-1)], probabilities: [0.5, 0.5] },
          indices: input.indices.map((k, b) => (k + b) % 2),
          step: scale * input.step,
          ...{ eta, place: 'aligned' },
        };
      }),
  );
}

/** One slope and a parabola, with e = 0: the descent lemma is an equality, and nothing else is lost. */
const steepest = ({ maximumBatch }: { readonly maximumBatch: number }): fc.Arbitrary<FeedbackCase> =>
  anywhere(smoothProblemCase({ smoothTypes: ['zero'], families: ['steepest'], maximumBatch })).map((input) => ({
    ...input,
    ...{ place: 'anywhere' as const, error: input.error.map(() => 0), eta: 2 ** -6 },
  }));

/** d = 0 and two slopes that cancel: G = 0 everywhere, and all of e is noise. */
const walk: fc.Arbitrary<FeedbackCase> = anywhere(
  smoothProblemCase({ smoothTypes: ['zero'], families: ['linear'], maximumComponents: 1, maximumBatch: 1 }),
).map((input) => {
  const slope = input.problem.functions[0]!.coefficients as readonly number[];
  const functions = [1, -1].map((sign) => ({ type: 'linear', coefficients: slope.map((entry) => sign * entry) }));
  return { ...input, problem: { ...input.problem, functions, probabilities: [0.5, 0.5] }, eta: 1 / 8 };
});

/** Short steps far from the common centre of two parabolas: G hardly changes, and e comes to what it is bounded by. */
const straight: fc.Arbitrary<FeedbackCase> = anywhere(
  smoothProblemCase({ smoothTypes: ['zero'], families: ['parabolas'], maximumComponents: 1, maximumBatch: 1 }),
).map((input) => {
  const curvature = 2 ** -6 * (input.problem.functions[0]!.curvature as number);
  const center = Array.from(input.x, (value) => value + 1);
  const parabola = { type: 'quadratic', curvature, center };
  return {
    ...input,
    problem: { smooth: parabola, functions: [parabola], probabilities: [1] },
    ...{ step: 1 / 4, eta: 2, iterations: 16 },
  };
});

/** Cases for one iteration, or for whole runs: any, coupled ones, and those in which the lines are equalities or near it. */
export function feedbackCases(kind: Kind): fc.Arbitrary<FeedbackCase>[] {
  const options = { ...sizes[kind], families: proofFamilies.rational };
  return [
    anywhere(smoothProblemCase({ ...options, maximumDimension: 3 })),
    anywhere(turnedProblemCase(options)),
    matched(kind),
    steepest(options),
    ...(kind === 'run' ? [walk, straight] : []),
  ];
}

/** What one draw may be, or a mini-batch, with the weights c_k/B. */
interface Outcome {
  readonly probability: Rational;
  readonly weights: readonly Rational[];
}

/** A case in rationals. */
export interface ExactFeedbackCase {
  readonly at: RationalProblemAtStep;
  readonly x: readonly Rational[];
  /** G(x). */
  readonly mapping: readonly Rational[];
  /** L of ∇d and of every ∇r_k, the least one. */
  readonly lipschitz: Rational;
  readonly eta: Rational;
  readonly compress: Compressor;
  /** ρ with ‖m − C(m)‖ ≤ ρ‖m‖, rounded up where it is no rational, and ω = ρ/(1 − ρ). */
  readonly rho: Rational;
  readonly omega: Rational;
  /** Every mini-batch. */
  readonly outcomes: readonly Outcome[];
}

/** The square root of 1 − 1/n, or the next multiple of 2⁻⁶⁴ above it. */
function signContraction(n: number): Rational {
  const square = rational(BigInt(n - 1), BigInt(n));
  const below = squareRootBelow(square);
  return product(below, below).equals(square) ? below : sum(below, rational(1n, 1n << 64n));
}

export function exactFeedbackCase(input: FeedbackCase): ExactFeedbackCase {
  const problem = rationalProblemOf(input);
  const at = atStep(problem, fromDouble(input.step));
  const x = Array.from(input.x, fromDouble);
  const eta = fromDouble(input.eta);
  const rho = input.signs ? signContraction(x.length) : quotient(eta, sum(one, eta));
  const size = rational(BigInt(input.indices.length));
  return {
    ...{ at, x, eta, rho },
    mapping: at.residualMapping(problem.probabilities, x),
    lipschitz: largestOf(coordinateConstants(problem)),
    compress: input.signs
      ? scaledSigns(input.signOfZero)
      : (m) => m.map((entry) => product(entry, sum(one, negative(rho)))),
    omega: quotient(rho, sum(one, negative(rho))),
    outcomes: multinomialLaw(problem.probabilities, input.indices.length).map(({ counts, probability }) => ({
      probability,
      weights: counts.map((count) => rational(BigInt(count)).div(size)),
    })),
  };
}

/** E‖Ĝ(x) − G(x)‖² of a mini-batch. */
export const varianceAt = (
  { at, outcomes }: Pick<ExactFeedbackCase, 'at' | 'outcomes'>,
  x: readonly Rational[],
): Rational => {
  const mapping = at.residualMapping(at.problem.probabilities, x);
  return sum(
    ...outcomes.map(({ probability, weights }) =>
      product(probability, squaredNorm(minus(at.residualMapping(weights, x), mapping))),
    ),
  );
};
