import { type Comparison, counterexampleClaim } from '../../src/claims/bounds/counterexample-claim.js';
import { fromDouble, one, rational, square, zero } from '../../src/exact/arithmetic/rational.js';
import { atStep, componentMappings } from '../../src/exact/problem/rational-problem.js';
import { chainLeft } from '../shared/sign-chain.js';
import { skewedDraws } from './skewed-draws.js';

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
  const [lower] = chainLeft({
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
    bound: rational(12n, BigInt(root)),
    constants: { sigma: 2, gapUpper: 0, L: 1 },
  };
}

const roots = { quick: [2, 16], standard: [2, 4, 6, 8, 12, 16], deep: [2, 4, 6, 8, 12, 16, 24, 32] };

/** Both algorithms draw k with the weights θ of r, so that Ĝ is unbiased; both theorems need it. Here components of weights 4/5 and 1/5 are drawn uniformly. */
export const claim = counterexampleClaim({
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
  compare: ({ depth }) => [
    ...roots[depth].map((root) => biased1(BigInt(root))),
    ...roots[depth].map((root) => biased2(root)),
  ],
});
