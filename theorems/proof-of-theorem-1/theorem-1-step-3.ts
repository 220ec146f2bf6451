import { vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { objective } from '../../src/claims/proofs/lines/iteration.js';
import { pathwiseClaim } from '../../src/claims/proofs/lines/line-claim.js';

/**
 * §5.1, the second bound, term by term as the paper derives it: the definition of the gradient mappings turns the linear and the
 * quadratic term, Cauchy–Schwarz and the Lipschitz continuity of ∇r the last one.
 */
export const claim = pathwiseClaim({
  id: 'theorem-1-step-3',
  version: 2,
  source: { section: '5.1', equation: 'second inequality' },
  statement:
    'with x⁺ = P̂(x) = x − γĜ(x) and x̃ = P(x) = x − γG(x), the first bound is ≤ f(x) − γG(x)ᵀĜ(x) + (γ²L/2)‖Ĝ(x)‖² + γ²L‖Ĝ(x) − G(x)‖²',
  hypotheses: ['assumption-1b', 'assumption-1c'],
  algorithm: 'spgm',
  constants: { curvature: 1 / 2, noise: 1 },
  lines({ arithmetic, step, lipschitz, mapping, stochasticMapping, x, next, full }, { curvature, noise }) {
    const { sum, product, of, negative } = arithmetic;
    const { plus, minus, inner, squaredNorm } = vectorsOver(arithmetic);
    const moved = minus(next.point, x.point);
    const alongMapping = negative(product(step, inner(mapping, stochasticMapping)));
    const quadratic = product(of(curvature), step, step, lipschitz, squaredNorm(stochasticMapping));
    const definitions = mapping.flatMap((entry, i) => [
      {
        name: `x⁺ = x − γĜ(x), coordinate ${i}`,
        left: next.point[i]!,
        relation: '=' as const,
        right: sum(x.point[i]!, negative(product(step, stochasticMapping[i]!))),
      },
      {
        name: `x̃ = x − γG(x), coordinate ${i}`,
        left: full.point[i]!,
        relation: '=' as const,
        right: sum(x.point[i]!, negative(product(step, entry))),
      },
    ]);
    const ofNoise = product(of(noise), step, step, lipschitz, squaredNorm(minus(stochasticMapping, mapping)));
    return [
      ...definitions,
      {
        name: '[∇d(x) + ∇r(x̃)]ᵀ(x⁺ − x) = −γGᵀĜ',
        left: inner(plus(x.smoothGradient, full.regularizerGradient), moved),
        relation: '=',
        right: alongMapping,
      },
      {
        name: '(L/2)‖x⁺ − x‖² = (γ²L/2)‖Ĝ‖²',
        left: product(of(1 / 2), lipschitz, squaredNorm(moved)),
        relation: '=',
        right: quadratic,
      },
      {
        name: '[∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x̃) ≤ γ²L‖Ĝ − G‖²',
        left: inner(minus(next.regularizerGradient, full.regularizerGradient), minus(next.point, full.point)),
        relation: '≤',
        right: ofNoise,
      },
      {
        name: 'f(x⁺) ≤ f(x) − γGᵀĜ + (γ²L/2)‖Ĝ‖² + γ²L‖Ĝ − G‖²',
        left: objective(arithmetic, next),
        relation: '≤',
        right: sum(objective(arithmetic, x), alongMapping, quadratic, ofNoise),
      },
    ];
  },
});
