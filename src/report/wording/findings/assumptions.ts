import { type FindingSource, type Found, partOf, sentence, worst } from './finding-source.js';

/** How far a partial derivative moves between two points that share their coordinate. */
const movesBy = (found: ReturnType<Found>, part: string) =>
  /= (\S+) though/.exec(partOf(found, part)?.reason ?? '')?.[1];

/** Of how many seeds all but how few agree: `47 of 47`. */
function agreeing(reason: string): string | undefined {
  const [, fails, seeds] = /fails on (\d+) of (\d+) seeds/.exec(reason) ?? [];
  return seeds && `${Number(seeds) - Number(fails)} of ${seeds}`;
}

/** Both bounds of the plain average are nearest on it. */
const matched = 'quadratic, matched quadratic r_k';

/** What the objective is, what Assumption 2 forces, and which problems the assumptions leave out. */
export const assumptions: readonly FindingSource[] = [
  {
    title: () => 'Zeros of G are critical points of d + r_γ, the proximal average, and not of d + Σθ_k r_k.',
    text: (found) =>
      sentence`For r₁ = ½(u − 1)², r₂ = (3/2)(u + 1)², θ = ½, γ = 1 the zero of G with d = 0 is −1/5, where the derivative of the plain average is ${found('counterexample-plain-average').rows?.find(({ instance }) => instance.startsWith('|(d + Σθ_k r_k)′| at the zero −1/5'))?.left}. The distance shrinks with γ: at the paper's γ and B both methods reach critical points of d + Σθ_k r_k at the rate 1/√T, with constants that do not move with T. From x⁰ = 1 with two parabolas r_k of the curvature of d about ±c, the left side is ${worst(found('theorem-1-fixed-objective'), matched)} for SPGM (d = x², c = ½) and ${worst(found('theorem-2-fixed-objective'), matched)} for signProx (d = ½x², c = ¼).`,
    basis:
      'The counterexample is exact. The corrected theorems are proved by hand, their constants checked in rationals on random problems, their left sides by statistical decisions and exact laws.',
    claims: [
      'counterexample-plain-average',
      'corollary-fixed-objective',
      'theorem-1-fixed-objective',
      'theorem-2-fixed-objective',
    ],
  },
  {
    title: () => 'Assumption 2(b),(c) as printed holds only for problems whose coordinates do not interact.',
    text: (found) =>
      sentence`|∇d(x)_i − ∇d(y)_i| ≤ L_i|x_i − y_i| for all x, y makes ∇d(x)_i a function of x_i alone, so d and every r_k are sums of functions of one coordinate each. Phase retrieval is not such a sum (∇d(x)₂ differs by ${movesBy(found('assumption-2bc-separability'), 'phase retrieval')} at two points with the same x₂), and neither is least squares (${movesBy(found('assumption-2bc-separability'), 'least squares')}). The method does not need it: the condition with Λ = diag(L_i) is enough.`,
    basis: 'Proved in one sentence; the pairs of points are computed exactly.',
    claims: ['assumption-2bc-separability'],
  },
  {
    title: () =>
      'The uniform variance bound leaves out parabolas of different curvature, and d = 0 with linear r_k has no f*.',
    text: () =>
      'Assumptions 1(d) and 2(d) ask for one σ at all x. For parabolas r_k of curvatures 1 and 3 the variance grows with x. So quadratic r_k, linear ones among them, are covered only if all have one curvature. Huber functions and log cosh of different curvature are covered. With d = 0 and linear r_k signProx is signSGD to the last bit. There f falls without end unless the slopes cancel, which Assumptions 1(a) and 2(a) exclude.',
    basis:
      'Proved by hand in one line each; the auditor shows points along a ray on which σ, or −f, grows without end.',
    claims: ['assumption-1a', 'assumption-2d', 'eq12-sign-sgd-equivalence'],
  },
  {
    title: () => 'Figure 1 can be reproduced, but neither theorem covers it.',
    text: (found) =>
      sentence`Its d and r meet neither assumption: ${found('phase-retrieval-assumptions').reason.replace('not met: ', '')}. Under dense and sparse noise of one total variance SPGM (γ = 0.2) converges alike on ${agreeing(found('figure-1').reason)} seeds, and signProx (γ = 0.004) is ahead of it under sparse noise on ${agreeing(found('remark-sparse-noise').reason)}. This is a smaller phantom, 8 × 8 pixels from 200 measurements, with TV of weight 3·10⁻⁴, T = 50 and x⁰ the image with noise of deviation 0.1. That the standard deviation is "kept constant" can also be read as that of the entries that are hit; then SPGM does not converge alike.`,
    basis: 'Measured: statistical decisions over independent seeds with a bounded error; no theorem is behind them.',
    claims: ['phase-retrieval-assumptions', 'remark-sparse-noise', 'figure-1'],
  },
];
