import fc from 'fast-check';
import { type ProblemSpecification, parseProblem } from '../../src/library/algorithms.js';
import type { Judgement } from '../../src/library/claims.js';
import type { FunctionSpecification } from '../../src/library/functions.js';
import {
  claimOf,
  dyadic,
  maximumNorm,
  positiveDyadic,
  propertyClaim,
  propertyPart,
} from '../../src/library/testing.js';

/** A coupled problem with one r, a point, and any signs: the inequality holds for every s ∈ {−1, 0, +1}ⁿ. */
interface CoupledCase {
  readonly problem: ProblemSpecification;
  readonly x: Float64Array;
  readonly signs: readonly number[];
  readonly step: number;
}

const dimension = 3;
const vector = (entry: fc.Arbitrary<number>, length = dimension): fc.Arbitrary<number[]> =>
  fc.array(entry, { minLength: length, maxLength: length });

/** r with 0 ⪯ ∇²r ⪯ (1/μ)I that couples its coordinates: envelopes of a ball, a simplex and a norm-like average. */
const coupledRegularizer: fc.Arbitrary<FunctionSpecification> = fc
  .record({
    smoothing: positiveDyadic(2, 4),
    inner: fc.oneof(
      fc.record({ type: fc.constant('l2-ball'), radius: positiveDyadic(2, 4) }),
      fc.record({ type: fc.constant('simplex'), total: positiveDyadic(2, 4) }),
    ),
    slope: vector(dyadic(1, 4)),
  })
  .map(({ smoothing, inner, slope }) => ({
    type: 'tilted',
    slope,
    inner: { type: 'moreau-envelope', smoothing, inner },
  }));

const coupledCase: fc.Arbitrary<CoupledCase> = fc
  .record({
    data: vector(dyadic(1, 4), 4 * dimension),
    target: vector(dyadic(1, 4), 4),
    regularizer: coupledRegularizer,
    x: vector(dyadic(2, 8)),
    signs: vector(fc.constantFrom(-1, 0, 1)),
    step: positiveDyadic(1, 8),
  })
  .map(({ data, target, regularizer, x, signs, step }) => ({
    problem: {
      smooth: { type: 'least-squares', matrix: { rows: 4, columns: dimension, data }, target },
      functions: [regularizer],
      probabilities: [1],
    },
    x: Float64Array.from(x),
    signs,
    step,
  }));

/** d and r of one curvature in one dimension, stepped against the slope: there the inequality is an equality. */
const matchedCase: fc.Arbitrary<CoupledCase> = fc
  .record({ root: positiveDyadic(2, 4), x: dyadic(2, 8), step: positiveDyadic(1, 8) })
  .map(({ root, x, step }) => ({
    problem: {
      smooth: { type: 'least-squares', matrix: { rows: 1, columns: 1, data: [root] }, target: [0] },
      functions: [{ type: 'quadratic', curvature: root * root, center: 0 }],
      probabilities: [1],
    },
    x: Float64Array.of(x),
    signs: [x > 0 ? -1 : 1],
    step,
  }));

/** The factors of the inequality, as numbers of their own so that tests can change them. */
interface CoupledConstants {
  /** ½ of ½γΛG, ½ of ½γ²√(GᵀΛG·sᵀΛs) and 1 of γ²sᵀΛs. */
  readonly drift: number;
  readonly coupling: number;
  readonly curvature: number;
}

/** f(x − γs) ≤ f(x) − γ⟨G + ½γΛG, s⟩ + ½γ²√(GᵀΛG·sᵀΛs) + γ²sᵀΛs, in units of its rounding error. */
function judgeStep({ problem: specification, x, signs, step }: CoupledCase, c: CoupledConstants): Judgement {
  const problem = parseProblem(specification);
  const [regularizer] = problem.functions;
  const majorant = problem.lipschitz(x.length).majorant!;
  const total = majorant.reduce((sum, entry) => sum + entry, 0);
  const objective = (point: Float64Array): number => problem.smooth.value(point) + regularizer!.value(point);
  const mapping = problem.at(step).gradientMapping(x);
  const next = x.map((value, i) => value - step * signs[i]!);
  let inner = 0;
  let norm = 0;
  let [mappingForm, signForm] = [0, 0];
  mapping.forEach((entry, i) => {
    const [own, sign] = [majorant[i]!, signs[i]!];
    inner += (1 + c.drift * step * own) * entry * sign;
    norm += Math.abs(entry);
    mappingForm += own * entry * entry;
    signForm += own * sign * sign;
  });
  const [before, after] = [objective(x), objective(next)];
  const coupling = c.coupling * step * step * Math.sqrt(mappingForm * signForm);
  const right = before - step * inner + coupling + c.curvature * step * step * signForm;
  const size = Math.abs(before) + Math.abs(after) + step * norm + coupling + step * step * total;
  const allowed = 2 ** -44 * (size + (1 + maximumNorm(x)) ** 2 * (1 + total));
  return {
    ratio: Math.max(0, after - right) / allowed,
    explanation: () => `f(x⁺) = ${after} > ${right} with γ = ${step}, s = (${signs.join(', ')})`,
  };
}

/**
 * The one-step inequality of the coupled theorem: ∇r(x) = ∇r(x̃) + γHG with 0 ⪯ H ⪯ Λ, so that −Λ ⪯ 2H − Λ ⪯ Λ and ⟨HG, s⟩ ≥ ½⟨ΛG, s⟩ − ½√(GᵀΛG)√(sᵀΛs); and the descent lemma in
 * the norm of Λ for d and for r: f(x − γs) ≤ f(x) − γ⟨G + ½γΛG, s⟩ + ½γ²√(GᵀΛG·sᵀΛs) + γ²sᵀΛs for every s ∈ {−1, 0, +1}ⁿ.
 */
export const theorem2CoupledStepClaim = claimOf(
  { drift: 1 / 2, coupling: 1 / 2, curvature: 1 },
  (constants: CoupledConstants) =>
    propertyClaim({
      id: 'theorem-2-coupled-step',
      version: 1,
      source: { section: 'beyond the paper', equation: 'Theorem 2 for coupled problems, one step' },
      statement:
        'f(x − γs) ≤ f(x) − γ⟨G + ½γΛG, s⟩ + ½γ²√(GᵀΛG·sᵀΛs) + γ²sᵀΛs when −Λ ⪯ ∇²d ⪯ Λ and 0 ⪯ ∇²r ⪯ Λ = diag(L_i)',
      method:
        'random least squares with tilted envelopes of coupled sets and arbitrary signs, in doubles within rounding',
      requires: { referenceOnly: true },
      success: 'holds',
      parts: () => [
        propertyPart<CoupledCase>({
          name: 'least squares, envelope of a ball or a simplex',
          arbitrary: coupledCase,
          judge: (input) => judgeStep(input, constants),
          classify: ({ signs }) => (signs.includes(0) ? ['a sign of 0'] : ['all signs']),
          mustReach: ['a sign of 0', 'all signs'],
        }),
        propertyPart<CoupledCase>({
          name: 'one dimension, d and r of one curvature: equality',
          arbitrary: matchedCase,
          judge: (input) => judgeStep(input, constants),
        }),
      ],
    }),
);
