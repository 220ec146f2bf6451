import { type Comparison, counterexampleClaim } from '../../src/claims/bounds/counterexample-claim.js';
import { rational, square } from '../../src/exact/arithmetic/rational.js';
import { spgmIteration } from '../../src/exact/engines/algorithms.js';
import { atStep, rationalProblem } from '../../src/exact/problem/rational-problem.js';
import { slopes } from '../shared/functions.js';
import { chainAverage, singleDraws } from './integer-chain.js';

/**
 * d = 0 and P_k(x) = soft(x, γc) ± γσ with probability ½ each, c = 2, σ = 1: these are the proxes of r_k(u) = c|u ∓ γσ| ∓ σu, convex, closed and
 * proper, whose proximal average is c|·|. From x⁰ = 0 = x* every later iterate that is not 0 is ±γσ, where |G| = σ because c ≥ σ, and soft(±γσ, γc) = 0:
 * so |G(x^t)| = σ for every t ≥ 1, and the left side is (T − 1)σ²/T against 3σ²/√T.
 */
function movingKink(root: bigint): Comparison {
  const T = root * root;
  return {
    instance: 'r_k = 2|u ∓ γ| ∓ u, moving with γ',
    iterations: Number(T),
    step: 1 / Number(root),
    left: rational(T - 1n, T),
    bound: rational(3n, root),
    constants: { sigma: 1, gapUpper: 0, L: 1 },
  };
}

const twoKinds = rationalProblem(
  {
    smooth: { type: 'zero' },
    functions: [{ type: 'l1', weight: 2 }, ...slopes(-1)],
    probabilities: [0.5, 0.5],
  },
  1,
);

/** States beyond this many steps of γ are dropped: what is left is a lower bound. */
const farthest = 160;

/**
 * One problem for all T: d = 0, r₁ = 2|u|, r₂ = −u, θ = ½, x⁰ = 0, declared L = 1. Then P₁(x) = soft(x, 2γ), P₂(x) = x + γ, and in units of γ the iterate
 * goes from n to max(n − 2, 0) or to n + 1. |G(nγ)| is ½ for n = 0, 0 for n = 1 and ½ for n ≥ 2; |P₁ − P₂| ≤ 3γ makes σ² = 9/4. The proximal
 * average has f(0) − f* = r_γ(0) − inf r_γ ≤ r̄(0) − inf r̄ + γσ²/2 ≤ 9γ/8, since r̄ = |u| − u/2 is minimal at 0 and r̄ − γσ²/2 ≤ r_γ ≤ r̄.
 */
function fixedKink(root: bigint): Comparison {
  const T = root * root;
  const left = chainAverage({
    ...{ start: 0, iterations: Number(T), farthest },
    ...singleDraws({
      ...{ problem: atStep(twoKinds, rational(1n, root)), iteration: spgmIteration },
      ...{ term: square, valueDenominator: 4n },
    }),
  });
  return {
    instance: 'r₁ = 2|u|, r₂ = −u, fixed',
    iterations: Number(T),
    step: 1 / Number(root),
    engine: 'lattice',
    left,
    // (1/√T)[2Δ + 3σ²] with Δ ≤ 9/(8√T) and σ² = 9/4.
    bound: rational(9n, 4n * T).add(rational(27n, 4n * root)),
    constants: { sigma: 1.5, gapUpper: 9 / (8 * Number(root)), L: 1 },
  };
}

const roots = {
  quick: [4n, 10n],
  standard: [2n, 3n, 4n, 5n, 10n, 32n, 100n],
  deep: [2n, 3n, 4n, 5n, 10n, 32n, 100n, 1000n],
};
const fixedRoots = { quick: [8n, 40n], standard: [8n, 16n, 32n, 36n, 40n, 48n], deep: [8n, 16n, 32n, 40n, 64n] };

/** Theorem 1 needs Assumption 1(c): with r_k that are not smooth, whatever L is declared, the left side does not tend to 0. */
export const claim = counterexampleClaim({
  id: 'counterexample-smoothness-spgm',
  version: 1,
  source: { section: '2.2', equation: 'Assumption 1(c)' },
  statement: 'Theorem 1 without the smoothness of r_k: E[(1/T)Σ‖G‖²] ≤ (1/√T)[2LΔ + 3σ²] for closed proper convex r_k',
  method: 'closed form (T − 1)/T for kinks that move with γ; an exact Markov chain on γZ for one fixed problem',
  refutes: 'needed',
  counterexampleTo: ['theorem-1', 'assumption-1c'],
  counterexamples: [
    'd = 0, r_k = 2|u ∓ γ| ∓ u, θ = ½, x⁰ = 0, L = 1: left side (T − 1)/T against 3/√T, violated from T = 11',
    'd = 0, r₁ = 2|u|, r₂ = −u, θ = ½, x⁰ = 0, L = 1: left side → 0.19 against 6.75/√T',
  ],
  compare: ({ depth }) => [...roots[depth].map(movingKink), ...fixedRoots[depth].map(fixedKink)],
});
