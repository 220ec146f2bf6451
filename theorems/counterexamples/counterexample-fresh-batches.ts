import { type Comparison, counterexampleClaim } from '../../src/claims/bounds/counterexample-claim.js';
import { one, rational, square, zero } from '../../src/exact/arithmetic/rational.js';

/**
 * d = ½x², r_k = ±u, x⁰ = x* = 0, γ = 1/√T, but the component is drawn once and kept for all iterations: x^t = ∓(1 − (1 − γ)^t), which tends to the
 * minimizer of d + r_k instead of d + r, and |G| tends to 1.
 */
function keptBatch(root: bigint): Comparison {
  const T = root * root;
  const contraction = one.sub(rational(1n, root));
  let power = one;
  let sum = zero;
  for (let t = 0n; t < T; t++) {
    sum = sum.add(square(one.sub(power)));
    power = power.mul(contraction);
  }
  return {
    instance: 'd = ½x², r_k = ±u, k drawn once',
    iterations: Number(T),
    step: 1 / Number(root),
    left: sum.div(rational(T)),
    bound: rational(3n, root),
    constants: { sigma: 1, gapUpper: 0, L: 1 },
  };
}

/** Algorithm 1 samples a fresh k in every iteration; Theorem 1 needs it. For Theorem 2 that is open: `search-kept-batch`. */
export const claim = counterexampleClaim({
  id: 'counterexample-fresh-batches',
  version: 1,
  source: { section: '2.1', equation: 'Algorithm 1, line 3' },
  statement: 'Theorem 1 with one mini-batch for all iterations',
  method: 'closed form in rationals',
  counterexampleTo: ['theorem-1', 'algorithm-1-spgm'],
  counterexamples: ['d = ½x², r_k = ±u, x⁰ = 0, one k for all t: |G| → 1 against 3/√T'],
  compare: ({ depth }) => (depth === 'quick' ? [2n, 6n] : [2n, 4n, 6n, 8n, 12n, 16n]).map(keptBatch),
});
