import { exact, vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { objective } from '../../src/claims/proofs/lines/iteration.js';
import { lawClaim } from '../../src/claims/proofs/lines/line-claim.js';
import { squareRootBelow } from '../../src/exact/problem/constants.js';

const { sum, product, quotient, negative, magnitude, of } = exact;
const { absoluteNorm } = vectorsOver(exact);

/**
 * §5.2, the conditional expectation, and what it becomes for γ = 1/(2‖L‖₁√T); the last line uses 1/T ≤ 1/√T. σ_i is the square root of
 * the variance at x, rounded down where it is not rational: every bound grows with it, so what holds below it holds. The second ≤ is an equality, and is
 * judged as one.
 */
export const claim = lawClaim({
  id: 'theorem-2-step-9',
  version: 2,
  source: { section: '5.2', equation: 'conditional expectation' },
  statement:
    'E[f(x⁺) − f(x) | x] ≤ −γ‖G‖₁ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁ + (2γ/√T)‖σ‖₁ ≤ −‖G‖₁/(2‖L‖₁√T) + ‖G‖₁/(4‖L‖₁T) + 3/(8‖L‖₁T) + ‖σ‖₁/(‖L‖₁T) ≤ −‖G‖₁/(4‖L‖₁√T) + 3/(8‖L‖₁T) + ‖σ‖₁/(‖L‖₁T)',
  hypotheses: ['assumption-2b', 'assumption-2c', 'assumption-2d'],
  algorithm: 'sign-prox',
  constants: {
    moved: 3 / 2,
    mapped: 1,
    noise: 2,
    scheduled: 1 / 4,
    scheduledMove: 3 / 8,
    scheduledNoise: 1,
    rate: 1 / 4,
  },
  lines({ iterate, step, coordinateLipschitz, root, iterations, variances, expectation }, c) {
    const total = sum(...coordinateLipschitz);
    const norm = absoluteNorm(iterate.mapping);
    const sigma = sum(...variances.map(squareRootBelow));
    const curved = product(step, step, total);
    /** The terms of (13) that the probability bound does not touch. */
    const without = (moved: number, mapped: number) =>
      sum(negative(product(step, norm)), product(of(moved), curved), product(of(mapped), curved, norm));
    const wrong = expectation(({ mapping, mappingSigns, stochasticSigns }) =>
      sum(...mapping.map((entry, i) => (mappingSigns[i] === stochasticSigns[i] ? of(0) : magnitude(entry)))),
    );
    const expected = sum(without(c.moved, c.mapped), quotient(product(of(c.noise), step, sigma), root));
    const over = (constant: number, value: typeof norm, size: typeof norm) =>
      quotient(product(of(constant), value), product(total, size));
    const rest = sum(over(c.scheduledMove, of(1), iterations), over(c.scheduledNoise, sigma, iterations));
    const scheduled = sum(negative(over(1 / 2, norm, root)), over(c.scheduled, norm, iterations), rest);
    return [
      {
        name: 'E[f(x⁺) − f(x) | x] ≤ −γ‖G‖₁ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁ + (2γ/√T)‖σ‖₁',
        left: expectation(({ next }) => sum(objective(exact, next), negative(objective(exact, iterate.x)))),
        relation: '≤',
        right: expected,
      },
      {
        name: 'the expectation of (13) ≤ −γ‖G‖₁ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁ + (2γ/√T)‖σ‖₁',
        left: sum(without(3 / 2, 1), product(of(2), step, wrong)),
        relation: '≤',
        right: expected,
      },
      {
        name: 'for γ = 1/(2‖L‖₁√T), ≤ −‖G‖₁/(2‖L‖₁√T) + ‖G‖₁/(4‖L‖₁T) + 3/(8‖L‖₁T) + ‖σ‖₁/(‖L‖₁T)',
        left: expected,
        relation: '=',
        right: scheduled,
      },
      {
        name: 'by 1/T ≤ 1/√T, ≤ −‖G‖₁/(4‖L‖₁√T) + 3/(8‖L‖₁T) + ‖σ‖₁/(‖L‖₁T)',
        left: scheduled,
        relation: '≤',
        right: sum(negative(over(c.rate, norm, root)), rest),
      },
    ];
  },
});
