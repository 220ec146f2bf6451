import type { ProblemSpecification } from '../../src/library/algorithms.js';
import {
  atStep,
  componentMappings,
  fromDouble,
  one,
  type RationalProblem,
  rational,
  rationalProblem,
  signProxIteration,
  square,
  toDouble,
  zero,
} from '../../src/library/exact.js';
import { withBatch } from '../../src/library/testing.js';
import { engineComparison } from '../shared/changed-theorems.js';
import { type Comparison, counterexampleClaim } from '../shared/counterexample-claim.js';
import { slopes } from '../shared/instances.js';
import { chainLeft } from '../shared/sign-chain.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import { chainAverage, singleDraws } from './smoothness.js';

/** Probability that a mini-batch meets no rare event. */
const quiet = 0.6;

/** With few digits, so that products of two are doubles and Σθ_k r_k is exactly 0. */
const rounded = (value: number, digits: number): number => Math.round(value * 2 ** digits) / 2 ** digits;

/**
 * d = ½x², r₁ = −mu with θ₁ = 1 − p, r₂ = (R − m)u with θ₂ = p, m = pR, and (1 − p)^B = 0.6 nearly. Three mini-batches of five see Ĝ(x) = x − m, so that from
 * x⁰ = x* = 0 x climbs to m = σ√(p/(1 − p)) ≈ 0.71 σ/√B and stays: the median of the mini-batch, not its mean.
 */
export function rareProblem(miniBatch: number, sigma: number): ProblemSpecification {
  const p = rounded(1 - quiet ** (1 / miniBatch), 24);
  const height = rounded(sigma / Math.sqrt(p * (1 - p)), 8);
  return {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(-p * height, (1 - p) * height),
    probabilities: [1 - p, p],
  };
}

/** Theorem 2 with a mini-batch of B draws on that problem, from x⁰ = 0. */
export function rareEvents(name: string, root: number, miniBatch: number, sigma: number): Comparison {
  const instance = { name: `rare events, ${name}`, problem: rareProblem(miniBatch, sigma), start: [0] };
  return engineComparison(withBatch(miniBatch)(theorem2), 'lattice', instance, root * root);
}

/** d = ½x², r₁ = −u with θ₁ = 4/5, r₂ = 4u with θ₂ = 1/5: r = 0, G(x) = x, σ = 2, L = 1. 4/5 is no double, and is given as what it is. */
export const skewedDraws: RationalProblem = {
  ...rationalProblem(
    {
      smooth: { type: 'quadratic', curvature: 1, center: 0 },
      functions: slopes(-1, 4),
      probabilities: [1, 0],
    },
    1,
  ),
  probabilities: [rational(4n, 5n), rational(1n, 5n)],
};

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
    upper: 'unknown',
    bound: rational(12n, root),
    constants: { sigma: 2, gapUpper: 0, L: 1 },
  };
}

const batchRoots = { quick: [4n, 16n], standard: [2n, 4n, 8n, 12n, 16n, 20n], deep: [2n, 4n, 8n, 12n, 16n, 24n, 32n] };

const larger = { quick: [16, 64], standard: [16, 32, 64], deep: [16, 32, 64, 96] };

/**
 * Theorem 2 needs a mini-batch that grows like T: with a fixed B, and with B = √T, left/bound grows without end; with B = T/64 the bound fails by a constant factor. By
 * Theorem 2♯, whose noise term is (1 − 1/T)κ(γL)σ/√B < σ/√B, B ≥ T/16 suffices.
 */
export const counterexampleMiniBatchClaim = counterexampleClaim({
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
    ...batchRoots[depth].map(singleDraw),
    ...larger[depth].map((root) => rareEvents('B = 4', root, 4, 4)),
    ...larger[depth].map((root) => rareEvents('B = √T', root, root, 8)),
    ...larger[depth].map((root) => rareEvents('B = T/64', root, root ** 2 / 64, 16)),
  ],
  // Where T/64 = √T: how much noise it takes.
  measured: () =>
    Object.fromEntries(
      [3, 3.5].map((sigma) => {
        const { left, bound } = rareEvents('B = 64', 64, 64, sigma);
        return [`left/bound, B = 64, T = 4096, σ = ${sigma}`, toDouble(left.div(bound))];
      }),
    ),
});

// The problem of `skewedDraws` from x⁰ = x* = 0. Drawn with another law than θ, of P[k = 2] = `share`, the mean of Ĝ(x) is x + 5·share − 1, and both methods go to
// 1 − 5·share: to −3/2 when k is drawn uniformly.

/** SPGM: x⁺ = (1 − γ)x − γa_k. The mean and the second moment of x follow a linear recursion. */
export function biased1(root: bigint, share = rational(1n, 2n)): Comparison {
  const step = rational(1n, root);
  const keep = one.sub(step);
  const meanSlope = rational(5n).mul(share).sub(one);
  const meanSquare = rational(15n).mul(share).add(one);
  let [mean, moment, sum] = [zero, zero, zero];
  const T = root * root;
  for (let t = 0n; t < T; t++) {
    sum = sum.add(moment);
    const cross = rational(2n).mul(keep).mul(step).mul(meanSlope).mul(mean);
    moment = square(keep).mul(moment).sub(cross).add(square(step).mul(meanSquare));
    mean = keep.mul(mean).sub(step.mul(meanSlope));
  }
  return {
    instance: 'Theorem 1, k drawn uniformly',
    iterations: Number(T),
    step: 1 / Number(root),
    engine: 'moments',
    left: sum.div(rational(T)),
    bound: rational(12n, root),
    constants: { sigma: 2, gapUpper: 0, L: 1 },
  };
}

/** signProx, B = T: the law of the mini-batch is that of the other draws, and G that of θ. */
export function biased2(root: number, share = rational(1n, 2n)): Comparison {
  const iterations = root * root;
  const step = rational(1n, 2n * BigInt(root));
  const { probabilities } = skewedDraws;
  const coordinate = atStep(skewedDraws, step).coordinates[0]!;
  const [lower, upper] = chainLeft({
    ...{ probabilities, drawn: [one.sub(share), share] },
    mappings: (x) => componentMappings(coordinate, step, x),
    ...{ start: zero, step, miniBatch: iterations, iterations },
  });
  return {
    instance: 'Theorem 2, k drawn uniformly',
    iterations,
    step: 1 / (2 * root),
    miniBatch: iterations,
    engine: 'lattice',
    left: fromDouble(lower),
    upper: fromDouble(upper),
    bound: rational(12n, BigInt(root)),
    constants: { sigma: 2, gapUpper: 0, L: 1 },
  };
}

/** Both algorithms draw k with the weights θ of r, so that Ĝ is unbiased; both theorems need it. Here components of weights 4/5 and 1/5 are drawn uniformly. */
export const counterexampleBiasedSamplingClaim = counterexampleClaim({
  id: 'counterexample-biased-sampling',
  version: 1,
  source: { section: '2.1', equation: 'k ~ θ, (10)' },
  statement: 'Theorems 1 and 2 with components drawn uniformly, for any weights θ_k',
  method: 'second moments in rationals, and an enclosure from the exact law of the mini-batch on x⁰ + γZ',
  refutes: 'needed',
  counterexampleTo: ['theorem-1', 'theorem-2', 'algorithm-1-spgm', 'algorithm-2-sign-prox', 'eq10-mini-batch'],
  counterexamples: [
    'd = ½x², r₁ = −u (θ = 4/5), r₂ = 4u, x⁰ = 0, k drawn uniformly: x → −3/2, |G| → 3/2 against 12/√T in both theorems',
  ],
  compare({ depth }) {
    const roots = depth === 'quick' ? [2, 16] : [2, 4, 8, 16, 32];
    return [...roots.map((root) => biased1(BigInt(root))), ...roots.map((root) => biased2(root))];
  },
});
