import { vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { pathwiseClaim } from '../../src/claims/proofs/lines/line-claim.js';

/** §5.2, the last term of the bound: split at x, then bounded by absolute values. */
export const claim = pathwiseClaim({
  id: 'theorem-2-step-3',
  version: 2,
  source: { section: '5.2', equation: 'split of the last term' },
  statement:
    '[∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x) = [∇r(x⁺) − ∇r(x)]ᵀ(x⁺ − x) + [∇r(x) − ∇r(x̃)]ᵀ(x⁺ − x) ≤ Σ [|∇r(x⁺) − ∇r(x)|_i|x⁺ − x|_i + |∇r(x) − ∇r(x̃)|_i|x⁺ − x|_i]',
  hypotheses: ['assumption-2c'],
  algorithm: 'sign-prox',
  constants: { moved: 1, mapped: 1 },
  lines({ arithmetic, x, next, full }, constants) {
    const { sum, product, of, magnitude } = arithmetic;
    const { minus, inner } = vectorsOver(arithmetic);
    const moved = minus(next.point, x.point);
    const toNext = minus(next.regularizerGradient, x.regularizerGradient);
    const fromFull = minus(x.regularizerGradient, full.regularizerGradient);
    const split = sum(inner(toNext, moved), inner(fromFull, moved));
    return [
      {
        name: '[∇r(x⁺) − ∇r(x̃)]ᵀ(x⁺ − x) = [∇r(x⁺) − ∇r(x)]ᵀ(x⁺ − x) + [∇r(x) − ∇r(x̃)]ᵀ(x⁺ − x)',
        left: inner(minus(next.regularizerGradient, full.regularizerGradient), moved),
        relation: '=',
        right: split,
      },
      {
        name: 'by absolute values, ≤ Σ [|∇r(x⁺) − ∇r(x)|_i|x⁺ − x|_i + |∇r(x) − ∇r(x̃)|_i|x⁺ − x|_i]',
        left: split,
        relation: '≤',
        right: sum(
          ...moved.flatMap((entry, i) => [
            product(of(constants.moved), magnitude(toNext[i]!), magnitude(entry)),
            product(of(constants.mapped), magnitude(fromFull[i]!), magnitude(entry)),
          ]),
        ),
      },
    ];
  },
});
