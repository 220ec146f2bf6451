import { type TightSeries, tightnessClaim } from '../../../src/claims/bounds/tight-series-claim.js';
import type { BoundInstance } from '../../../src/claims/theorems/theorem.js';
import { parabolas } from '../../shared/functions.js';
import { matchedLeft } from '../../shared/matched-family.js';
import { lossByShortening, shortened, smallestAt } from '../../shared/optimal-step.js';
import { noiseless, theorem1OptimalStep } from './theorem-1-optimal-step.js';

/** d = ½x² and r_k = ½(u ∓ σ)², x⁰ = 1: Δ = 1 at every γ, and P_k − P = ±γσ/(1 + γ). */
const matched = (sigma: number): Omit<BoundInstance, 'name'> => ({
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: parabolas(1, sigma, -sigma),
    probabilities: [0.5, 0.5],
  },
  start: [1],
});

/** Its left/bound with σ = 1. */
function matchedRatio(iterations: number): number {
  const start = 1 / iterations;
  const step = shortened(smallestAt({ start, constant: 0, slope: 1 - start, pole: 1 / 2 }));
  const left = matchedLeft({ lipschitz: 1, sigma: 1 / (1 + step), start: 1, step }, iterations);
  return left / ((2 * start + 2 * Math.sqrt(start)) * lossByShortening);
}

/** The families of the claim, so that tests can hold them against changed bounds. */
export const series: readonly TightSeries[] = [
  {
    name: 'd = ½x², r_k = ½(u ∓ 1)²',
    theorem: theorem1OptimalStep,
    engine: 'moments',
    iterations: {
      quick: [16, 256, 4096],
      standard: [16, 256, 4096, 65_536, 1_048_576],
      deep: [16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576],
    },
    instance: () => matched(1),
    closedForm: matchedRatio,
    atLeast: { 4096: 0.95, 1048576: 0.996 },
  },
  {
    name: 'd = ½x², r_k = ½(u ∓ 4)²',
    theorem: theorem1OptimalStep,
    engine: 'moments',
    iterations: {
      quick: [16, 256],
      standard: [16, 256, 4096, 65_536],
      deep: [16, 64, 256, 1024, 4096, 16_384, 65_536],
    },
    instance: () => matched(4),
    atLeast: { 4096: 0.98, 65536: 0.996 },
  },
  {
    name: 'd = ½x², r = 0, σ = 0',
    theorem: theorem1OptimalStep,
    engine: 'moments',
    iterations: { quick: [1, 16], standard: [1, 4, 16, 64], deep: [1, 4, 16, 64, 256] },
    instance: () => noiseless,
    atLeast: { 16: 1 - 2 ** -20 },
    increasing: false,
  },
];

/**
 * Theorem 1♯ at its best step is asymptotically attained: on problems that do not depend on T, with noise, left/bound → 1 as T → ∞, and without noise it is an equality for every T (up to the
 * 2⁻²² by which the bound allows for the digits of γ).
 */
export const claim = tightnessClaim({
  id: 'theorem-1-optimal-step-tight',
  version: 1,
  source: theorem1OptimalStep.source,
  statement:
    '2LΔ/T + 2σ√(LΔ/T) is asymptotically attained by SPGM at its best step on one problem, and without noise for every T',
  method: 'second moments in rationals on three problems; increasing in T, and the closed form of the first',
  series,
});
