import fc from 'fast-check';
import type { Claim } from '../../../src/library/claims.js';
import { atStep, fromDouble, toDouble } from '../../../src/library/exact.js';
import {
  claimOf,
  evidenceOfRows,
  rationalSmoothTypes,
  rowClaim,
  type SmoothProblemCase,
  signFamilies,
  smoothProblemCase,
  withBatch,
} from '../../../src/library/testing.js';
import type { BoundInstance, Theorem } from '../../../src/library/theorems.js';
import { absoluteNorm, inner, magnitude, negative, of, plus, product, quotient, sum } from '../../lines/arithmetic.js';
import { commonCategories, commonCategoriesOf, rationalProblemOf } from '../../lines/case-categories.js';
import { conditionalLaw } from '../../lines/conditional-law.js';
import { largestOf } from '../../lines/exact-iteration.js';
import { atMost, type Line, objective } from '../../lines/iteration.js';
import { exactLinesClaim, runsAt } from '../../lines/line-claim.js';
import { noiseFactor, sharpBound2 } from '../../shared/sharp-bounds.js';
import { sumOf, theorem2 } from '../../theorem-2/theorem-2.js';

const source = { section: 'beyond the paper', equation: 'Theorem 2 with high probability' };

/** What A and β are multiplied by: 1 as proved. */
interface Factors {
  readonly mean: number;
  readonly deviation: number;
}
const asProved: Factors = { mean: 1, deviation: 1 };

/**
 * Theorem 2 with high probability. For signProx under Assumption 2, for every γ > 0, B and T, with probability at least 1 − δ
 *
 *     (1/T) Σ ‖G(x^{t−1})‖₁ ≤ A + β + √(β² + 2Aβ) ≤ 2A + 2β,   β = (1 + γ‖L‖_∞)² [Δ/γ + (2T − 1)γ‖L‖₁] ln(1/δ)/T,
 *
 * where A is the bound of the mean of Theorem 2♯. The noise has a variance and nothing else. Proof in PROOFS.md.
 *
 * @param delta δ, between 0 and 1
 */
export const theorem2WithProbability = (delta: number, { mean, deviation } = asProved): Theorem => ({
  id: 'theorem-2-with-probability',
  module: import.meta.url,
  source,
  statement:
    '(1/T) Σ ‖G(x^{t−1})‖₁ ≤ A + β + √(β² + 2Aβ) with probability at least 1 − δ for signProx, where A is the bound of Theorem 2♯ and β = (1 + γ‖L‖_∞)²[Δ/γ + (2T − 1)γ‖L‖₁] ln(1/δ)/T',
  hypotheses: theorem2.hypotheses,
  algorithm: 'sign-prox',
  schedule: theorem2.schedule,
  term: 'gradient-mapping-l1',
  delta,
  bound(iterations, { coordinateLipschitz, coordinateSigma, gap }, { step, miniBatch }) {
    const constants = {
      ...{ coordinateLipschitz: coordinateLipschitz!, coordinateSigma: coordinateSigma!, gap: gap.upper },
      ...{ iterations, step, miniBatch },
    };
    const A = mean * sharpBound2(constants, noiseFactor);
    const largest = gap.upper / step + (2 * iterations - 1) * step * sumOf(coordinateLipschitz!);
    const stretch = 1 + step * Math.max(...coordinateLipschitz!);
    const beta = (deviation * stretch ** 2 * largest * -Math.log(delta)) / iterations;
    return A + beta + Math.sqrt(beta * (beta + 2 * A));
  },
});

/** The constants of the lines of the proof. */
interface LineConstants {
  /** 1 of |∇f(x)_i| ≤ (1 + γL_i)|G_i|. */
  readonly stretch: number;
  /** 2 of 2γL_i/(1 + γL_i), by which a step changes G_i at most. */
  readonly change: number;
  /** 1 of γ²‖L‖₁ in one step along sgn G. */
  readonly curvature: number;
  /** 1 of a² in λ = c/(a²‖G‖₁). */
  readonly range: number;
}

function linesOf(input: SmoothProblemCase, { stretch, change, curvature, range }: LineConstants): Line[] {
  const { iterate, step, coordinateLipschitz, outcomes, expectation } = conditionalLaw(input, 'sign-prox');
  const { mapping, x } = iterate;
  const problem = atStep(rationalProblemOf(input), step);
  const { probabilities } = problem.problem;
  const slope = plus(x.smoothGradient, x.regularizerGradient);
  const norm = absoluteNorm(mapping);
  const along = iterate.iteration(probabilities);
  const lines = [
    ...slope.map((entry, i) =>
      atMost(
        `|∇f(x)_i| ≤ (1 + γL_i)|G_i|, coordinate ${i}`,
        magnitude(entry),
        product(sum(of(1), product(of(stretch), step, coordinateLipschitz[i]!)), magnitude(mapping[i]!)),
      ),
    ),
    ...outcomes.flatMap(({ iteration: { next } }) =>
      problem.residualMapping(probabilities, next.point).map((entry, i) => {
        const curve = product(step, coordinateLipschitz[i]!);
        return atMost(
          `|G(x⁺)_i − G(x)_i| ≤ 2γL_i/(1 + γL_i), coordinate ${i}`,
          magnitude(sum(entry, negative(mapping[i]!))),
          quotient(product(of(change), curve), sum(of(1), curve)),
        );
      }),
    ),
    atMost(
      'γ‖G(x)‖₁ ≤ f(x) − f(x − γ sgn G(x)) + γ²‖L‖₁',
      product(step, norm),
      sum(
        objective(x),
        negative(objective(along.next)),
        product(of(curvature), step, step, sum(...coordinateLipschitz)),
      ),
    ),
  ];
  // Without a mapping there is nothing that a sign could change.
  if (norm.n === 0n) return lines;
  const expected = expectation(({ stochasticSigns }) => inner(slope, stochasticSigns.map(of)));
  const a = toDouble(sum(of(1), product(step, largestOf(coordinateLipschitz))));
  const size = toDouble(norm);
  const moments = [1 / 2, 1, 3 / 2].map((c) => {
    const lambda = c / (range * a ** 2 * size);
    const mean = outcomes.reduce((total, { probability, iteration }) => {
      const deviation = toDouble(sum(expected, negative(inner(slope, iteration.stochasticSigns.map(of)))));
      return total + toDouble(probability) * Math.exp(lambda * deviation - (c * lambda * size) / 2);
    }, 0);
    // Less the rounding of a sum of doubles.
    return atMost(`E exp(λD − cλ‖G‖₁/2) ≤ 1 for λ = c/(a²‖G‖₁), c = ${c}`, fromDouble(mean * (1 - 2 ** -40)), of(1));
  });
  return [...lines, ...moments];
}

const parabola = { type: 'quadratic', curvature: 1, center: 0 };

/** d = r = ½x²: G changes by all of 2γL/(1 + γL) in a step. */
const steepest: SmoothProblemCase = {
  problem: { smooth: parabola, functions: [parabola], probabilities: [1] },
  ...{ x: Float64Array.of(1 / 4), indices: [0], step: 1, root: 2, signOfZero: 'positive' },
};

/** The four inequalities of the proof that Theorem 2♯ does not have, over every outcome of a mini-batch. */
export const withProbabilityLinesClaim = exactLinesClaim<SmoothProblemCase, LineConstants>({
  id: 'theorem-2-with-probability-step',
  version: 1,
  source: { ...source, equation: 'Theorem 2 with high probability, one step' },
  statement:
    '|∇f(x)_i| ≤ (1 + γL_i)|G_i|, a step changes G_i by at most 2γL_i/(1 + γL_i), γ‖G‖₁ ≤ f(x) − f(x − γ sgn G) + γ²‖L‖₁, and E exp(λD − cλ‖G‖₁/2) ≤ 1 for λ = c/(a²‖G‖₁), D = E⟨∇f, s⟩ − ⟨∇f, s⟩, a = 1 + γ‖L‖_∞',
  method:
    'over every outcome of the mini-batch at the schedule of Theorem 2, on generated instances, in rationals without a tolerance; exponentials in doubles',
  hypotheses: ['assumption-2b', 'assumption-2c'],
  constants: { stretch: 1, change: 2, curvature: 1, range: 1 },
  arbitrary: fc.oneof(
    { weight: 15, arbitrary: smoothProblemCase({ smoothTypes: rationalSmoothTypes, families: signFamilies }) },
    { weight: 1, arbitrary: fc.constant(steepest) },
  ),
  linesOf,
  classify: (input) => commonCategoriesOf(input, conditionalLaw(input, 'sign-prox').iterate),
  mustReach: commonCategories,
  runsAt,
});

/** An instance of one variable with L = 1, at T = √T², with B in place of that of the theorem, for these δ. */
interface Case {
  readonly root: number;
  readonly miniBatch?: number;
  readonly instance: BoundInstance;
  readonly deltas: readonly number[];
}

/** x walks down in steps of γ: with δ near 1 the bound is nearly attained by Δ/(γT). */
const walk = (root: number): Case => ({
  root,
  instance: {
    name: 'x walks down ½x² in steps of γ',
    problem: { smooth: parabola, functions: [{ type: 'zero' }], probabilities: [1] },
    start: [(root ** 2 - 1 / 2) / (2 * root)],
  },
  deltas: [1 - 2 ** -30],
});

/** Fair coins while |x| < 2: d = ½x², r_k = ±2u. */
const coins = (root: number): Case => ({
  root,
  instance: {
    name: 'd = ½x², r_k = ±2u',
    problem: {
      smooth: parabola,
      functions: [2, -2].map((slope) => ({ type: 'linear', coefficients: [slope] })),
      probabilities: [0.5, 0.5],
    },
    start: [1 / (4 * root)],
  },
  deltas: [1 / 2, 1 / 8, 1 / 1024],
});

/**
 * A draw in 64 turns the sign wherever x comes in T steps: with probability 64^{1−T} x climbs from the minimiser in every step, and no mean knows. At
 * T = 4, because doubles have no 64⁻¹⁵.
 */
const climb = (): Case => {
  const [root, T, q] = [2, 4, 1 / 64];
  const size = (T + 1) / (2 * root);
  return {
    root,
    miniBatch: 1,
    instance: {
      name: 'd = ½x², a wrong sign in 64',
      problem: {
        smooth: parabola,
        functions: [-size, (size * q) / (1 - q)].map((slope) => ({ type: 'linear', coefficients: [slope] })),
        probabilities: [q, 1 - q],
      },
      start: [0],
    },
    deltas: [q ** (T - 1) / 2],
  };
};

const roots = { quick: [2, 4], standard: [2, 4, 6], deep: [2, 4, 6, 8] };

export const theorem2WithProbabilityClaim = claimOf(
  asProved,
  (factors): Claim =>
    rowClaim(
      {
        id: 'theorem-2-with-probability',
        version: 1,
        source,
        statement: theorem2WithProbability(1 / 2).statement,
        method:
          'the probability that a run is above the bound, from the law of the left side: a walk that attains Δ/(γT), fair coins, and a climb of T wrong signs',
        requires: { referenceOnly: true },
      },
      {
        plan: ({ depth }) =>
          [...roots[depth].flatMap((root) => [walk(root), coins(root)]), climb()].flatMap(
            ({ root, instance, miniBatch, deltas }) =>
              deltas.map((delta) => {
                const theorem = theorem2WithProbability(delta, factors);
                return {
                  theorem: miniBatch === undefined ? theorem : withBatch(miniBatch)(theorem),
                  ...{ engine: 'lattice' as const, instance, iterations: root ** 2 },
                };
              }),
          ),
        conclude: evidenceOfRows,
      },
    ),
);
