import { vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { objective } from '../../src/claims/proofs/lines/iteration.js';
import { pathwiseClaim } from '../../src/claims/proofs/lines/line-claim.js';

/** §5.1, the first bound: Lipschitz continuity of ∇d from x to x⁺, and twice the convexity of r; each of the two by itself sees more. */
export const claim = pathwiseClaim({
  id: 'theorem-1-step-2',
  version: 2,
  source: { section: '5.1', equation: 'first inequality' },
  statement: 'f(x⁺) ≤ f(x) + [∇d(x) + ∇r(x̃)]ᵀ(x⁺ − x) + (L/2)‖x⁺ − x‖² + [∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x̃)',
  hypotheses: ['assumption-1b', 'assumption-1c'],
  algorithm: 'spgm',
  constants: { curvature: 1 / 2, change: 1 },
  lines({ arithmetic, lipschitz, x, next, full }, { curvature, change }) {
    const { sum, product, of } = arithmetic;
    const { plus, minus, inner, squaredNorm } = vectorsOver(arithmetic);
    const moved = minus(next.point, x.point);
    const quadratic = product(of(curvature), lipschitz, squaredNorm(moved));
    const changed = product(
      of(change),
      inner(minus(next.regularizerGradient, full.regularizerGradient), minus(next.point, full.point)),
    );
    return [
      {
        name: 'd(x⁺) ≤ d(x) + ∇d(x)ᵀ(x⁺ − x) + (L/2)‖x⁺ − x‖²',
        left: next.smooth,
        relation: '≤',
        right: sum(x.smooth, inner(x.smoothGradient, moved), quadratic),
      },
      {
        name: 'r(x⁺) ≤ r(x) + ∇r(x̃)ᵀ(x⁺ − x) + [∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x̃)',
        left: next.regularizer,
        relation: '≤',
        right: sum(x.regularizer, inner(full.regularizerGradient, moved), changed),
      },
      {
        name: 'f(x⁺) ≤ f(x) + [∇d(x) + ∇r(x̃)]ᵀ(x⁺ − x) + (L/2)‖x⁺ − x‖² + [∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x̃)',
        left: objective(arithmetic, next),
        relation: '≤',
        right: sum(
          objective(arithmetic, x),
          inner(plus(x.smoothGradient, full.regularizerGradient), moved),
          quadratic,
          changed,
        ),
      },
    ];
  },
});
