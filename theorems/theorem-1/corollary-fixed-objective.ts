import {
  rationalFamilies,
  rationalSmoothTypes,
  type SmoothProblemCase,
  smoothProblemCase,
} from '../../src/claims/arbitraries/smooth-problem-case.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { exact } from '../../src/claims/proofs/lines/arithmetic.js';
import { coordinateConstants } from '../../src/claims/proofs/lines/exact-iteration.js';
import type { Line } from '../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../src/claims/proofs/lines/judge-lines.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import { fromDouble, type Rational } from '../../src/exact/arithmetic/rational.js';
import { evaluate } from '../../src/exact/functions/piecewise-affine.js';
import { type PiecewiseQuadratic, slopeOfPiece, valueAt } from '../../src/exact/functions/piecewise-quadratic.js';
import { atStep, rationalProblem } from '../../src/exact/problem/rational-problem.js';

const { sum, product, quotient, negative, magnitude, of } = exact;
const difference = (a: Rational, b: Rational): Rational => sum(a, negative(b));
const slopeAt = (pieces: PiecewiseQuadratic, u: Rational): Rational =>
  slopeOfPiece(pieces.find(({ to }) => !to?.lt(u))!, u);

/** The factors of the inequalities, as numbers of their own so that tests can change them. */
export interface CorollaryConstants {
  /** 2 of 2(r̄ − r_γ)/γ in the lower inequality, and in the upper one. */
  readonly lower: number;
  readonly upper: number;
  /** 1 of γ²L²(G² + V). */
  readonly bias: number;
}

/** The inequalities in each coordinate, at y = x − γ∇d(x) and u = P(x). */
function linesOf(input: SmoothProblemCase, c: CorollaryConstants): Line<Rational>[] {
  const x = Array.from(input.x, fromDouble);
  const problem = rationalProblem(input.problem, x.length);
  const step = fromDouble(input.step);
  const at = atStep(problem, step);
  const lipschitz = coordinateConstants(problem);
  const theta = problem.probabilities;
  const mean = (values: readonly Rational[]): Rational => sum(...values.map((value, k) => product(theta[k]!, value)));
  const variance = (values: readonly Rational[]): Rational => {
    const center = mean(values);
    return mean(values.map((value) => product(difference(value, center), difference(value, center))));
  };
  return x.flatMap((value, i): Line<Rational>[] => {
    const { smooth, proximalMaps, regularizer } = at.coordinates[i]!;
    const { functions } = problem.coordinates[i]!;
    const y = difference(value, product(step, smooth.derivative(value)));
    const images = proximalMaps.map((map) => evaluate(map, y));
    const u = mean(images);
    const atImages = variance(images.map((image) => quotient(difference(y, image), step)));
    const excess = difference(mean(functions.map((pieces) => valueAt(pieces, u)!)), valueAt(regularizer, u)!);
    const between = (factor: number): Rational => quotient(product(of(factor), excess), step);
    const mapping = quotient(difference(value, u), step);
    const slope = sum(smooth.derivative(value), mean(functions.map((pieces) => slopeAt(pieces, value))));
    const beyond = difference(magnitude(slope), magnitude(mapping));
    const curved = product(step, lipschitz[i]!);
    return [
      {
        name: `Var ∇r_k(prox_{γr_k}(y)) ≤ 2(r̄(u) − r_γ(u))/γ, coordinate ${i}`,
        left: atImages,
        relation: '≤',
        right: between(c.lower),
      },
      {
        name: `2(r̄(u) − r_γ(u))/γ ≤ Var ∇r_k(u), coordinate ${i}`,
        left: between(c.upper),
        relation: '≤',
        right: variance(functions.map((pieces) => slopeAt(pieces, u))),
      },
      {
        name: `(|∇(d + r̄)(x)_i| − |G_i|)₊² ≤ (γL_i)²(G_i² + V_i), coordinate ${i}`,
        left: beyond.s > 0n ? product(beyond, beyond) : of(0),
        relation: '≤',
        right: product(of(c.bias), curved, curved, sum(product(mapping, mapping), atImages)),
      },
    ];
  });
}

/**
 * What the proximal average r_γ has to do with the plain average r̄ = Σθ_kr_k, at any y and u = Σθ_k prox_{γr_k}(y):
 *
 *     Var_θ ∇r_k(prox_{γr_k}(y)) ≤ 2(r̄(u) − r_γ(u))/γ ≤ Var_θ ∇r_k(u).
 *
 * The left end is σ² of Assumption (d) at this point. So σ_γ ≤ σ₀ = sup_u (Var_θ∇r_k(u))^½ and r̄ − γσ₀²/2 ≤ r_γ ≤ r̄: Theorem 1 holds with constants that do not move
 * with T, as (1/√T)[2LΔ̄ + 3σ₀²] + σ₀²/T, and Theorem 2 with ‖σ₀‖²/T more. And ‖∇(d + r̄)(x)‖ ≤ ‖G(x)‖ + γL√(‖G(x)‖² + σ²): zeros of G are critical points of
 * d + r̄ up to γLσ.
 */
export const claim = claimOf({ lower: 2, upper: 2, bias: 1 }, (constants: CorollaryConstants) =>
  propertyClaim({
    id: 'corollary-fixed-objective',
    version: 1,
    source: { section: 'beyond the paper', equation: 'T-free constants' },
    statement:
      'Var ∇r_k(prox_{γr_k}(y)) ≤ 2(r̄(u) − r_γ(u))/γ ≤ Var ∇r_k(u) at u = P⁰(y), and ‖∇(d + r̄)(x)‖ ≤ ‖G(x)‖ + γL√(‖G(x)‖² + σ²)',
    method:
      'in each coordinate of generated instances, in rationals without a tolerance, with the variance at x in place of σ²',
    hypotheses: ['assumption-1c'],
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [
      propertyPart<SmoothProblemCase>({
        name: 'in rationals',
        arbitrary: smoothProblemCase({ smoothTypes: rationalSmoothTypes, families: rationalFamilies }),
        judge: (input) => judgeLines(linesOf(input, constants), exact, false),
        classify: ({ problem }) => (problem.functions.length > 1 ? ['several components'] : []),
        mustReach: ['several components'],
      }),
    ],
  }),
);
