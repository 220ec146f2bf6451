import { type TightSeries, tightnessClaim } from '../../src/claims/bounds/tight-series-claim.js';
import type { BoundInstance, Theorem } from '../../src/claims/theorems/theorem.js';
import { withBatch } from '../shared/changed-theorems.js';
import { slopes } from '../shared/functions.js';
import { theorem2 } from './theorem-2.js';
import { theorem2Sharp } from './theorem-2-sharp.js';

const step = (iterations: number): number => 1 / (2 * Math.sqrt(iterations));
const roots = (values: readonly number[]): number[] => values.map((root) => root * root);

/** d = ½x² from x⁰ with or without r = ½u², and no noise. */
const noiseless = (start: number, regularized: boolean): Omit<BoundInstance, 'name'> => ({
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [{ type: 'quadratic', curvature: regularized ? 1 : 0, center: 0 }],
    probabilities: [1],
  },
  start: [start],
});

/** The same theorem with single draws: its noise term is then σ and does not decay. */
const singleDraws: Theorem = {
  ...withBatch(1)(theorem2Sharp),
  id: 'theorem-2-sharp-single-draw',
};

/**
 * Rare events: the noise is −pR with probability 1 − p and (1 − p)R with probability p just below 1 − 2^{−1/T}, so that more than half of the mini-batches
 * contain no event and x climbs to G = pR, the distance between mean and median, where the sign is a fair coin. σ = R√(p(1 − p)), and
 * pR√T/σ = √(pT/(1 − p)) → √ln 2.
 */
function rareEvents(iterations: number): Omit<BoundInstance, 'name'> {
  const denominator = 2 ** 24;
  const p = Math.floor((1 - 2 ** (-1 / iterations)) * denominator) / denominator;
  // A power of two near T^{3/4}/√(p(1 − p)): σ ≈ T^{3/4} lies between the other terms, ½ and T.
  const range = 2 ** Math.round(Math.log2(iterations ** 0.75 / Math.sqrt(p)));
  const lock = p * range;
  return {
    problem: {
      smooth: { type: 'quadratic', curvature: 1, center: 0 },
      functions: slopes(-lock, range - lock),
      probabilities: [1 - p, p],
    },
    start: [lock - step(iterations) / 2],
  };
}

/** The families of the claim, so that tests can hold them against changed bounds. */
export const series: readonly TightSeries[] = [
  {
    name: 'Δ: d = ½x², r = 0, x⁰ = (T − ½)γ',
    theorem: theorem2Sharp,
    engine: 'lattice',
    iterations: { quick: roots([2, 4, 16]), standard: roots([2, 4, 8, 16]), deep: roots([2, 4, 8, 16, 32]) },
    instance: (iterations) => noiseless((iterations - 0.5) * step(iterations), false),
    atLeast: { 256: 0.996 },
    closedForm: (iterations) => iterations ** 2 / ((iterations - 0.5) ** 2 + 2 * iterations),
  },
  {
    name: '‖L‖₁: d = r = ½x², x⁰ = γ/2',
    theorem: theorem2Sharp,
    engine: 'lattice',
    iterations: { quick: roots([2, 4, 16]), standard: roots([2, 4, 8, 16]), deep: roots([2, 4, 8, 16, 32]) },
    instance: (iterations) => noiseless(step(iterations) / 2, true),
    atLeast: { 256: 0.968 },
    closedForm: (iterations) => iterations / ((iterations + 0.25) * (1 + step(iterations))),
  },
  {
    name: 'σ, B = 1: noise ±T^{1/4}/2, x⁰ = σ − γ/2',
    theorem: singleDraws,
    engine: 'lattice',
    iterations: { quick: [1, 16, 256], standard: [1, 16, 256, 4096], deep: [1, 16, 256, 4096] },
    instance(iterations) {
      const sigma = iterations ** 0.25 / 2;
      return {
        problem: {
          smooth: { type: 'quadratic', curvature: 1, center: 0 },
          functions: slopes(sigma, -sigma),
          probabilities: [0.5, 0.5],
        },
        start: [sigma - step(iterations) / 2],
      };
    },
    atLeast: { 4096: 0.85 },
  },
  {
    name: 'σ, B = T: events of probability 1 − 2^{−1/T}',
    theorem: theorem2Sharp,
    engine: 'lattice',
    iterations: { quick: [16, 64], standard: [16, 64, 256, 1024], deep: [16, 64, 256, 1024, 4096] },
    instance: rareEvents,
    atLeast: { 1024: 0.69 },
    increasing: false,
  },
  {
    name: 'Theorem 2 itself: d = ½x², r = 0, x⁰ = (T − ½)γ',
    theorem: theorem2,
    engine: 'lattice',
    iterations: { quick: roots([2, 4, 16]), standard: roots([2, 4, 8, 16]), deep: roots([2, 4, 8, 16, 32]) },
    instance: (iterations) => noiseless((iterations - 0.5) * step(iterations), false),
    atLeast: { 256: 0.485 },
    closedForm: (iterations) => iterations ** 2 / (2 * ((iterations - 0.5) ** 2 + 8 * iterations)),
  },
];

/**
 * Theorem 2♯ cannot be improved in the coefficients of its first two terms, nor, for B = 1, in that of the noise:
 *
 * - d = ½x², r = 0, x⁰ = (T − ½)γ: left/bound = T²/((T − ½)² + 2T), where Δ/(γT) is nearly everything;
 * - d = r = ½x², x⁰ = γ/2: left/bound = T/((T + ¼)(1 + γ)), where γ‖L‖₁ is;
 * - B = 1, d = ½x², noise ±σ, σ = T^{1/4}/2, x⁰ = σ − γ/2: below |G| = σ the sign is a fair coin, so that |G| stays near σ: → 1;
 * - B = T, rare events: → √ln 2 = 0.8326 of the noise term. A walk that does not stay reaches √(2/e) = 0.8578
 *   (`theorem-2-noise-coefficient`); for even B no more than 0.9186 is possible.
 *
 * The first comes to half of the paper's own bound, which is what is left of it as T → ∞.
 */
export const claim = tightnessClaim({
  id: 'theorem-2-sharp-tight',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2♯' },
  statement:
    'Theorem 2♯ is asymptotically attained in Δ, in ‖L‖₁, and for B = 1 in the noise; for B = T the noise reaches √ln 2 of its term',
  method:
    'the law of the iterate on x⁰ + γZ, exactly or with an enclosure, on five families; monotone in T, and closed forms',
  series,
});
