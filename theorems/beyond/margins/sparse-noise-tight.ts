import { type TightSeries, tightnessClaim } from '../../../src/claims/bounds/tight-series-claim.js';
import type { ProblemSpecification } from '../../../src/reference/problem/problem.js';
import { skewedDraws, sparseDraws } from './sparse-draws.js';
import type { SparseNoise } from './sparse-hypothesis.js';
import { sparseNoiseTheorem } from './sparse-noise.js';

const step = (iterations: number): number => 1 / (2 * Math.sqrt(iterations));

/** d = ½x² under noise that no G on the way is as large as, from where x comes to its minimiser in T steps at a speed of γ(1 − ϱ), or γ(1 − 2ϱ). */
function family(
  name: string,
  noise: SparseNoise,
  draws: Pick<ProblemSpecification, 'functions' | 'probabilities'>,
  atLeast: number,
): TightSeries {
  const speed = 1 - (noise.symmetric ? 1 : 2) * noise.rarity;
  return {
    name,
    theorem: sparseNoiseTheorem(noise),
    engine: 'lattice',
    iterations: { quick: [16, 256], standard: [16, 64, 256, 1024, 4096], deep: [16, 64, 256, 1024, 4096, 16_384] },
    instance: (iterations) => ({
      problem: { smooth: { type: 'quadratic', curvature: 1, center: 0 }, ...draws },
      start: [(speed * iterations - 0.5) * step(iterations)],
    }),
    atLeast: { 4096: atLeast },
  };
}

/** The families of the claim, so that tests can hold them against changed bounds. */
export const series: readonly TightSeries[] = [
  family('symmetric, ϱ = 1/8', { rarity: 1 / 8, symmetric: true }, sparseDraws(1 / 8, 2 ** 20), 0.999),
  family('symmetric, ϱ = 1/2', { rarity: 1 / 2, symmetric: true }, sparseDraws(1 / 2, 2 ** 20), 0.998),
  family(
    'not symmetric, ϱ = 257/1024',
    { rarity: 257 / 1024, symmetric: false },
    skewedDraws(257 / 1024, 2 ** 10, 256),
    0.99,
  ),
];

/**
 * The theorem of `sparse-noise` cannot be improved: noise that is larger than every G on the way makes a sign wrong with probability ϱ/2 exactly, so that x walks
 * towards the minimiser of d = ½x² at a mean speed of γ(1 − ϱ), and Δ/(γT) is nearly everything. Without symmetry the same is true of 1 − 2ϱ, where nearly
 * all of ϱ is noise of the other sign than its mean asks for.
 */
export const claim = tightnessClaim({
  id: 'sparse-noise-tight',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2 under sparse noise' },
  statement:
    'the bound [Δ/(γT) + γ‖L‖₁]/(1 − ϱ) is asymptotically attained, and so is that with 1 − 2ϱ without symmetry',
  method: 'the law of the iterate on x⁰ + γZ, with an enclosure, on three families; increasing in T',
  series,
});
