import { type Comparison, counterexampleClaim } from '../../src/claims/bounds/counterexample-claim.js';
import { one, type Rational, rational, square, toDouble, two } from '../../src/exact/arithmetic/rational.js';

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

/** 2²⁶/√T, rounded down: a rational just below a = 1/√T. */
function belowInverseRoot(iterations: number): Rational {
  let numerator = BigInt(Math.ceil(2 ** 26 / Math.sqrt(iterations)));
  while (numerator * numerator * BigInt(iterations) > 2n ** 52n) numerator--;
  return rational(numerator, 2n ** 26n);
}

/**
 * d = ½x² and r′(u) = (1 − a) − u for u ≥ x⁰ − Ta, of slope 1 below, a = γ = 1/√T, K = 1: then P(x) = x − a for T steps, so that G = 1 at each of them.
 * f falls at slope 1 − a on the way and at a slope that vanishes at rate 2 beyond, which makes the bound 2LΔ/√T equal to (1 − a)(2 + a/2 − a²/2). It decreases
 * in a: with a rational below 1/√T it is an upper end.
 */
export function falling(iterations: number): Comparison {
  const a = belowInverseRoot(iterations);
  const half = rational(1n, 2n);
  const bound = one.sub(a).mul(two.add(half.mul(a.sub(square(a)))));
  return {
    instance: `r′ = 1 − γ − u for T steps, T = ${iterations}`,
    iterations,
    step: 1 / Math.sqrt(iterations),
    left: one,
    bound,
    constants: { sigma: 0, gapUpper: (toDouble(bound) * Math.sqrt(iterations)) / 2, L: 1 },
  };
}

/**
 * Theorem 1 needs the convexity of the r_k for T ≤ 3, and for no more: without it the one-step inequality loses another (γ²L/2)‖G‖², and
 * [LΔ + (1 − 1/T)σ²]/(√T − 1) is still below the bound of the paper for T ≥ 4. Theorem 2 does not need it at all. Proofs in PROOFS.md.
 */
export const claim = counterexampleClaim({
  id: 'counterexample-convexity',
  version: 1,
  source: { section: '2.2', equation: 'Assumption 1(c)' },
  statement: 'Theorem 1 without the convexity of r_k: E[(1/T)Σ‖G‖²] ≤ (1/√T)[2LΔ + 3σ²] for L-smooth r_k',
  method: 'closed forms in rationals, at T = 1 and with a rational below 1/√T at T = 2 and 3',
  refutes: 'needed',
  counterexampleTo: ['theorem-1', 'assumption-1c'],
  counterexamples: [
    'd = ½x², r = −½(1 − ε)u², T = 1: left side x² against εx²',
    'd = ½x², r′ = 1 − γ − u for T steps of length γ, then rising at slope 1: |G| = 1 against 0.616 at T = 2 and 0.897 at T = 3',
  ],
  compare: () => [...[2n, 8n, 64n].map(concave), ...[2, 3].map(falling)],
});
