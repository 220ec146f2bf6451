import { claimOf } from '../../../src/claims/claim-mutant.js';
import { exact, vectorsOver } from '../../../src/claims/proofs/lines/arithmetic.js';
import type { Line } from '../../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../../src/claims/proofs/lines/judge-lines.js';
import { propertyClaim, propertyPart } from '../../../src/claims/properties/property-claim.js';
import { multinomialLaw } from '../../../src/exact/arithmetic/multinomial.js';
import { fromDouble, maximum, type Rational, rational, zero } from '../../../src/exact/arithmetic/rational.js';
import {
  type ConvexCase,
  convexCase,
  convexCategories,
  convexCategoriesOf,
  exactConvexCase,
  movingKink,
  slope,
} from './convex-case.js';

const { of, sum, product, negative } = exact;
const { minus, inner, squaredNorm, absoluteNorm } = vectorsOver(exact);

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface StepConstants {
  /** 1 and 1/2 of γ(1 − γL/2)‖G‖². */
  readonly descent: number;
  readonly curvature: number;
  /** 2 of 2γ(f(x̃) − f(z)). */
  readonly value: number;
  /** 1 of γ²V. */
  readonly noise: number;
}

function linesOf(input: ConvexCase, { descent, curvature, value, noise }: StepConstants): Line<Rational>[] {
  const { at, lipschitz, x, z } = exactConvexCase(input);
  const { probabilities } = at.problem;
  const step = fromDouble(input.step);
  const compared = at.objective(z);
  const mapping = at.residualMapping(probabilities, x);
  const norm = squaredNorm(mapping);
  const curved = product(step, lipschitz);
  const gap = compared && sum(at.objective(at.weightedMean(probabilities, x))!, negative(compared));
  const away = minus(x, z);
  const size = rational(BigInt(input.miniBatch));
  const outcomes = multinomialLaw(probabilities, input.miniBatch).map(({ counts, probability }) => {
    const weights = counts.map((count) => rational(BigInt(count)).div(size));
    return { probability, next: at.weightedMean(weights, x), estimate: at.residualMapping(weights, x) };
  });
  const expected = (term: (outcome: (typeof outcomes)[number]) => Rational): Rational =>
    sum(...outcomes.map((outcome) => product(outcome.probability, term(outcome))));
  const variance = expected(({ estimate }) => squaredNorm(minus(estimate, mapping)));
  // Where f(z) = +∞ nothing is said.
  if (gap === undefined) return [{ name: 'f(z) = +∞', left: zero, relation: '=', right: zero }];
  const lines: Line<Rational>[] = [
    {
      name: 'f(x̃) ≤ f(z) + ⟨G, x − z⟩ − γ(1 − γL/2)‖G‖²',
      left: gap,
      relation: '≤',
      right: sum(
        inner(mapping, away),
        negative(product(step, sum(of(descent), negative(product(of(curvature), curved))), norm)),
      ),
    },
    {
      name: 'E‖x⁺ − z‖² ≤ ‖x − z‖² − 2γ(f(x̃) − f(z)) − γ²(1 − γL)‖G‖² + γ²V',
      left: expected(({ next }) => squaredNorm(minus(next, z))),
      relation: '≤',
      right: sum(
        squaredNorm(away),
        negative(product(of(value), step, gap)),
        negative(product(step, step, sum(of(1), negative(curved)), norm)),
        product(of(noise), step, step, variance),
      ),
    },
  ];
  if (curved.gt(of(2))) return lines;
  return [
    ...lines,
    {
      name: 'f(x̃) − f(z) ≤ ‖x − z‖_∞ ‖G‖₁ for γL ≤ 2',
      left: gap,
      relation: '≤',
      right: product(away.map((entry) => entry.abs()).reduce(maximum), absoluteNorm(mapping)),
    },
  ];
}

/**
 * Inequality (6): the descent lemma for a convex d from x to x̃ = P(x), its convexity from x to z, and the subgradient G − ∇d(x) of r at x̃, each once. It holds for
 * every z, so that r_k need not be smooth nor finite. With E Ĝ = G it says how much nearer to z an iteration of SPGM comes; and with the Hölder inequality that a
 * small ‖G‖₁ means a small gap where x is not far from a minimiser.
 */
export const claim = claimOf({ descent: 1, curvature: 1 / 2, value: 2, noise: 1 }, (constants: StepConstants) =>
  propertyClaim({
    id: 'convex-step',
    version: 1,
    source: { section: 'beyond the paper', equation: 'convex d, one step' },
    statement:
      'f(x̃) ≤ f(z) + ⟨G, x − z⟩ − γ(1 − γL/2)‖G‖² for convex d, every z and γ > 0; so E‖x⁺ − z‖² ≤ ‖x − z‖² − 2γ(f(x̃) − f(z)) − γ²(1 − γL)‖G‖² + γ²V for SPGM, and f(x̃) − f(z) ≤ ‖x − z‖_∞‖G‖₁ for γL ≤ 2',
    method:
      'on generated convex problems with ℓ1, hinge, box and smooth r_k, coupled ones among them, over all outcomes of the mini-batch, in rationals without a tolerance',
    hypotheses: ['assumption-1b'],
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [
      propertyPart<ConvexCase>({
        name: 'in rationals',
        arbitrary: [convexCase(), convexCase(), slope, movingKink],
        judge: (input) => judgeLines(linesOf(input, constants), exact, false),
        classify: convexCategoriesOf,
        mustReach: convexCategories,
      }),
    ],
  }),
);
