import { type Comparison, counterexampleClaim } from '../../src/claims/bounds/counterexample-claim.js';
import { one, rational } from '../../src/exact/arithmetic/rational.js';

/**
 * d = 0, K = 1, r = |·|, declared L = 1, hence γ = 1/(2√T) and σ = 0 (any positive σ that is small enough does as well). From x⁰ = γ/2 the iterate
 * alternates between ±γ/2, where |G| = ½. The bound (4/√T)[Δ + 1] with Δ = γ/2 = 1/(4√T) tends to 0.
 */
function movingStart(root: bigint): Comparison {
  return {
    instance: 'r = |·|, x⁰ = γ/2',
    iterations: Number(root * root),
    step: 1 / (2 * Number(root)),
    miniBatch: Number(root * root),
    left: rational(1n, 2n),
    bound: rational(4n, root).mul(rational(1n, 4n * root).add(one)),
    constants: { sigma: 0, gapUpper: 1 / (4 * Number(root)), L: 1 },
  };
}

/**
 * The same from x⁰ = 3/10 for every T: the iterate walks to 0 in steps of γ with |G| = 1 (|x| ≥ γ) and then alternates between x and x − γ,
 * 0 < x < γ, where |G| = |x|/γ: the two values sum to 1. Left side → ½, bound (4/√T)(3/10 + 1).
 */
function fixedStart(root: bigint): Comparison {
  const T = root * root;
  // In units of γ/5 = 1/(10√T) all numbers are integers: x⁰ = 3√T and γ = 5.
  let x = 3n * root;
  let total = 0n;
  for (let t = 0n; t < T; t++) {
    const size = x < 0n ? -x : x;
    total += size < 5n ? size : 5n;
    x += x > 0n ? -5n : x < 0n ? 5n : 0n;
  }
  return {
    instance: 'r = |·|, x⁰ = 3/10',
    iterations: Number(T),
    step: 1 / (2 * Number(root)),
    miniBatch: Number(T),
    left: rational(total, 5n * T),
    bound: rational(4n * 13n, 10n * root),
    constants: { sigma: 0, gapUpper: 0.3, L: 1 },
  };
}

const roots = { quick: [4n, 16n], standard: [2n, 4n, 8n, 9n, 16n, 32n], deep: [2n, 4n, 8n, 9n, 16n, 32n, 128n, 512n] };

/** Theorem 2 needs Assumption 2(c), even without any noise. */
export const claim = counterexampleClaim({
  id: 'counterexample-smoothness-sign-prox',
  version: 1,
  source: { section: '2.2', equation: 'Assumption 2(c)' },
  statement:
    'Theorem 2 without the smoothness of r_k: E[(1/T)Σ‖G‖₁] ≤ (4/√T)[‖L‖₁Δ + ‖σ‖₁ + 1] for closed proper convex r_k',
  method: 'closed forms of the deterministic iteration (K = 1) in rationals',
  refutes: 'needed',
  counterexampleTo: ['theorem-2', 'assumption-2c'],
  counterexamples: [
    'd = 0, r = |·|, σ = 0, x⁰ = γ/2, L = 1: |G| = ½ for ever, violated from T = 68',
    'd = 0, r = |·|, σ = 0, x⁰ = 0.3, L = 1: left side → ½',
  ],
  // For √T a multiple of 5 the walk from 3/10 would end exactly at 0; these roots are none.
  compare: ({ depth }) => [...roots[depth].map(movingStart), ...roots[depth].map(fixedStart)],
});
