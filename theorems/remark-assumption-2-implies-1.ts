import {
  certifiedFamilies,
  certifiedSmoothTypes,
  rationalFamilies,
  rationalSmoothTypes,
  type SmoothProblemCase,
  smoothProblemCase,
} from '../src/arbitraries/smooth-problem-case.js';
import { exact, vectorsOver } from '../src/claims/proof-steps/arithmetic.js';
import { conditionalLaw } from '../src/claims/proof-steps/conditional-law.js';
import { judgeLines } from '../src/claims/proof-steps/judge-lines.js';
import { runsAt } from '../src/claims/proof-steps/runs.js';
import type { Line } from '../src/claims/proof-steps/step.js';
import type { Judgement } from '../src/claims/property-check.js';
import { propertyClaim, propertyPart } from '../src/claims/property-claim.js';
import { worstOf } from '../src/claims/proximal-optimality.js';
import { maximum, type Rational, sum } from '../src/exact/rational.js';
import { parseProblem } from '../src/problem.js';

const { minus, squaredNorm } = vectorsOver(exact);
const { product, of } = exact;

/** ∇d and ∇r between the three points of an iteration, and the variance at x, with ‖L‖_∞ and ‖σ‖₂². */
function lines(input: SmoothProblemCase, factors: Factors): Line<Rational>[] {
  const { iterate, coordinateLipschitz, variances, step, outcomes, expectation } = conditionalLaw(input, 'spgm');
  const largest = product(of(factors.lipschitz), coordinateLipschitz.reduce(maximum));
  const points = [iterate.full, ...outcomes.map((outcome) => outcome.step.next)];
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

/** The constants that the suite certifies for a problem are related as the remark says: L = ‖L‖_∞ exactly, σ = ‖σ‖₂ to rounding. */
function judgeCertified({ problem, x, step }: SmoothProblemCase): Judgement {
  const { lipschitz, coordinateLipschitz, sigma, coordinateSigma } = parseProblem(problem).at(step).constants(x.length);
  const largest = Math.max(...coordinateLipschitz!);
  const judgements: Judgement[] = [
    {
      ratio: lipschitz === largest ? 0 : Number.POSITIVE_INFINITY,
      explanation: () => `L is ${lipschitz}, ‖L‖_∞ is ${largest}`,
    },
  ];
  if (sigma !== undefined) {
    const norm = Math.hypot(...coordinateSigma!);
    judgements.push({
      ratio: norm === 0 && sigma === 0 ? 0 : Math.abs(sigma - norm) / (2 ** -50 * norm),
      explanation: () => `σ is ${sigma}, ‖σ‖₂ is ${norm}`,
    });
  }
  return worstOf(judgements);
}

interface Factors {
  readonly lipschitz: number;
  readonly variance: number;
}

/** The claim with other factors of ‖L‖_∞ and ‖σ‖₂², for tests. */
export function claimWith(factors: Factors) {
  return propertyClaim({
    id: 'remark-assumption-2-implies-1',
    version: 1,
    source: { section: '2.2', equation: 'after Assumption 2' },
    statement: 'Assumption 2(b)–(d) implies Assumption 1(b)–(d) with L = ‖L‖_∞ and σ² = ‖σ‖₂²',
    hypotheses: ['assumption-2b', 'assumption-2c', 'assumption-2d'],
    method:
      'pairs of points of one iteration and the variance at x, in rationals; the certified constants of the same problems',
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
      propertyPart<SmoothProblemCase>({
        name: 'certified constants',
        success: 'holds',
        arbitrary: smoothProblemCase({
          smoothTypes: certifiedSmoothTypes,
          families: certifiedFamilies,
          maximumDimension: 3,
        }),
        judge: judgeCertified,
        runs: 40,
      }),
    ],
  });
}

export const claim = claimWith({ lipschitz: 1, variance: 1 });
