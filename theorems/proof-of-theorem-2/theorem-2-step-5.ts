import { vectorsOver } from '../../src/claims/proofs/lines/arithmetic.js';
import { pathwiseClaim } from '../../src/claims/proofs/lines/line-claim.js';
import { restingIterate } from './sign-of-zero.js';

/**
 * §5.2, what the last term comes to when every coordinate moves by γ, then by ‖L‖_∞ ≤ ‖L‖₁ and x − x̃ = γG. The equality is one only for
 * signs ±1: a coordinate with sgn Ĝ_i = 0 does not move, and the left side is smaller.
 */
export const claim = pathwiseClaim({
  id: 'theorem-2-step-5',
  version: 2,
  source: { section: '5.2', equation: 'bound of the last term' },
  statement:
    'Σ [L_i(x⁺ − x)_i² + L_i|x − x̃|_i|x⁺ − x|_i] = γ²‖L‖₁ + γΣ L_i|x − x̃|_i ≤ γ²‖L‖₁ + γ‖L‖_∞‖x − x̃‖₁ ≤ γ²‖L‖₁ + γ²‖L‖₁‖G(x)‖₁',
  hypotheses: ['assumption-2c'],
  algorithm: 'sign-prox',
  constants: { moved: 1, mapped: 1, largest: 1, total: 1 },
  refutation: {
    name: 'the equality with sgn(0) = 0',
    instead: 'with ≤ in place of = the line holds for every value of sgn(0)',
    input: restingIterate,
  },
  counterexamples: [
    'd = ½u², r_k = ±u, θ = (¾, ¼), x = 0, one draw of each: Ĝ = 0, so with sgn(0) = 0 the left side is 0.',
  ],
  lines({ arithmetic, step, lipschitz, coordinateLipschitz, mapping, x, next, full }, constants) {
    const { sum, product, of, magnitude } = arithmetic;
    const { minus, absoluteNorm } = vectorsOver(arithmetic);
    const moved = minus(next.point, x.point).map(magnitude);
    const mapped = minus(x.point, full.point).map(magnitude);
    const total = sum(...coordinateLipschitz);
    const ofMove = product(of(constants.moved), step, step, total);
    const ofMapping = sum(
      ofMove,
      ...coordinateLipschitz.map((L, i) => product(of(constants.mapped), step, L, mapped[i]!)),
    );
    // L of the certified families is the largest L_i.
    const byLargest = sum(ofMove, product(of(constants.largest), step, lipschitz, sum(...mapped)));
    return [
      {
        name: 'Σ [L_i(x⁺ − x)_i² + L_i|x − x̃|_i|x⁺ − x|_i] = γ²‖L‖₁ + γΣ L_i|x − x̃|_i',
        left: sum(
          ...coordinateLipschitz.flatMap((L, i) => [
            product(L, moved[i]!, moved[i]!),
            product(L, mapped[i]!, moved[i]!),
          ]),
        ),
        relation: '= for signs ±1',
        right: ofMapping,
      },
      { name: 'by L_i ≤ ‖L‖_∞, ≤ γ²‖L‖₁ + γ‖L‖_∞‖x − x̃‖₁', left: ofMapping, relation: '≤', right: byLargest },
      {
        name: 'by ‖L‖_∞ ≤ ‖L‖₁ and x − x̃ = γG, ≤ γ²‖L‖₁ + γ²‖L‖₁‖G(x)‖₁',
        left: byLargest,
        relation: '≤',
        right: sum(ofMove, product(of(constants.total), step, step, total, absoluteNorm(mapping))),
      },
    ];
  },
});
