import { vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { pathwiseClaim } from '../../src/claims/proofs/lines/line-claim.js';

/** §5.2, the smoothness of r in each coordinate, from x to x⁺ and from x to x̃. */
export const claim = pathwiseClaim({
  id: 'theorem-2-step-4',
  version: 2,
  source: { section: '5.2', equation: 'smoothness of r' },
  statement:
    'Σ [|∇r(x⁺) − ∇r(x)|_i|x⁺ − x|_i + |∇r(x) − ∇r(x̃)|_i|x⁺ − x|_i] ≤ Σ [L_i(x⁺ − x)_i² + L_i|x − x̃|_i|x⁺ − x|_i]',
  hypotheses: ['assumption-2c'],
  algorithm: 'sign-prox',
  constants: { moved: 1, mapped: 1 },
  lines({ arithmetic, coordinateLipschitz, x, next, full }, constants) {
    const { product, of, magnitude } = arithmetic;
    const { minus } = vectorsOver(arithmetic);
    const moved = minus(next.point, x.point).map(magnitude);
    const mapped = minus(x.point, full.point).map(magnitude);
    const toNext = minus(next.regularizerGradient, x.regularizerGradient).map(magnitude);
    const fromFull = minus(x.regularizerGradient, full.regularizerGradient).map(magnitude);
    return coordinateLipschitz.flatMap((L, i) => [
      {
        name: `|∇r(x⁺) − ∇r(x)|_i|x⁺ − x|_i ≤ L_i(x⁺ − x)_i², coordinate ${i}`,
        left: product(toNext[i]!, moved[i]!),
        relation: '≤' as const,
        right: product(of(constants.moved), L, moved[i]!, moved[i]!),
      },
      {
        name: `|∇r(x) − ∇r(x̃)|_i|x⁺ − x|_i ≤ L_i|x − x̃|_i|x⁺ − x|_i, coordinate ${i}`,
        left: product(fromFull[i]!, moved[i]!),
        relation: '≤' as const,
        right: product(of(constants.mapped), L, mapped[i]!, moved[i]!),
      },
    ]);
  },
});
