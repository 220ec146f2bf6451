import { type Comparison, counterexampleClaim } from '../../src/claims/bounds/counterexample-claim.js';
import { one, type Rational, rational, square, toDouble, two, zero } from '../../src/exact/arithmetic/rational.js';

/**
 * d = ½x², r_k = ±u, x⁰ = 0: x⁺ = (1 − γ)x ∓ γ and G = x, so that the second moment follows m⁺ = (1 − γ)²m + γ². With the constant step γ = 1/L = 1, x⁺ = ∓1
 * and |G| = 1 from the second iterate on: the left side is (T − 1)/T.
 */
export function constantStep1(root: bigint, step: Rational = one): Comparison {
  let [moment, sum] = [zero, zero];
  for (let t = 0n; t < root * root; t++) {
    sum = sum.add(moment);
    moment = square(one.sub(step)).mul(moment).add(square(step));
  }
  return {
    instance: 'Theorem 1 with γ = 1/L',
    iterations: Number(root * root),
    step: toDouble(step),
    left: sum.div(rational(root * root)),
    bound: rational(3n, root),
    constants: { sigma: 1, gapUpper: 0, L: 1 },
  };
}

/** d = ½x², no noise, x⁰ = γ/2: x alternates between ±γ/2 for ever, Δ = γ²/8. With γ = 1/(2L) = ½, |G| = ¼. */
export function constantStep2(root: bigint, step: Rational = one.div(two)): Comparison {
  const gap = square(step).div(rational(8n));
  return {
    instance: 'Theorem 2 with γ = 1/(2‖L‖₁)',
    iterations: Number(root * root),
    step: toDouble(step),
    miniBatch: Number(root * root),
    left: step.div(two),
    bound: rational(4n, root).mul(one.add(gap)),
    constants: { sigma: 0, gapUpper: toDouble(gap), L: 1 },
  };
}

const roots = [2n, 4n, 8n, 16n, 17n, 32n, 64n];

/**
 * Both theorems need a step that decays like 1/√T. A merely doubled step is no counterexample: Theorem 2♯ covers it for every T, Theorem 1♯ for T ≥ 4, and
 * at T = 1 Theorem 1 holds with it; at T = 2 and 3 that is not decided. Proofs in PROOFS.md.
 */
export const claim = counterexampleClaim({
  id: 'counterexample-step',
  version: 1,
  source: { section: '2.2', equation: 'the steps of Theorems 1 and 2' },
  statement: 'Theorems 1 and 2 with steps 1/L and 1/(2‖L‖₁) that do not decay with T',
  method: 'closed forms in rationals',
  refutes: 'needed',
  counterexampleTo: ['theorem-1', 'theorem-2'],
  counterexamples: [
    'd = ½x², r_k = ±u, x⁰ = 0, γ = 1: left side (T − 1)/T against 3/√T',
    'd = ½x², σ = 0, x⁰ = γ/2, γ = ½: |G| = ¼ for ever against (33/8)/√T',
  ],
  compare: () => [...roots.map((root) => constantStep1(root)), ...roots.map((root) => constantStep2(root))],
});
