import { vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { objective } from '../../src/claims/proofs/lines/iteration.js';
import { pathwiseClaim } from '../../src/claims/proofs/lines/line-claim.js';

/** §5.2, the bound of the last term in the original inequality. */
export const claim = pathwiseClaim({
  id: 'theorem-2-step-6',
  version: 2,
  source: { section: '5.2', equation: 'one step' },
  statement: 'f(x⁺) − f(x) ≤ −γG(x)ᵀsgn(Ĝ(x)) + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G(x)‖₁',
  hypotheses: ['assumption-2b', 'assumption-2c'],
  algorithm: 'sign-prox',
  constants: { moved: 3 / 2, mapped: 1 },
  lines({ arithmetic, step, coordinateLipschitz, mapping, stochasticSigns, x, next, full }, constants) {
    const { sum, product, of, negative } = arithmetic;
    const { plus, minus, inner, absoluteNorm } = vectorsOver(arithmetic);
    const moved = minus(next.point, x.point);
    const total = sum(...coordinateLipschitz);
    const curved = product(step, step, total);
    const right = sum(
      negative(product(step, inner(mapping, stochasticSigns.map(of)))),
      product(of(constants.moved), curved),
      product(of(constants.mapped), curved, absoluteNorm(mapping)),
    );
    return [
      {
        name: 'f(x⁺) − f(x) ≤ −γGᵀsgn Ĝ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁',
        left: sum(objective(arithmetic, next), negative(objective(arithmetic, x))),
        relation: '≤',
        right,
      },
      {
        name: 'the first bound with its last term bounded ≤ −γGᵀsgn Ĝ + (3γ²/2)‖L‖₁ + γ²‖L‖₁‖G‖₁',
        left: sum(
          inner(plus(x.smoothGradient, full.regularizerGradient), moved),
          ...coordinateLipschitz.map((L, i) => product(of(1 / 2), L, moved[i]!, moved[i]!)),
          curved,
          product(curved, absoluteNorm(mapping)),
        ),
        relation: '≤',
        right,
      },
    ];
  },
});
