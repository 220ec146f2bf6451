import { type Comparison, counterexampleClaim } from '../../src/claims/bounds/counterexample-claim.js';
import { one, rational } from '../../src/exact/arithmetic/rational.js';

/**
 * T = 1, γ = 1/L = 1, K = 1, d = ½x² and the concave r = −½(1 − ε)u², which is smooth with the same L and keeps f = ½εx² bounded below: x − γ∇d(x) = 0 is
 * mapped to 0, so G(x) = x whatever ε is, and the left side x² exceeds 2LΔ = εx² by any factor.
 */
export function concave(denominator: bigint): Comparison {
  const epsilon = rational(1n, denominator);
  return {
    instance: `r = −½(1 − ε)u², ε = 1/${denominator}`,
    iterations: 1,
    step: 1,
    left: one,
    bound: epsilon,
    constants: { sigma: 0, gapUpper: 1 / (2 * Number(denominator)), L: 1 },
  };
}

/**
 * Theorem 1 needs the convexity of the r_k, but only for T ≤ 3: without it the one-step inequality loses another (γ²L/2)‖G‖², and
 * [LΔ + (1 − 1/T)σ²]/(√T − 1) is still below the bound of the paper for T ≥ 4. Theorem 2 does not need it at all. Proofs in PROOFS.md.
 */
export const claim = counterexampleClaim({
  id: 'counterexample-convexity',
  version: 1,
  source: { section: '2.2', equation: 'Assumption 1(c)' },
  statement: 'Theorem 1 without the convexity of r_k: E[(1/T)Σ‖G‖²] ≤ (1/√T)[2LΔ + 3σ²] for L-smooth r_k',
  method: 'closed form at T = 1 in rationals',
  counterexampleTo: ['theorem-1', 'assumption-1c'],
  counterexamples: ['d = ½x², r = −½(1 − ε)u², T = 1: left side x² against εx²'],
  compare: () => [2n, 8n, 64n].map(concave),
});
