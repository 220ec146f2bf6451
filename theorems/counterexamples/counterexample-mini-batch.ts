import { type Comparison, counterexampleClaim } from '../../src/claims/bounds/counterexample-claim.js';
import { rational } from '../../src/exact/arithmetic/rational.js';
import { signProxIteration } from '../../src/exact/engines/algorithms.js';
import { atStep } from '../../src/exact/problem/rational-problem.js';
import { chainAverage, singleDraws } from './integer-chain.js';
import { rareEvents } from './rare-events.js';
import { skewedDraws } from './skewed-draws.js';

/**
 * d = ½x², r₁ = −u with θ₁ = 4/5, r₂ = 4u with θ₂ = 1/5: unbiased noise of σ = 2 that is skewed. With a single draw, sgn Ĝ(x) = sgn(x − 1) four times
 * out of five, so x drifts to 1 and stays: signs see the median of the noise, not its mean. From x⁰ = x* = 0 the bound is (4/√T)[σ + 1] = 12/√T.
 *
 * In units of γ = 1/(2√T) x is at 1 for j = 2√T and at −4 for j = −8√T: beyond 9√T there is next to nothing.
 */
function singleDraw(root: bigint): Comparison {
  const T = root * root;
  const problem = atStep(skewedDraws, rational(1n, 2n * root));
  // sgn(0) = 0: the smallest of the left sides over the conventions.
  const left = chainAverage({
    ...{ start: 0, iterations: Number(T), farthest: 9 * Number(root) },
    ...singleDraws({
      ...{ problem, iteration: signProxIteration('residual') },
      term: (mapping) => mapping.abs(),
      valueDenominator: 2n * root,
    }),
  });
  return {
    instance: 'd = ½x², noise −1 (4/5) or +4 (1/5), B = 1',
    iterations: Number(T),
    step: 1 / (2 * Number(root)),
    engine: 'lattice',
    left,
    bound: rational(12n, root),
    constants: { sigma: 2, gapUpper: 0, L: 1 },
  };
}

const roots = { quick: [4n, 16n], standard: [2n, 4n, 8n, 12n, 16n, 20n], deep: [2n, 4n, 8n, 12n, 16n, 24n, 32n] };

const larger = { quick: [16, 64], standard: [16, 32, 64], deep: [16, 32, 64, 96] };

/**
 * Theorem 2 needs a mini-batch that grows like T: with a fixed B, and with B = √T, left/bound grows without end; with B = T/64 the bound fails by a constant factor. By
 * Theorem 2♯, whose noise term is (1 − 1/T)κ(γL)σ/√B < σ/√B, B ≥ T/16 suffices.
 */
export const claim = counterexampleClaim({
  id: 'counterexample-mini-batch',
  version: 2,
  source: { section: '2.2', equation: 'Theorem 2, B = T' },
  statement: 'Theorem 2 with B = 1, 4, √T or T/64 in place of B = T: E[(1/T)Σ‖G‖₁] ≤ (4/√T)[‖L‖₁Δ + ‖σ‖₁ + 1]',
  method: 'the law of the iterate on x⁰ + γZ: in exact integers for B = 1, as an enclosure for larger B',
  refutes: 'needed',
  counterexampleTo: ['theorem-2'],
  counterexamples: [
    'd = ½x², r₁ = −u (θ = 4/5), r₂ = 4u, x⁰ = 0, B = 1: x drifts to 1, the median of the noise',
    'd = ½x², r_k linear with a rare event that a mini-batch misses with probability 3/5: |G| → 0.71 σ/√B',
  ],
  compare: ({ depth }) => [
    ...roots[depth].map(singleDraw),
    ...larger[depth].map((root) => rareEvents('B = 4', root, 4, 4)),
    ...larger[depth].map((root) => rareEvents('B = √T', root, root, 8)),
    ...larger[depth].map((root) => rareEvents('B = T/64', root, root ** 2 / 64, 16)),
  ],
});
