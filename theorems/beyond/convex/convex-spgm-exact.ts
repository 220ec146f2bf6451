import { claimOf } from '../../../src/claims/claim-mutant.js';
import { exact, vectorsOver } from '../../../src/claims/proofs/lines/arithmetic.js';
import type { Line } from '../../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../../src/claims/proofs/lines/judge-lines.js';
import { propertyClaim, propertyPart } from '../../../src/claims/properties/property-claim.js';
import { fromDouble, type Rational, rational, zero } from '../../../src/exact/arithmetic/rational.js';
import {
  type ConvexCase,
  convexCase,
  convexCategories,
  convexCategoriesOf,
  exactConvexCase,
  movingKink,
  slope,
} from './convex-case.js';
import { exactRun } from './exact-run.js';

const { of, sum, product, quotient, negative } = exact;
const { minus, squaredNorm } = vectorsOver(exact);

/** The constants of the theorem, as numbers of their own so that tests can change them. */
interface RunConstants {
  /** 1/2 of (γ/2)(1 − γL)‖G‖². */
  readonly mapping: number;
  /** 1/2 of R²/(2γT). */
  readonly distance: number;
  /** 1/2 of γσ²/(2B). */
  readonly noise: number;
  /** 1 of γ²σ²/(BT). */
  readonly spread: number;
}

function linesOf(input: ConvexCase, constants: RunConstants): Line<Rational>[] {
  const { at, lipschitz, x, z } = exactConvexCase(input);
  const step = fromDouble(input.step);
  const [T, B] = [rational(BigInt(input.iterations)), rational(BigInt(input.miniBatch))];
  const { average, variance, varianceOfAll, spread } = exactRun(at, x, input);
  const averages: Line<Rational> = {
    name: 'E‖x̄ − z̄‖² ≤ γ²σ²/(BT)',
    left: spread,
    relation: '≤',
    right: quotient(product(of(constants.spread), step, step, varianceOfAll), product(B, T)),
  };
  const compared = at.objective(z);
  if (compared === undefined) return [averages];
  const gain = product(of(constants.mapping), step, sum(of(1), negative(product(step, lipschitz))));
  return [
    averages,
    {
      name: '(1/T) Σ E[f(P(x^{t−1})) − f(z) + (γ/2)(1 − γL)‖G‖²] ≤ ‖x⁰ − z‖²/(2γT) + (1 − 1/T)γσ²/(2B)',
      left: average((full, mapping) =>
        sum(at.objective(full)!, negative(compared), product(gain, squaredNorm(mapping))),
      ),
      relation: '≤',
      right: sum(
        quotient(product(of(constants.distance), squaredNorm(minus(x, z))), product(step, T)),
        quotient(product(of(constants.noise), sum(of(1), negative(quotient(of(1), T))), step, variance), B),
      ),
    },
  ];
}

/** Some noise before the last iteration. */
const noisy = (input: ConvexCase): boolean => {
  const { at, x } = exactConvexCase(input);
  return exactRun(at, x, input).variance.gt(zero);
};

/**
 * The theorem for convex d, whole: every sequence of mini-batches is followed in rationals, with the largest variance on the way in place of σ². It holds for every z in
 * place of a minimiser, since `convex-step` does. On two of the families it is an equality: for r = c|u| from γcT, and for a kink that moves with the draw.
 */
export const claim = claimOf({ mapping: 1 / 2, distance: 1 / 2, noise: 1 / 2, spread: 1 }, (constants: RunConstants) =>
  propertyClaim({
    id: 'convex-spgm-exact',
    version: 1,
    source: { section: 'beyond the paper', equation: 'convex d' },
    statement:
      '(1/T) Σ E[f(P(x^{t−1})) − f(z) + (γ/2)(1 − γL)‖G(x^{t−1})‖²] ≤ ‖x⁰ − z‖²/(2γT) + (1 − 1/T)γσ²/(2B) for SPGM, convex d, any convex r_k, any γ and z; and E‖x̄ − z̄‖² ≤ γ²σ²/(BT)',
    method:
      'all sequences of mini-batches for T ≤ 4 on generated convex problems and on two families of equality, in rationals without a tolerance',
    hypotheses: ['assumption-1b', 'assumption-1d'],
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [
      propertyPart<ConvexCase>({
        name: 'over all paths',
        arbitrary: [convexCase(), convexCase(), slope, movingKink],
        judge: (input) => judgeLines(linesOf(input, constants), exact, false),
        classify: (input) => [...convexCategoriesOf(input), ...(noisy(input) ? ['noise'] : [])],
        mustReach: [...convexCategories, 'noise'],
      }),
    ],
  }),
);
