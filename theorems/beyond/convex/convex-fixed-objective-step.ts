import { claimOf } from '../../../src/claims/claim-mutant.js';
import { exact, vectorsOver } from '../../../src/claims/proofs/lines/arithmetic.js';
import type { Line } from '../../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../../src/claims/proofs/lines/judge-lines.js';
import { propertyClaim, propertyPart } from '../../../src/claims/properties/property-claim.js';
import { type Rational, zero } from '../../../src/exact/arithmetic/rational.js';
import {
  type ConvexCase,
  convexCase,
  convexCategories,
  convexCategoriesOf,
  exactConvexCase,
  fixedKink,
} from './convex-case.js';
import { singleVariance } from './exact-run.js';
import { plainObjective, varianceAt } from './plain-objective.js';

const { of, sum, product, negative } = exact;
const { minus, inner, squaredNorm } = vectorsOver(exact);

/** The constants of the line, as numbers of their own so that tests can change them. */
interface StepConstants {
  /** 1 of γV. */
  readonly gain: number;
  /** 1 of γ²V Var h_k. */
  readonly loss: number;
  /** 1/2 of γL. */
  readonly curvature: number;
}

/** The square of what is positive of f̄(x̃) − f̄(z) − ⟨G, x − z⟩ + γ(1 − γL/2)‖G‖² + γV, because √V is not rational. */
function lineOf(input: ConvexCase, { gain, loss, curvature }: StepConstants): Line<Rational> {
  const { at, lipschitz, x, z } = exactConvexCase(input);
  const { problem, step } = at;
  const full = at.weightedMean(problem.probabilities, x);
  const mapping = at.residualMapping(problem.probabilities, x);
  const variance = singleVariance(at, x);
  const beyond = sum(
    plainObjective(problem, full),
    negative(plainObjective(problem, z)),
    negative(inner(mapping, minus(x, z))),
    product(step, sum(of(1), negative(product(of(curvature), step, lipschitz))), squaredNorm(mapping)),
    product(of(gain), step, variance),
  );
  return {
    name: '(f̄(x̃) − f̄(z) − ⟨G, x − z⟩ + γ(1 − γL/2)‖G‖² + γV)₊² ≤ γ²V Var h_k(x̃)',
    left: beyond.gt(zero) ? product(beyond, beyond) : zero,
    relation: '≤',
    right: product(of(loss), step, step, variance, varianceAt(problem, full)),
  };
}

/**
 * `convex-step` in the objective of (1) and (3). The convexity of every r_k at p_k = P_k(x), towards z and from x̃, says more than that of their proximal average does: the spread of the
 * p_k helps by γV, V = E‖P_k(x) − P(x)‖²/γ², and hurts by γ√V times the deviation of subgradients h_k of the r_k at one point, x̃ = P(x).
 */
export const claim = claimOf({ gain: 1, loss: 1, curvature: 1 / 2 }, (constants: StepConstants) =>
  propertyClaim({
    id: 'convex-fixed-objective-step',
    version: 1,
    source: { section: 'beyond the paper', equation: 'convex d, objective of (1), one step' },
    statement:
      'f̄(x̃) ≤ f̄(z) + ⟨G, x − z⟩ − γ(1 − γL/2)‖G‖² − γV + γ√(V Var h_k(x̃)) for f̄ = d + Σθ_k r_k, convex d, finite convex r_k with h_k(u) ∈ ∂r_k(u), every z and γ > 0',
    method:
      'squared, on generated convex problems whose r_k have bounded slopes, with derivatives from the right for h_k, in rationals without a tolerance',
    hypotheses: ['assumption-1b'],
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [
      propertyPart<ConvexCase>({
        name: 'in rationals',
        arbitrary: [convexCase({ bounded: true }), convexCase({ bounded: true }), fixedKink],
        judge: (input) => judgeLines([lineOf(input, constants)], exact, false),
        classify: convexCategoriesOf,
        mustReach: convexCategories,
      }),
    ],
  }),
);
