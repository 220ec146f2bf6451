import { type Comparison, counterexampleClaim } from '../../src/claims/bounds/counterexample-claim.js';
import { one, type Rational, rational, toDouble, two } from '../../src/exact/arithmetic/rational.js';

/**
 * d = 0, K = 1, r = −u: P(x) = x + γ, so that G = −1 for ever, for SPGM and for signProx alike, with σ = 0 and any L > 0, here 1. f(x) = −x has no
 * infimum, and the left side is 1 whatever T is. `gap` stands in the bound for f(x⁰) − f*: a finite number is exceeded from √T > 2Δ on in Theorem 1,
 * √T > 4(Δ + 1) in Theorem 2.
 */
export function falling(root: bigint, gap: Rational, theorem: 1 | 2): Comparison {
  const T = root * root;
  return {
    instance: `Theorem ${theorem}, Δ = ${gap.toFraction()} declared`,
    iterations: Number(T),
    step: 1 / Number(theorem === 1 ? root : 2n * root),
    miniBatch: theorem === 1 ? 1 : Number(T),
    left: one,
    bound: theorem === 1 ? two.mul(gap).div(rational(root)) : rational(4n, root).mul(gap.add(one)),
    constants: { sigma: 0, gapUpper: toDouble(gap), L: 1 },
  };
}

const roots = [1n, 2n, 4n, 8n, 16n, 32n, 64n];
const gap = rational(5n);

/**
 * Both theorems need f bounded below: for f(x) = −x no finite number serves for f(x⁰) − f*. It must not depend on T: the proofs telescope f(x⁰) − f(x^T),
 * so with the drop along the run itself, √T/L and √T/(2‖L‖₁) here, both theorems hold for every f, and say nothing, for that drop grows.
 */
export const claim = counterexampleClaim({
  id: 'counterexample-bounded-below',
  version: 1,
  source: { section: '2.2', equation: 'Assumptions 1(a), 2(a): finite f*' },
  statement: 'Theorems 1 and 2 with a finite number Δ in place of f(x⁰) − f* where f is not bounded below',
  method: 'closed form in rationals',
  refutes: 'needed',
  counterexampleTo: ['theorem-1', 'theorem-2', 'assumption-1a', 'assumption-2a'],
  counterexamples: ['d = 0, r = −u, L = 1, x⁰ = 0: |G| = 1 for ever against 2Δ/√T and 4(Δ + 1)/√T for any finite Δ'],
  compare: () => ([1, 2] as const).flatMap((theorem) => roots.map((root) => falling(root, gap, theorem))),
});
