import { type TightSeries, tightnessClaim } from '../../../src/claims/bounds/tight-series-claim.js';
import type { BoundInstance, Theorem } from '../../../src/claims/theorems/theorem.js';
import { errorFeedback, fromAxis } from './error-feedback.js';
import { bestErrorFeedbackBound } from './error-feedback-bound.js';

/** The theorem with the best η. */
const sharpened: Theorem = { ...errorFeedback, bound: errorFeedback.sharp! };

/** SPGM in place of signProx with error feedback, where every m is a multiple of (1, …, 1): there C(m) = m, nothing is left out, and the two are one. */
const sharpenedSpgm: Theorem = { ...sharpened, algorithm: 'spgm' };

/** d = ½‖x‖² and r_k of the same curvature about ±(1 + γL)/√2 in both coordinates: P_k − P = ±γ(1, 1)/√2, so that σ = 1, from the diagonal or from x*. */
export function diagonal(iterations: number, start: number): Omit<BoundInstance, 'name'> {
  const { step } = errorFeedback.schedule(iterations, { dimension: 2, lipschitz: 1 });
  const center = (1 + step) / Math.SQRT2;
  return {
    problem: {
      smooth: { type: 'quadratic', curvature: 1, center: 0 },
      functions: [center, -center].map((entry) => ({ type: 'quadratic', curvature: 1, center: [entry, entry] })),
      probabilities: [0.5, 0.5],
    },
    start: [start, start],
  };
}

/** Its left/bound: along the diagonal x⁺ = ρx ± γ with ρ = (1 − γ)/(1 + γ) and G = 2x/(1 + γ), so that E(x^t)² − m shrinks by ρ², m = γ(1 + γ)²/4. */
function diagonalRatio(iterations: number, start: number): number {
  const { step } = errorFeedback.schedule(iterations, { dimension: 2, lipschitz: 1 });
  const squared = ((1 - step) / (1 + step)) ** 2;
  const limit = (step * (1 + step) ** 2) / 4;
  const transient = (1 - squared ** iterations) / (iterations * (1 - squared));
  const left = step + (2 / (1 + step)) ** 2 * transient * (2 * start ** 2 - limit);
  // f = x² on the diagonal of length √2, where r_γ is a parabola too, and f* its value at 0.
  const gap = 2 * start ** 2;
  return (
    left /
    bestErrorFeedbackBound({ ...{ dimension: 2, lipschitz: 1, variance: 1, gap, iterations, step }, miniBatch: 1 })
  );
}

const powers = (...exponents: readonly number[]): number[] => exponents.map((exponent) => 4 ** exponent);

const series: readonly TightSeries[] = [
  {
    name: 'd = ½‖x‖², r = 0, from an axis, n = 2',
    theorem: errorFeedback,
    engine: 'paths',
    iterations: { quick: powers(4, 5), standard: powers(4, 5, 6), deep: powers(4, 5, 6, 7) },
    instance: () => fromAxis(2),
    atLeast: { 1024: 0.85, 4096: 0.93, 16384: 0.965 },
  },
  {
    name: 'on the diagonal, n = 2, all paths',
    theorem: sharpened,
    engine: 'paths',
    iterations: { quick: [4, 8], standard: [4, 8, 10], deep: [4, 8, 12] },
    instance: (iterations) => diagonal(iterations, 1),
    atLeast: {},
    closedForm: (iterations) => diagonalRatio(iterations, 1),
  },
  {
    name: 'on the diagonal, n = 2, where it is SPGM',
    theorem: sharpenedSpgm,
    engine: 'moments',
    iterations: { quick: powers(4, 6, 8), standard: powers(4, 6, 8), deep: powers(4, 6, 8, 10) },
    instance: (iterations) => diagonal(iterations, 1),
    atLeast: { 65536: 0.8 },
    closedForm: (iterations) => diagonalRatio(iterations, 1),
  },
  {
    name: 'on the diagonal from x*, n = 2, where it is SPGM',
    theorem: sharpenedSpgm,
    engine: 'moments',
    iterations: { quick: powers(4, 6, 8), standard: powers(4, 6, 8), deep: powers(4, 6, 8, 10) },
    instance: (iterations) => diagonal(iterations, 0),
    atLeast: { 65536: 0.8 },
    closedForm: (iterations) => diagonalRatio(iterations, 0),
  },
];

/**
 * The leading constants of error feedback are those of Theorem 1♯ and cannot be improved: as T → ∞, left/bound tends to 1 without noise, and with it along the diagonal, where
 * C(m) = m and Theorem 1♯ is attained.
 */
export const claim = tightnessClaim({
  id: 'error-feedback-tight',
  version: 1,
  source: { section: 'beyond the paper', equation: 'error feedback' },
  statement:
    'with error feedback the bound is asymptotically attained in both of its terms: sup left/bound → 1 as T → ∞, with the best η where there is noise',
  method:
    'all paths, and second moments in rationals where C(m) = m, on families of instances; increasing in T, and closed forms',
  series,
});
