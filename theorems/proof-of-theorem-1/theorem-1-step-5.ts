import {
  rationalFamilies,
  type SmoothProblemCase,
  smoothProblemCase,
  turnedProblemCase,
} from '../../src/claims/arbitraries/smooth-problem-case.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { exact } from '../../src/claims/proofs/lines/arithmetic.js';
import type { Line } from '../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../src/claims/proofs/lines/judge-lines.js';
import { runLaw } from '../../src/claims/proofs/lines/run-law.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import type { Rational } from '../../src/exact/arithmetic/rational.js';

const { sum, product, quotient, negative, of } = exact;

const options = {
  // Piecewise quadratic d only: other terms square the length of the numbers at every step.
  smoothTypes: ['zero', 'quadratic', 'huber'],
  families: rationalFamilies,
  maximumRoot: 2,
};

/** Short runs, separable and coupled, and the single step of 1/L to the minimum of a parabola, where both lines are equalities. */
export const runs = [
  smoothProblemCase({ ...options, maximumDimension: 1 }),
  turnedProblemCase({ ...options, maximumComponents: 2 }),
  smoothProblemCase({ ...options, families: ['steepest'], maximumRoot: 1 }),
];

const names = [
  'E[(1/T) Σ ‖G‖²] ≤ (1/√T)[2L(f(x⁰) − E f(x^T)) + 3σ²]',
  '(1/√T)[2L(f(x⁰) − E f(x^T)) + 3σ²] ≤ (1/√T)[2L(f(x⁰) − f*) + 3σ²]',
] as const;

/** §5.1, the sum over T iterations, before and after f* takes the place of E[f(x^T)]; `constants` are the factors 2 and 3. */
export function lines(input: SmoothProblemCase, constants: { readonly gap: number; readonly noise: number }) {
  const { left, start, end, infimum, lipschitz, root, variance } = runLaw(input);
  const bound = (last: Rational): Rational =>
    quotient(
      sum(product(of(constants.gap), lipschitz, sum(start, negative(last))), product(of(constants.noise), variance)),
      root,
    );
  const result: Line<Rational>[] = [{ name: names[0], left, relation: '≤', right: bound(end) }];
  if (infimum !== undefined) {
    result.push({ name: names[1], left: bound(end), relation: '≤', right: bound(infimum) });
  }
  return { lines: result, bounded: infimum !== undefined };
}

export const claim = claimOf({ gap: 2, noise: 3 }, (constants) =>
  propertyClaim({
    id: 'theorem-1-step-5',
    version: 2,
    source: { section: '5.1', equation: 'sum over the iterations' },
    statement: 'E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ (1/√T)[2L(f(x⁰) − E[f(x^T)]) + 3σ²] ≤ (1/√T)[2L(f(x⁰) − f*) + 3σ²]',
    hypotheses: ['assumption-1a', 'assumption-1b', 'assumption-1c', 'assumption-1d'],
    method:
      'all K^T runs for T = 1 and 4 with their probabilities, in rationals; σ² is the largest variance at a point that is reached',
    lines: names,
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    effort: 0.5,
    parts: () => [
      propertyPart<SmoothProblemCase>({
        name: 'all runs',
        arbitrary: runs,
        judge: (input) => judgeLines(lines(input, constants).lines, exact, false),
        classify: (input) => [
          `T = ${input.root ** 2}`,
          ...(input.turned === true ? ['coupled'] : []),
          ...(lines(input, constants).bounded ? ['f* is finite'] : []),
        ],
        mustReach: ['T = 1', 'T = 4', 'f* is finite', 'coupled'],
      }),
    ],
  }),
);
