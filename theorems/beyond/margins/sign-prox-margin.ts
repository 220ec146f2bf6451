import { exact } from '../../../src/claims/proofs/lines/arithmetic.js';
import { objective } from '../../../src/claims/proofs/lines/iteration.js';
import { lawClaim } from '../../../src/claims/proofs/lines/line-claim.js';

const { of, sum, product, negative } = exact;

/**
 * The lemma of margins, one step of it. The margin μ_i = E[s_i | x] sgn G_i is by how much the sign is right more often than wrong, s = sgn Ĝ. Where every
 * μ_i ≥ 0, summed over t with a last step without noise,
 *
 *     (1/T) Σ_t E Σ_i μ_i|G_i| ≤ Δ/(γT) + γ‖L‖₁
 *
 * for every γ and B, without a noise term: what is known of the noise enters through μ. A negative margin counts 1 + γL_i times at most.
 */
export const claim = lawClaim({
  id: 'sign-prox-margin',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2 by margins, one step' },
  statement:
    'E[f(x⁺) − f(x) | x] ≤ −γΣ_i μ_i|G_i| + γ²‖L‖₁ for signProx, μ_i = E[s_i | x] sgn G_i ≥ 0; a μ_i < 0 counts 1 + γL_i times',
  hypotheses: ['assumption-2b', 'assumption-2c'],
  algorithm: 'sign-prox',
  constants: { margin: 1, curvature: 1 },
  lines({ iterate, step, coordinateLipschitz, expectation }, { margin, curvature }) {
    const gains = iterate.mapping.map((entry, i) => {
      const gain = product(
        entry,
        expectation(({ stochasticSigns }) => of(stochasticSigns[i]!)),
      );
      if (gain.s >= 0n) return product(of(margin), gain);
      return product(gain, sum(of(1), product(step, coordinateLipschitz[i]!)));
    });
    return [
      {
        name: 'E[f(x⁺) − f(x) | x] ≤ −γΣμ_i|G_i| + γ²‖L‖₁',
        left: expectation(({ next }) => sum(objective(exact, next), negative(objective(exact, iterate.x)))),
        relation: '≤',
        right: sum(
          negative(product(step, sum(...gains))),
          product(of(curvature), step, step, sum(...coordinateLipschitz)),
        ),
      },
    ];
  },
});
