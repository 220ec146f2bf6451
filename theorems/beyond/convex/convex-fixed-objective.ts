import { claimOf } from '../../../src/claims/claim-mutant.js';
import { exact, vectorsOver } from '../../../src/claims/proofs/lines/arithmetic.js';
import type { Line } from '../../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../../src/claims/proofs/lines/judge-lines.js';
import { propertyClaim, propertyPart } from '../../../src/claims/properties/property-claim.js';
import { type Rational, rational, zero } from '../../../src/exact/arithmetic/rational.js';
import { type ConvexCase, convexCase, convexCategoriesOf, exactConvexCase, fixedKink, slope } from './convex-case.js';
import { exactRun } from './exact-run.js';
import { largestVariance, plainObjective } from './plain-objective.js';

const { of, sum, product, quotient, negative } = exact;
const { minus, squaredNorm } = vectorsOver(exact);

/** The constants of the theorem, as numbers of their own so that tests can change them. */
interface PlainConstants {
  /** 1/2 of R̄²/(2γT). */
  readonly distance: number;
  /** 1 of γσ₀²/(4 − 2/B). */
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
  const sigma0 = largestVariance(problem);
  // 1/(4 − 2/B) in every iteration but the last, where the noise is not seen: 1/4.
  const last = quotient(of(1 / 4), T);
  const others = quotient(sum(of(1), negative(quotient(of(1), T))), sum(of(4), negative(quotient(of(2), B))));
  return {
    name: '(1/T) Σ E f̄(P(x^{t−1})) − f̄(z) ≤ ‖x⁰ − z‖²/(2γT) + γσ₀²[(1 − 1/T)/(4 − 2/B) + 1/(4T)]',
    left: exactRun(at, x, input).average((full) => sum(plainObjective(problem, full), negative(compared))),
    relation: '≤',
    right: sum(
      quotient(product(of(distance), squaredNorm(minus(x, z))), product(step, T)),
      product(of(noise), step, sigma0, sum(others, last)),
    ),
  };
}

/**
 * The theorem for convex d in the objective of (1) and (3), f̄ = d + Σθ_k r_k, which does not move with γ. The r_k are finite and convex, smooth or not, and σ₀² is the supremum over all points u
 * of the variance of their subgradients at u: ℓ1 and hinge terms are in, for which Theorem 1 fails and ‖G‖ does not tend to 0. For B = 1 its constant γσ₀²/2 is that of a
 * stochastic subgradient method, and is attained (`convex-fixed-objective-tight`).
 */
export const claim = claimOf({ distance: 1 / 2, noise: 1 }, (constants: PlainConstants) =>
  propertyClaim({
    id: 'convex-fixed-objective',
    version: 2,
    source: { section: 'beyond the paper', equation: 'convex d, objective of (1)' },
    statement:
      '(1/T) Σ E f̄(P(x^{t−1})) − f̄(z) ≤ ‖x⁰ − z‖²/(2γT) + γσ₀²[(1 − 1/T)/(4 − 2/B) + 1/(4T)] for SPGM, f̄ = d + Σθ_k r_k with convex d and finite convex r_k, γL ≤ 1, any z, σ₀² = sup over all u of the variance of the subgradients of the r_k at u',
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
