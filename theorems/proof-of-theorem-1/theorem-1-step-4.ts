import { exact, vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { objective } from '../../src/claims/proofs/lines/iteration.js';
import { lawClaim } from '../../src/claims/proofs/lines/line-claim.js';

const { sum, product, quotient, negative, of } = exact;
const { minus, inner, squaredNorm } = vectorsOver(exact);

/**
 * §5.1, the conditional expectation, and what it becomes for γ = 1/(L√T); the last line uses 1/T ≤ 1/√T.
 * Two of the printed ≤ are equalities when σ² is the variance at x, and are judged as such, which sees more.
 */
export const claim = lawClaim({
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
    const change = expectation(({ next }) => sum(objective(exact, next), negative(objective(exact, iterate.x))));
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
      {
        name: 'E[f(x⁺) − f(x) | x] ≤ −γ‖G‖² + (γ²L/2)(‖G‖² + σ²) + γ²Lσ²',
        left: change,
        relation: '≤',
        right: expected,
      },
      {
        name: 'the expectation of the second bound ≤ −γ‖G‖² + (γ²L/2)(‖G‖² + σ²) + γ²Lσ²',
        left: secondBound,
        relation: '=',
        right: expected,
      },
      {
        name: 'for γ = 1/(L√T), ≤ −‖G‖²/(L√T) + ‖G‖²/(2LT) + 3σ²/(2LT)',
        left: expected,
        relation: '=',
        right: scheduled,
      },
      {
        name: 'by 1/T ≤ 1/√T, ≤ −‖G‖²/(2L√T) + 3σ²/(2LT)',
        left: scheduled,
        relation: '≤',
        right: sum(negative(product(of(c.rate), perStep)), noise),
      },
    ];
  },
});
