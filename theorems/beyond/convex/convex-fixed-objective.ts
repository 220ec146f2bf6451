import { claimOf } from '../../../src/claims/claim-mutant.js';
import { exact, vectorsOver } from '../../../src/claims/proofs/lines/arithmetic.js';
import type { Line } from '../../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../../src/claims/proofs/lines/judge-lines.js';
import { propertyClaim, propertyPart } from '../../../src/claims/properties/property-claim.js';
import { maximum, type Rational, rational, zero } from '../../../src/exact/arithmetic/rational.js';
import { type PiecewiseQuadratic, slopeOfPiece, valueAt } from '../../../src/exact/functions/piecewise-quadratic.js';
import { type RationalProblem, smoothTerm } from '../../../src/exact/problem/rational-problem.js';
import { type ConvexCase, convexCase, convexCategoriesOf, exactConvexCase, fixedKink, slope } from './convex-case.js';
import { exactRun } from './exact-run.js';

const { of, sum, product, quotient, negative } = exact;
const { minus, squaredNorm } = vectorsOver(exact);

const mean = (theta: readonly Rational[], values: readonly Rational[]): Rational =>
  sum(...values.map((value, k) => product(theta[k]!, value)));

/** r_k′ just below u and just above it. */
function slopesBeside(pieces: PiecewiseQuadratic, u: Rational): readonly [Rational, Rational] {
  const below = pieces.find(({ to }) => !to?.lt(u))!;
  const above = pieces.findLast(({ from }) => !from?.gt(u))!;
  return [slopeOfPiece(below, u), slopeOfPiece(above, u)];
}

/**
 * σ₀² = sup_u Var_θ h_k(u) with h_k the derivative from the right, in one coordinate. Between kinks the h_k are affine, their variance is a convex parabola, and at
 * both ends the h_k are constant: the supremum is met beside a kink, or anywhere where there is none.
 */
function variance({ probabilities }: RationalProblem, functions: readonly PiecewiseQuadratic[]): Rational {
  const kinks = functions.flatMap((pieces) => pieces.flatMap(({ to }) => to ?? []));
  const sides = (kinks.length === 0 ? [zero] : kinks).flatMap((u) => {
    const beside = functions.map((pieces) => slopesBeside(pieces, u));
    return [beside.map(([below]) => below), beside.map(([, above]) => above)];
  });
  return sides
    .map((slopes) => {
      const center = mean(probabilities, slopes);
      const offsets = slopes.map((entry) => sum(entry, negative(center)));
      return mean(
        probabilities,
        offsets.map((entry) => product(entry, entry)),
      );
    })
    .reduce(maximum);
}

/** d + Σθ_k r_k. */
function plainObjective(problem: RationalProblem, u: readonly Rational[]): Rational {
  const { coordinates, probabilities } = problem;
  const regularizers = u.map((entry, i) =>
    mean(
      probabilities,
      coordinates[i]!.functions.map((pieces) => valueAt(pieces, entry)!),
    ),
  );
  return sum(smoothTerm(problem).value(u), ...regularizers);
}

/** The constants of the theorem, as numbers of their own so that tests can change them. */
interface PlainConstants {
  /** 1/2 of R̄²/(2γT), and of γσ₀²/2. */
  readonly distance: number;
  readonly noise: number;
}

const meets = ({ at, lipschitz }: ReturnType<typeof exactConvexCase>): boolean =>
  at.step.mul(lipschitz).lte(rational(1n));

function lineOf(input: ConvexCase, { distance, noise }: PlainConstants): Line<Rational> {
  const known = exactConvexCase(input);
  const { at, x, z } = known;
  if (!meets(known)) return { name: 'γL > 1', left: zero, relation: '=', right: zero };
  const { problem, step } = at;
  const [T, B] = [rational(BigInt(input.iterations)), rational(BigInt(input.miniBatch))];
  const compared = plainObjective(problem, z);
  const sigma0 = sum(...problem.coordinates.map(({ functions }) => variance(problem, functions)));
  const repeated = quotient(sum(of(1), negative(quotient(of(1), T))), B);
  return {
    name: '(1/T) Σ E f̄(P(x^{t−1})) − f̄(z) ≤ ‖x⁰ − z‖²/(2γT) + (γσ₀²/2)(1 + (1 − 1/T)/B)',
    left: exactRun(at, x, input).average((full) => sum(plainObjective(problem, full), negative(compared))),
    relation: '≤',
    right: sum(
      quotient(product(of(distance), squaredNorm(minus(x, z))), product(step, T)),
      product(of(noise), step, sigma0, sum(of(1), repeated)),
    ),
  };
}

/**
 * The theorem for convex d in the objective of (1) and (3), f̄ = d + Σθ_k r_k, which does not move with γ. For finite convex r_k, smooth or not, r̄ − (γ/2)σ₀² ≤ r_γ ≤ r̄ and
 * σ ≤ σ₀, where σ₀² bounds the variance of subgradients of the r_k at one point; the proof of `corollary-fixed-objective` uses no more than subgradients. So ℓ1 and hinge terms are in,
 * for which Theorem 1 fails and ‖G‖ does not tend to 0.
 */
export const claim = claimOf({ distance: 1 / 2, noise: 1 / 2 }, (constants: PlainConstants) =>
  propertyClaim({
    id: 'convex-fixed-objective',
    version: 1,
    source: { section: 'beyond the paper', equation: 'convex d, objective of (1)' },
    statement:
      '(1/T) Σ E f̄(P(x^{t−1})) − f̄(z) ≤ ‖x⁰ − z‖²/(2γT) + (γσ₀²/2)(1 + (1 − 1/T)/B) for SPGM, f̄ = d + Σθ_k r_k with convex d and finite convex r_k, γL ≤ 1, any z',
    method:
      'all sequences of mini-batches for T ≤ 4 on generated convex problems whose r_k have bounded slopes, with σ₀² beside every kink, in rationals without a tolerance',
    hypotheses: ['assumption-1b'],
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [
      propertyPart<ConvexCase>({
        name: 'over all paths',
        arbitrary: [convexCase({ bounded: true }), convexCase({ bounded: true }), slope, fixedKink],
        judge: (input) => judgeLines([lineOf(input, constants)], exact, false),
        classify: (input) => [...convexCategoriesOf(input), ...(meets(exactConvexCase(input)) ? ['γL ≤ 1'] : [])],
        mustReach: ['r_k not smooth', 'several components', 'coupled', 'γL ≤ 1'],
      }),
    ],
  }),
);
