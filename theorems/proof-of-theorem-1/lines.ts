import type { Rational } from '../../src/library/exact.js';
import {
  claimOf,
  propertyClaim,
  propertyPart,
  rationalFamilies,
  type SmoothProblemCase,
  smoothProblemCase,
  turnedProblemCase,
} from '../../src/library/testing.js';
import { inner, minus, negative, of, plus, product, quotient, squaredNorm, sum } from '../lines/arithmetic.js';
import { atMost, equal, type Line, objective } from '../lines/iteration.js';
import { judgeLines } from '../lines/judge-lines.js';
import { lawClaim, pathwiseClaim } from '../lines/line-claim.js';
import { runLaw } from '../lines/run-law.js';

/**
 * §5.1, the two implications for B = 1: E[P̂(x)] = P(x) ⇒ E[Ĝ(x)] = G(x), and E‖P̂(x) − P(x)‖² ≤ γ²σ² ⇒ E‖Ĝ(x) − G(x)‖² ≤ σ². The
 * premises are checked with P̂ from the proxes and the conclusions with Ĝ from the residuals. With σ² the variance at x the two inequalities
 * are equalities, and are judged as such, which sees more.
 */
export const theorem1Step1Claim = lawClaim({
  id: 'theorem-1-step-1',
  version: 2,
  source: { section: '5.1', equation: 'unbiasedness and variance' },
  statement: 'for B = 1, E[Ĝ(x)] = G(x), and E‖P̂(x) − P(x)‖² ≤ γ²σ² implies E‖Ĝ(x) − G(x)‖² ≤ σ²',
  hypotheses: ['assumption-1d'],
  algorithm: 'spgm',
  constants: { unbiased: 1, variance: 1 },
  lines({ iterate, step, variances, expectation }, { unbiased, variance }) {
    const sigmaSquared = sum(...variances);
    return [
      ...iterate.mapping.map((mean, i) =>
        equal(
          `E[P̂(x)] = P(x), coordinate ${i}`,
          expectation(({ next }) => next.point[i]!),
          sum(iterate.x.point[i]!, product(of(-unbiased), step, mean)),
        ),
      ),
      ...iterate.mapping.map((mean, i) =>
        equal(
          `E[Ĝ(x)] = G(x), coordinate ${i}`,
          expectation(({ stochasticMapping }) => stochasticMapping[i]!),
          product(of(unbiased), mean),
        ),
      ),
      equal(
        'E‖P̂(x) − P(x)‖² ≤ γ²σ²',
        expectation(({ next, full }) => squaredNorm(minus(next.point, full.point))),
        product(of(variance), step, step, sigmaSquared),
      ),
      equal(
        'E‖Ĝ(x) − G(x)‖² ≤ σ²',
        expectation(({ stochasticMapping, mapping }) => squaredNorm(minus(stochasticMapping, mapping))),
        product(of(variance), sigmaSquared),
      ),
    ];
  },
});

/** §5.1, the first bound: Lipschitz continuity of ∇d from x to x⁺, and twice the convexity of r; each of the two by itself sees more. */
export const theorem1Step2Claim = pathwiseClaim({
  id: 'theorem-1-step-2',
  version: 2,
  source: { section: '5.1', equation: 'first inequality' },
  statement: 'f(x⁺) ≤ f(x) + [∇d(x) + ∇r(x̃)]ᵀ(x⁺ − x) + (L/2)‖x⁺ − x‖² + [∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x̃)',
  hypotheses: ['assumption-1b', 'assumption-1c'],
  algorithm: 'spgm',
  constants: { curvature: 1 / 2, change: 1 },
  lines({ lipschitz, x, next, full }, { curvature, change }) {
    const moved = minus(next.point, x.point);
    const quadratic = product(of(curvature), lipschitz, squaredNorm(moved));
    const changed = product(
      of(change),
      inner(minus(next.regularizerGradient, full.regularizerGradient), minus(next.point, full.point)),
    );
    return [
      atMost(
        'd(x⁺) ≤ d(x) + ∇d(x)ᵀ(x⁺ − x) + (L/2)‖x⁺ − x‖²',
        next.smooth,
        sum(x.smooth, inner(x.smoothGradient, moved), quadratic),
      ),
      atMost(
        'r(x⁺) ≤ r(x) + ∇r(x̃)ᵀ(x⁺ − x) + [∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x̃)',
        next.regularizer,
        sum(x.regularizer, inner(full.regularizerGradient, moved), changed),
      ),
      atMost(
        'f(x⁺) ≤ f(x) + [∇d(x) + ∇r(x̃)]ᵀ(x⁺ − x) + (L/2)‖x⁺ − x‖² + [∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x̃)',
        objective(next),
        sum(objective(x), inner(plus(x.smoothGradient, full.regularizerGradient), moved), quadratic, changed),
      ),
    ];
  },
});

/**
 * §5.1, the second bound, term by term as the paper derives it: the definition of the gradient mappings turns the linear and the
 * quadratic term, Cauchy–Schwarz and the Lipschitz continuity of ∇r the last one.
 */
export const theorem1Step3Claim = pathwiseClaim({
  id: 'theorem-1-step-3',
  version: 2,
  source: { section: '5.1', equation: 'second inequality' },
  statement:
    'with x⁺ = P̂(x) = x − γĜ(x) and x̃ = P(x) = x − γG(x), the first bound is ≤ f(x) − γG(x)ᵀĜ(x) + (γ²L/2)‖Ĝ(x)‖² + γ²L‖Ĝ(x) − G(x)‖²',
  hypotheses: ['assumption-1b', 'assumption-1c'],
  algorithm: 'spgm',
  constants: { curvature: 1 / 2, noise: 1 },
  lines({ step, lipschitz, mapping, stochasticMapping, x, next, full }, { curvature, noise }) {
    const moved = minus(next.point, x.point);
    const alongMapping = negative(product(step, inner(mapping, stochasticMapping)));
    const quadratic = product(of(curvature), step, step, lipschitz, squaredNorm(stochasticMapping));
    const definitions = mapping.flatMap((entry, i) => [
      equal(
        `x⁺ = x − γĜ(x), coordinate ${i}`,
        next.point[i]!,
        sum(x.point[i]!, negative(product(step, stochasticMapping[i]!))),
      ),
      equal(`x̃ = x − γG(x), coordinate ${i}`, full.point[i]!, sum(x.point[i]!, negative(product(step, entry)))),
    ]);
    const ofNoise = product(of(noise), step, step, lipschitz, squaredNorm(minus(stochasticMapping, mapping)));
    return [
      ...definitions,
      equal(
        '[∇d(x) + ∇r(x̃)]ᵀ(x⁺ − x) = −γGᵀĜ',
        inner(plus(x.smoothGradient, full.regularizerGradient), moved),
        alongMapping,
      ),
      equal('(L/2)‖x⁺ − x‖² = (γ²L/2)‖Ĝ‖²', product(of(1 / 2), lipschitz, squaredNorm(moved)), quadratic),
      atMost(
        '[∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x̃) ≤ γ²L‖Ĝ − G‖²',
        inner(minus(next.regularizerGradient, full.regularizerGradient), minus(next.point, full.point)),
        ofNoise,
      ),
      atMost(
        'f(x⁺) ≤ f(x) − γGᵀĜ + (γ²L/2)‖Ĝ‖² + γ²L‖Ĝ − G‖²',
        objective(next),
        sum(objective(x), alongMapping, quadratic, ofNoise),
      ),
    ];
  },
});

/**
 * §5.1, the conditional expectation, and what it becomes for γ = 1/(L√T); the last line uses 1/T ≤ 1/√T.
 * Two of the printed ≤ are equalities when σ² is the variance at x, and are judged as such, which sees more.
 */
export const theorem1Step4Claim = lawClaim({
  id: 'theorem-1-step-4',
  version: 2,
  source: { section: '5.1', equation: 'conditional expectation' },
  statement:
    'E[f(x⁺) − f(x) | x] ≤ −γ‖G‖² + (γ²L/2)(‖G‖² + σ²) + γ²Lσ² ≤ −‖G‖²/(L√T) + ‖G‖²/(2LT) + 3σ²/(2LT) ≤ −‖G‖²/(2L√T) + 3σ²/(2LT)',
  hypotheses: ['assumption-1b', 'assumption-1c', 'assumption-1d'],
  algorithm: 'spgm',
  constants: { curvature: 1 / 2, noise: 1, scheduled: 1 / 2, scheduledNoise: 3 / 2, rate: 1 / 2 },
  lines({ iterate, step, lipschitz, root, iterations, variances, expectation }, c) {
    const norm = squaredNorm(iterate.mapping);
    const sigmaSquared = sum(...variances);
    const curved = product(step, step, lipschitz);
    const change = expectation(({ next }) => sum(objective(next), negative(objective(iterate.x))));
    const expected = sum(
      negative(product(step, norm)),
      product(of(c.curvature), curved, sum(norm, sigmaSquared)),
      product(of(c.noise), curved, sigmaSquared),
    );
    const secondBound = expectation(({ mapping, stochasticMapping }) =>
      sum(
        negative(product(step, inner(mapping, stochasticMapping))),
        product(of(1 / 2), curved, squaredNorm(stochasticMapping)),
        product(curved, squaredNorm(minus(stochasticMapping, mapping))),
      ),
    );
    const perStep = quotient(norm, product(lipschitz, root));
    const noise = quotient(product(of(c.scheduledNoise), sigmaSquared), product(lipschitz, iterations));
    const scheduled = sum(
      negative(perStep),
      quotient(product(of(c.scheduled), norm), product(lipschitz, iterations)),
      noise,
    );
    return [
      atMost('E[f(x⁺) − f(x) | x] ≤ −γ‖G‖² + (γ²L/2)(‖G‖² + σ²) + γ²Lσ²', change, expected),
      equal('the expectation of the second bound ≤ −γ‖G‖² + (γ²L/2)(‖G‖² + σ²) + γ²Lσ²', secondBound, expected),
      equal('for γ = 1/(L√T), ≤ −‖G‖²/(L√T) + ‖G‖²/(2LT) + 3σ²/(2LT)', expected, scheduled),
      atMost(
        'by 1/T ≤ 1/√T, ≤ −‖G‖²/(2L√T) + 3σ²/(2LT)',
        scheduled,
        sum(negative(product(of(c.rate), perStep)), noise),
      ),
    ];
  },
});

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
  const result: Line[] = [atMost(names[0], left, bound(end))];
  if (infimum !== undefined) {
    result.push(atMost(names[1], bound(end), bound(infimum)));
  }
  return { lines: result, bounded: infimum !== undefined };
}

export const theorem1Step5Claim = claimOf({ gap: 2, noise: 3 }, (constants) =>
  propertyClaim({
    id: 'theorem-1-step-5',
    version: 2,
    source: { section: '5.1', equation: 'sum over the iterations' },
    statement: 'E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ (1/√T)[2L(f(x⁰) − E[f(x^T)]) + 3σ²] ≤ (1/√T)[2L(f(x⁰) − f*) + 3σ²]',
    hypotheses: ['assumption-1a', 'assumption-1b', 'assumption-1c', 'assumption-1d'],
    method:
      'all K^T runs for T = 1 and 4 with their probabilities, in rationals; σ² is the largest variance at a reached point',
    lines: names,
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    effort: 0.5,
    parts: () => [
      propertyPart<SmoothProblemCase>({
        name: 'all runs',
        arbitrary: runs,
        judge: (input) => judgeLines(lines(input, constants).lines),
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
