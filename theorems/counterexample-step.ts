import { one, rational } from '../src/exact/rational.js';
import { type Comparison, counterexampleClaim } from './counterexample.js';

/** d = ½x², r_k = ±u, x⁰ = 0 and the constant step γ = 1/L = 1: x⁺ = x − (x ± 1) = ∓1, so |G| = 1 from the second iterate on. */
function constantStep1(root: bigint): Comparison {
  return {
    instance: 'Theorem 1 with γ = 1/L',
    iterations: Number(root * root),
    step: 1,
    miniBatch: 1,
    engine: 'deterministic',
    left: rational(root * root - 1n, root * root),
    bound: rational(3n, root),
    constants: { sigma: 1, gapUpper: 0, L: 1 },
  };
}

/** d = ½x², no noise, x⁰ = γ/2 and γ = 1/(2L) = ½: x alternates between ±¼ for ever, Δ = 1/32. */
function constantStep2(root: bigint): Comparison {
  return {
    instance: 'Theorem 2 with γ = 1/(2‖L‖₁)',
    iterations: Number(root * root),
    step: 0.5,
    miniBatch: Number(root * root),
    engine: 'deterministic',
    left: rational(1n, 4n),
    bound: rational(4n, root).mul(one.add(rational(1n, 32n))),
    constants: { sigma: 0, gapUpper: 1 / 32, L: 1 },
  };
}

const roots = [2n, 4n, 8n, 16n, 17n, 32n, 64n];

/** Both theorems need a step that decays like 1/√T. (A merely doubled step violates neither: the sharpened bounds still cover it.) */
export const claim = counterexampleClaim({
  id: 'counterexample-step',
  version: 1,
  source: { section: '2.2', equation: 'the steps of Theorems 1 and 2' },
  statement: 'Theorems 1 and 2 with steps 1/L and 1/(2‖L‖₁) that do not decay with T',
  method: 'closed forms in rationals',
  counterexampleTo: ['theorem-1', 'theorem-2'],
  counterexamples: [
    'd = ½x², r_k = ±u, x⁰ = 0, γ = 1: left side (T − 1)/T against 3/√T',
    'd = ½x², σ = 0, x⁰ = γ/2, γ = ½: |G| = ¼ for ever against (33/8)/√T',
  ],
  compare: () => [...roots.map(constantStep1), ...roots.map(constantStep2)],
});
