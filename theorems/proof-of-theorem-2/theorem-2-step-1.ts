import { vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { objective } from '../../src/claims/proofs/lines/iteration.js';
import { pathwiseClaim } from '../../src/claims/proofs/lines/line-claim.js';

/** §5.2, what one iteration is, and the first bound: the coordinate-wise Lipschitz continuity of ∇d, and the convexity of r at x⁺. */
export const claim = pathwiseClaim({
  id: 'theorem-2-step-1',
  version: 2,
  source: { section: '5.2', equation: 'first inequality' },
  statement:
    'with x⁺ = x − γsgn(x − P̂(x)) = x − γsgn Ĝ(x) and x̃ = P(x) = x − γG(x), f(x⁺) ≤ d(x) + ∇d(x)ᵀ(x⁺ − x) + Σ (L_i/2)(x⁺ − x)_i² + r(x) + ∇r(x⁺)ᵀ(x⁺ − x)',
  hypotheses: ['assumption-2b', 'assumption-2c'],
  algorithm: 'sign-prox',
  constants: { curvature: 1 / 2 },
  lines(current, { curvature }) {
    const { arithmetic, coordinateLipschitz, x, next, full, step, mapping, stochasticMapping } = current;
    const { sum, product, of, negative } = arithmetic;
    const { plus, minus, inner } = vectorsOver(arithmetic);
    const moved = minus(next.point, x.point);
    const after = (i: number, direction: typeof step) => sum(x.point[i]!, negative(product(step, direction)));
    const iteration = mapping.flatMap((entry, i) => [
      {
        // γ > 0, so that the signs are the same.
        name: `x − P̂(x) = γĜ(x), coordinate ${i}`,
        left: sum(x.point[i]!, negative(current.miniBatchMean[i]!)),
        relation: '=' as const,
        right: product(step, stochasticMapping[i]!),
      },
      {
        name: `x⁺ = x − γ sgn Ĝ(x), coordinate ${i}`,
        left: next.point[i]!,
        relation: '=' as const,
        right: after(i, of(current.stochasticSigns[i]!)),
      },
      {
        name: `x̃ = P(x) = x − γG(x), coordinate ${i}`,
        left: full.point[i]!,
        relation: '=' as const,
        right: after(i, entry),
      },
    ]);
    return [
      ...iteration,
      {
        name: 'f(x⁺) ≤ d(x) + ∇d(x)ᵀ(x⁺ − x) + Σ (L_i/2)(x⁺ − x)_i² + r(x) + ∇r(x⁺)ᵀ(x⁺ − x)',
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
});
