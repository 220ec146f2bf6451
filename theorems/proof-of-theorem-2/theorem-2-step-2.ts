import { vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { objective } from '../../src/claims/proofs/lines/iteration.js';
import { pathwiseClaim } from '../../src/claims/proofs/lines/line-claim.js';

/** §5.2, the same bound with ∇r(x̃) added and taken away. */
export const claim = pathwiseClaim({
  id: 'theorem-2-step-2',
  version: 2,
  source: { section: '5.2', equation: 'first equality' },
  statement: 'the first bound = f(x) + [∇d(x) + ∇r(x̃)]ᵀ(x⁺ − x) + Σ (L_i/2)(x⁺ − x)_i² + [∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x)',
  hypotheses: ['assumption-2b', 'assumption-2c'],
  algorithm: 'sign-prox',
  constants: { curvature: 1 / 2, change: 1 },
  lines({ arithmetic, coordinateLipschitz, x, next, full }, { curvature, change }) {
    const { sum, product, of } = arithmetic;
    const { plus, minus, inner } = vectorsOver(arithmetic);
    const moved = minus(next.point, x.point);
    const quadratic = (factor: number) =>
      sum(...coordinateLipschitz.map((L, i) => product(of(factor), L, moved[i]!, moved[i]!)));
    const right = sum(
      objective(arithmetic, x),
      inner(plus(x.smoothGradient, full.regularizerGradient), moved),
      quadratic(curvature),
      product(of(change), inner(minus(next.regularizerGradient, full.regularizerGradient), moved)),
    );
    return [
      {
        name: 'the first bound = f(x) + [∇d(x) + ∇r(x̃)]ᵀ(x⁺ − x) + Σ (L_i/2)(x⁺ − x)_i² + [∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x)',
        left: sum(
          x.smooth,
          inner(x.smoothGradient, moved),
          quadratic(1 / 2),
          x.regularizer,
          inner(next.regularizerGradient, moved),
        ),
        relation: '=',
        right,
      },
      {
        name: 'f(x⁺) ≤ f(x) + [∇d(x) + ∇r(x̃)]ᵀ(x⁺ − x) + Σ (L_i/2)(x⁺ − x)_i² + [∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x)',
        left: objective(arithmetic, next),
        relation: '≤',
        right,
      },
    ];
  },
});
