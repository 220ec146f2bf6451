import fc from 'fast-check';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { positiveDyadic } from '../../src/judging/arbitraries/dyadic.js';
import type { ProblemCase } from '../../src/judging/arbitraries/problem-case.js';
import { type Judgement, judgeVector } from '../../src/judging/judges/judgement.js';
import { oracleOf } from '../../src/judging/judges/oracle.js';
import { judgeProximalPoint } from '../../src/judging/judges/proximal-optimality.js';
import { judgePhantomMapping, phantomPart } from '../../src/judging/parts/phantom-parts.js';
import {
  directFunctionTypes,
  problemParts,
  problemPartsOfAnySize,
  separableFunctionTypes,
} from '../../src/judging/parts/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import { proximalAverage } from '../../src/reference/functions/index.js';
import type { ProblemSpecification } from '../../src/reference/problem/problem.js';
import { operatorsOf, toleranceAt } from './operators.js';

/** G(x). */
type MappingAt = (problem: ProblemSpecification, step: number, x: Float64Array) => Float64Array;

/** G(x) = (x − P(x))/γ with P from the formula. */
const judgeDefinition =
  (mappingAt: MappingAt) =>
  ({ problem, step, x }: ProblemCase): Judgement => {
    const { error } = toleranceAt(problem, step, x);
    const mean = oracleOf(problem).mean(step, x);
    const expected = x.map((value, i) => (value - mean[i]!) / step);
    return judgeVector('G(x)', mappingAt(problem, step, x), expected, () => error / step);
  };

/**
 * A problem whose critical point is known by construction: x = P⁰(y) and a quadratic d with x − γ∇d(x) = y, so that −∇d(x) is a
 * subgradient of the proximal average at x and G must vanish there.
 */
function withCriticalPoint({ problem, step, x: y }: ProblemCase): { problem: ProblemSpecification; x: Float64Array } {
  const x = oracleOf({ ...problem, smooth: { type: 'zero' } }).mean(step, y);
  const curvature = 0.5;
  const center = Array.from(x, (value, i) => value - (value - y[i]!) / step / curvature);
  return { problem: { ...problem, smooth: { type: 'quadratic', curvature, center } }, x };
}

/** Critical ⇒ G = 0. */
const judgeVanishing =
  (mappingAt: MappingAt) =>
  (input: ProblemCase): Judgement => {
    const { step } = input;
    const { problem, x } = withCriticalPoint(input);
    const { error } = toleranceAt(problem, step, x);
    const mapping = mappingAt(problem, step, x);
    return judgeVector('G at a critical point', mapping, new Float64Array(x.length), () => (2 * error) / step);
  };

/**
 * G = 0 ⇒ critical, in the form that also speaks of small G: with x⁺ = P(x), G(x) − ∇d(x) is a subgradient of r at x⁺, so
 * ∇d(x⁺) + (G(x) − ∇d(x)) ∈ ∂f(x⁺) and dist(0, ∂f(x⁺)) ≤ (1 + γL_d)‖G(x)‖. Judged by the subgradient inequality of r.
 */
const judgeCritical =
  (mappingAt: MappingAt) =>
  ({ problem, step, x }: ProblemCase): Judgement => {
    const oracle = oracleOf(problem);
    const mapping = mappingAt(problem, step, x);
    const u = x.map((value, i) => value - step * mapping[i]!);
    const gradient = oracle.smooth.gradient(x);
    // y = u + γ(G − ∇d): claiming that G − ∇d is a subgradient at u is claiming that u = prox_{γr}(y).
    const y = u.map((value, i) => value + step * (mapping[i]! - gradient[i]!));
    const target = proximalAverage({ functions: oracle.functions, probabilities: oracle.probabilities, step });
    return judgeProximalPoint({ target, step, y, u, ...toleranceAt(problem, step, x) });
  };

/** Centres of the two parabolas that the closed forms are about. */
const centers = [1, -1] as const;

/** r₁ = (a/2)(u − 1)² and r₂ = (b/2)(u + 1)² with θ = ½, at the zero x_γ of G or at the minimiser of the plain average. */
const twoParabolas: fc.Arbitrary<ProblemCase> = fc
  .record({
    a: positiveDyadic(5),
    b: positiveDyadic(5),
    step: fc.constantFrom(1, 2 ** -4, 2 ** -8, 2 ** -12),
    plain: fc.boolean(),
  })
  .map(({ a, b, step, plain }) => ({
    problem: {
      smooth: { type: 'zero' },
      functions: [a, b].map((curvature, k) => ({ type: 'quadratic', curvature, center: centers[k]! })),
      probabilities: [0.5, 0.5],
    },
    step,
    x: Float64Array.of((a - b) / (a + b + (plain ? 0 : 2 * step * a * b))),
    indices: [0],
  }));

/**
 * G(x) = s(x − x_γ) for the two parabolas, with s = ½(a/(1 + γa) + b/(1 + γb)) and its zero at x_γ = (a − b)/(a + b + 2γab): γ times a
 * factor that tends to 2ab/(a + b) nearer to 0 than the minimiser (a − b)/(a + b) of the plain average, where G is hence not 0. Judged
 * at the x that is sent, which holds x_γ only to rounding.
 */
const judgeZero =
  (mappingAt: MappingAt) =>
  ({ problem, step, x }: ProblemCase): Judgement => {
    if (problem.functions.some(({ type }) => type !== 'quadratic')) throw new Error('not two parabolas');
    const [a, b] = problem.functions.map((fn) => fn['curvature'] as number) as [number, number];
    const slope = (a / (1 + step * a) + b / (1 + step * b)) / 2;
    const zero = (a - b) / (a + b + 2 * step * a * b);
    const { error } = toleranceAt(problem, step, x);
    const expected = Float64Array.of(slope * (x[0]! - zero));
    return judgeVector(`G(x) with its zero at ${zero}`, mappingAt(problem, step, x), expected, () => error / step);
  };

/**
 * Definition 1 and the sentence after it: G(x) = (x − P(x))/γ, and G(x*) = 0 exactly when x* is a critical point of f. The f for
 * which this is true is d + r_γ with r_γ the proximal average; for d + Σθ_k r_k it fails by O(γ).
 */
export const claim = claimOf(operatorsOf, ({ operatorsAt }) =>
  propertyClaim({
    id: 'definition-1-gradient-mapping',
    version: 3,
    source: { section: '2.1', equation: 'Definition 1' },
    statement: 'G(x) = (x − P(x))/γ, and G(x*) = 0 if and only if x* is a critical point of f = d + r_γ',
    method:
      'both directions on constructed critical points and by the subgradient inequality; closed forms for the bias of d + Σθ_k r_k',
    requires: { referenceOnly: true },
    success: 'holds',
    counterexamples: [
      'With f = d + Σθ_k r_k instead: d = 0, r₁ = ½(u−1)², r₂ = (3/2)(u+1)², θ = ½, γ = 1: G vanishes at −0.2, f is minimal at −0.5.',
    ],
    parts: (implementation, budget) => {
      const mappingAt: MappingAt = (problem, step, x) => operatorsAt(problem, step).gradientMapping(x);
      const named = (name: string, judge: (input: ProblemCase) => Judgement, types: readonly string[]) =>
        problemParts(implementation, judge, {
          functionTypes: types,
          smoothTypes: ['quadratic'],
          maximumDimension: 2,
        }).map((part) => ({ ...part, name }));
      return [
        ...problemPartsOfAnySize(implementation, judgeDefinition(mappingAt)),
        ...named('critical ⇒ G = 0', judgeVanishing(mappingAt), directFunctionTypes),
        ...named('G − ∇d ∈ ∂r', judgeCritical(mappingAt), separableFunctionTypes),
        propertyPart<ProblemCase>({
          name: 'zeros of G approach the minimiser of Σθ_k r_k at rate γ',
          arbitrary: twoParabolas,
          classify: ({ step }) => [`γ = ${step}`],
          mustReach: [1, 2 ** -4, 2 ** -8, 2 ** -12].map((step) => `γ = ${step}`),
          judge: judgeZero(mappingAt),
        }),
        ...phantomPart(implementation, budget, judgePhantomMapping),
      ];
    },
  }),
);
