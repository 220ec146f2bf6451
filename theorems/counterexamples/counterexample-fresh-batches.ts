import { type Comparison, counterexampleClaim } from '../../src/claims/bounds/counterexample-claim.js';
import { one, rational, square, zero } from '../../src/exact/arithmetic/rational.js';
import { keptStretch } from './kept-batch.js';

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

/** Bumps of P_k that are worth a try at T = 2²⁶ and 2²⁸: the left side grows like √ln T times the bound, from a tenth above it on. */
const stretch = { sigma: rational(2n), slope: rational(19n, 10n), bumps: 79 };

/**
 * Both algorithms sample anew in every iteration. Theorem 1 needs it, and so does Theorem 2♯ with any constants. Where the noise is bounded by γA, T kept
 * draws lose a factor √ln T at most, with A in place of σ (`theorem-2-kept-batch`).
 */
export const claim = counterexampleClaim({
  id: 'counterexample-fresh-batches',
  version: 2,
  source: { section: '2.1', equation: 'Algorithm 1, line 3' },
  statement: 'Theorem 1, and Theorem 2♯, with one mini-batch for all iterations',
  method: 'closed forms in rationals; for Theorem 2♯ between ends of a binomial tail',
  refutes: 'needed',
  counterexampleTo: ['theorem-1', 'algorithm-1-spgm', 'theorem-2-sharp', 'algorithm-2-sign-prox'],
  counterexamples: [
    'd = ½x², r_k = ±u, x⁰ = 0, one k for all t: |G| → 1 against 3/√T',
    '2^79 functions r_k with bumps of independent signs, T draws kept: x walks until a bump of the mini-batch catches it, above 2♯ from T = 2²⁵ on',
  ],
  compare: ({ depth }) => [
    ...(depth === 'quick' ? [2n, 6n] : [2n, 4n, 6n, 8n, 12n, 16n]).map(keptBatch),
    ...(depth === 'quick' ? [2n ** 13n] : [2n ** 13n, 2n ** 14n]).map((root) => keptStretch({ root, ...stretch })),
  ],
});
