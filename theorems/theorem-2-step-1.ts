import { vectorsOver } from '../src/claims/proof-steps/arithmetic.js';
import { type PathwiseStep, pathwiseClaim } from '../src/claims/proof-steps/pathwise-claim.js';
import { objective } from '../src/claims/proof-steps/step.js';

/** §5.2, the first bound: the coordinate-wise Lipschitz continuity of ∇d, and the convexity of r at x⁺. */
export const proof: PathwiseStep<'curvature'> = {
  id: 'theorem-2-step-1',
  version: 1,
  source: { section: '5.2', equation: 'first inequality' },
  statement: 'f(x⁺) ≤ d(x) + ∇d(x)ᵀ(x⁺ − x) + Σ (L_i/2)(x⁺ − x)_i² + r(x) + ∇r(x⁺)ᵀ(x⁺ − x)',
  hypotheses: ['assumption-2b', 'assumption-2c'],
  algorithm: 'sign-prox',
  constants: { curvature: 1 / 2 },
  lines({ arithmetic, coordinateLipschitz, x, next }, { curvature }) {
    const { sum, product, of } = arithmetic;
    const { plus, minus, inner } = vectorsOver(arithmetic);
    const moved = minus(next.point, x.point);
    return [
      {
        name: 'f(x⁺) ≤ …',
        left: objective(arithmetic, next),
        relation: '≤',
        right: sum(
          objective(arithmetic, x),
          inner(plus(x.smoothGradient, next.regularizerGradient), moved),
          ...coordinateLipschitz.map((L, i) => product(of(curvature), L, moved[i]!, moved[i]!)),
        ),
      },
    ];
  },
};

export const claim = pathwiseClaim(proof);
