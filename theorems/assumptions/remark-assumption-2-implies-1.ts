import {
  rationalFamilies,
  rationalSmoothTypes,
  type SmoothProblemCase,
  smoothProblemCase,
} from '../../src/claims/arbitraries/smooth-problem-case.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { exact, vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { conditionalLaw } from '../../src/claims/proofs/lines/conditional-law.js';
import type { Line } from '../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../src/claims/proofs/lines/judge-lines.js';
import { runsAt } from '../../src/claims/proofs/lines/line-claim.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import { maximum, type Rational, sum } from '../../src/exact/arithmetic/rational.js';

const { minus, squaredNorm } = vectorsOver(exact);
const { product, of } = exact;

/** ∇d and ∇r between the three points of an iteration, and the variance at x, with ‖L‖_∞ and ‖σ‖₂². */
function lines(input: SmoothProblemCase, factors: Factors): Line<Rational>[] {
  const { iterate, coordinateLipschitz, variances, step, outcomes, expectation } = conditionalLaw(input, 'spgm');
  const largest = product(of(factors.lipschitz), coordinateLipschitz.reduce(maximum));
  const points = [iterate.full, ...outcomes.map((outcome) => outcome.iteration.next)];
  return [
    ...points.flatMap((other) =>
      (['smoothGradient', 'regularizerGradient'] as const).map((gradient) => ({
        name: gradient === 'smoothGradient' ? '‖∇d(x) − ∇d(y)‖² ≤ L²‖x − y‖²' : '‖∇r(x) − ∇r(y)‖² ≤ L²‖x − y‖²',
        left: squaredNorm(minus(iterate.x[gradient], other[gradient])),
        relation: '≤' as const,
        right: product(largest, largest, squaredNorm(minus(iterate.x.point, other.point))),
      })),
    ),
    {
      name: 'E‖P_k(x) − P(x)‖² ≤ γ²‖σ‖₂²',
      left: expectation(({ next, full }) => squaredNorm(minus(next.point, full.point))),
      relation: '≤',
      right: product(of(factors.variance), step, step, sum(variances)),
    },
  ];
}

/** Of ‖L‖_∞ and ‖σ‖₂²: 1, but in tests. */
interface Factors {
  readonly lipschitz: number;
  readonly variance: number;
}

export const claim = claimOf({ lipschitz: 1, variance: 1 }, (factors) =>
  propertyClaim({
    id: 'remark-assumption-2-implies-1',
    version: 1,
    source: { section: '2.2', equation: 'after Assumption 2' },
    statement: 'Assumption 2(b)–(d) implies Assumption 1(b)–(d) with L = ‖L‖_∞ and σ² = ‖σ‖₂²',
    hypotheses: ['assumption-2b', 'assumption-2c', 'assumption-2d'],
    method: 'pairs of points of one iteration and the variance at x, in rationals',
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: (_implementation, { depth }) => [
      propertyPart<SmoothProblemCase>({
        ...runsAt[depth],
        name: 'in rationals',
        arbitrary: smoothProblemCase({
          smoothTypes: rationalSmoothTypes,
          families: rationalFamilies,
          maximumDimension: 3,
        }),
        judge: (input) => judgeLines(lines(input, factors), exact, false),
        classify: ({ x }) => [x.length === 1 ? 'one coordinate' : 'several coordinates'],
        mustReach: ['several coordinates'],
      }),
    ],
  }),
);
