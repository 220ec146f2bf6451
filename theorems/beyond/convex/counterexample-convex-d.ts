import { type Comparison, counterexampleClaim } from '../../../src/claims/bounds/counterexample-claim.js';
import { type Rational, rational, two } from '../../../src/exact/arithmetic/rational.js';

/** Above π². */
const squareOfPi = rational(9_869_605n, 1_000_000n);

/**
 * d = 1 − cos x from its maximiser x⁰ = π, r = 0, L = 1, σ = 0, γ = 1/√T: ∇d(x⁰) = 0, so that x stays there, and f(P(x)) − f* = 2 for ever, while a
 * minimiser is π away.
 *
 * @param gap f(P(x)) − f*
 */
export function atMaximum(root: bigint, gap: Rational = two): Comparison {
  return {
    instance: 'd = 1 − cos x, x⁰ = π',
    iterations: Number(root * root),
    step: 1 / Number(root),
    left: gap,
    bound: squareOfPi.div(two.mul(rational(root))),
    constants: { sigma: 0, gapUpper: 2, L: 1, distance: Math.PI },
  };
}

const roots = { quick: [1n, 2n, 16n], standard: [1n, 2n, 4n, 8n, 16n, 32n], deep: [1n, 2n, 4n, 8n, 16n, 32n, 64n] };

/** Function values need a convex d: where it is not convex, a method that only sees slopes stays at a maximum. */
export const claim = counterexampleClaim({
  id: 'counterexample-convex-d',
  version: 1,
  source: { section: 'beyond the paper', equation: 'convex d' },
  statement: '(1/T) Σ E[f(P(x^{t−1})) − f*] ≤ R²/(2γT) + (1 − 1/T)γσ²/2 for SPGM with γ = 1/(L√T) and any L-smooth d',
  method: 'a closed form against an upper end of π²/(2√T)',
  refutes: 'needed',
  counterexampleTo: ['convex-spgm'],
  counterexamples: ['d = 1 − cos x, r = 0, x⁰ = π, σ = 0: f(x) − f* = 2 for ever against π²/(2√T), from T = 7 on'],
  compare: ({ depth }) => roots[depth].map((root) => atMaximum(root)),
});
