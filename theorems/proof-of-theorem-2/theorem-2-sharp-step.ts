import { vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { type Iteration, type Line, objective } from '../../src/claims/proofs/lines/iteration.js';
import { pathwiseClaim } from '../../src/claims/proofs/lines/line-claim.js';

/**
 * The one-step inequality of Theorem 2♯: the descent lemma for d and for r, both at x; and what ∇r(x) has to do with G: by separable convexity
 * ∇r(x)_i − ∇r(x̃)_i = τ_iγG_i with 0 ≤ τ_i ≤ L_i, where ∇d(x) + ∇r(x̃) = G.
 */
export const claim = pathwiseClaim({
  id: 'theorem-2-sharp-step',
  version: 2,
  source: { section: 'beyond the paper', equation: 'Theorem 2♯, one step' },
  statement:
    'f(x⁺) ≤ f(x) − γ⟨∇d(x) + ∇r(x), s⟩ + γ²‖L‖₁, s = sgn Ĝ, and ∇d(x)_i + ∇r(x)_i = (1 + τ_iγ)G_i with 0 ≤ τ_i ≤ L_i',
  hypotheses: ['assumption-2b', 'assumption-2c'],
  algorithm: 'sign-prox',
  constants: { curvature: 1, steepness: 1 },
  lines<N>(
    { arithmetic, step, coordinateLipschitz, mapping, x, next, full, stochasticSigns }: Iteration<N>,
    { curvature, steepness }: Readonly<Record<'curvature' | 'steepness', number>>,
  ): Line<N>[] {
    const { sum, product, of, negative } = arithmetic;
    const { plus, inner } = vectorsOver(arithmetic);
    const signs = stochasticSigns.map(of);
    const changes = x.regularizerGradient.map((entry, i) => sum(entry, negative(full.regularizerGradient[i]!)));
    return [
      {
        name: 'f(x⁺) ≤ …',
        left: objective(arithmetic, next),
        relation: '≤',
        right: sum(
          objective(arithmetic, x),
          negative(product(step, inner(plus(x.smoothGradient, x.regularizerGradient), signs))),
          product(of(curvature), step, step, sum(...coordinateLipschitz)),
        ),
      },
      ...changes.flatMap((change, i): Line<N>[] => [
        {
          name: `∇d(x) + ∇r(x̃) = G, coordinate ${i}`,
          left: sum(x.smoothGradient[i]!, full.regularizerGradient[i]!),
          relation: '=',
          right: mapping[i]!,
        },
        { name: `τ ≥ 0, coordinate ${i}`, left: of(0), relation: '≤', right: product(change, mapping[i]!) },
        {
          name: `τ ≤ L_i, coordinate ${i}`,
          left: product(change, mapping[i]!),
          relation: '≤',
          right: product(of(steepness), step, coordinateLipschitz[i]!, mapping[i]!, mapping[i]!),
        },
      ]),
    ];
  },
});
