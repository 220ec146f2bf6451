import { vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { objective } from '../../src/claims/proofs/lines/iteration.js';
import { pathwiseClaim } from '../../src/claims/proofs/lines/line-claim.js';

/**
 * The one-step inequality of Theorem 1♯: the descent lemma for d from x to x⁺, for r from x̃ to x⁺, and the convexity of r between x̃ and x. §5.1 has twice
 * the last term, from the convexity of r used twice and Cauchy–Schwarz.
 */
export const claim = pathwiseClaim({
  id: 'theorem-1-sharp-step',
  version: 2,
  source: { section: 'beyond the paper', equation: 'Theorem 1♯, one step' },
  statement: 'f(x⁺) ≤ f(x) − γ⟨G, Ĝ⟩ + (γ²L/2)‖Ĝ‖² + (γ²L/2)‖Ĝ − G‖²',
  hypotheses: ['assumption-1b', 'assumption-1c'],
  algorithm: 'spgm',
  constants: { mapping: 1 / 2, noise: 1 / 2 },
  lines({ arithmetic, step, lipschitz, x, next, mapping, stochasticMapping }, { mapping: half, noise }) {
    const { sum, product, of, negative } = arithmetic;
    const { minus, inner, squaredNorm } = vectorsOver(arithmetic);
    const curved = product(step, step, lipschitz);
    return [
      {
        name: 'f(x⁺) ≤ f(x) − γ⟨G, Ĝ⟩ + (γ²L/2)‖Ĝ‖² + (γ²L/2)‖Ĝ − G‖²',
        left: objective(arithmetic, next),
        relation: '≤',
        right: sum(
          objective(arithmetic, x),
          negative(product(step, inner(mapping, stochasticMapping))),
          product(of(half), curved, squaredNorm(stochasticMapping)),
          product(of(noise), curved, squaredNorm(minus(stochasticMapping, mapping))),
        ),
      },
    ];
  },
});
