import type { ProblemAtStep } from '../../../src/library/algorithms.js';
import {
  type BoundInstance,
  boundClaim,
  type OwnAlgorithm,
  type OwnHypothesis,
  type Theorem,
  type TheoremControl,
} from '../../../src/library/theorems.js';
import { cosineLinear, quadraticHubers } from '../../shared/instances.js';
import { written } from '../../shared/written.js';

/** X = [−2, 2]ⁿ. */
const radius = 2;

/** The point of X next to x − γg. */
const projected = (x: Float64Array, step: number, g: Float64Array): Float64Array =>
  x.map((entry, i) => Math.min(radius, Math.max(-radius, entry - step * g[i]!)));

const projectedSgd: OwnAlgorithm = {
  name: `SGD projected onto [−${radius}, ${radius}]ⁿ`,
  iterate: ({ problem, step, x, batch }) => ({ x: projected(x, step, problem.stochasticGradient(batch, x)) }),
};

/** ‖(x − Π(x − γ∇f̄(x)))/γ‖², the gradient mapping of f̄ + the indicator function of X. */
function squaredMapping(problem: ProblemAtStep, x: Float64Array): number {
  const next = projected(x, problem.step, problem.gradient(x));
  return next.reduce((sum, entry, i) => sum + ((x[i]! - entry) / problem.step) ** 2, 0);
}

/** The first step from a point outside of X is as long as its distance from X, however small f(x⁰) − f* is. */
export const startInX: OwnHypothesis = {
  id: 'start-in-x',
  statement: `x⁰ is in X = [−${radius}, ${radius}]ⁿ`,
  search: (_problem, _points, start) =>
    isInX(start) ? undefined : { explanation: `x⁰ = ${start} is not in [−${radius}, ${radius}]ⁿ` },
  certify: (_problem, start) => isInX(start),
};

const isInX = (x: ArrayLike<number>): boolean => Array.from(x).every((entry) => Math.abs(entry) <= radius);

/**
 * Projected SGD with large mini-batches (restated; Ghadimi, Lan and Zhang 2016, for a projection). Let X be closed and convex, x⁰ in X,
 * ∇f̄ L-Lipschitz and E‖∇f̂(x) − ∇f̄(x)‖² ≤ σ² for single draws. With γ = 1/(2L), m draws in every mini-batch and the gradient mapping
 * g_X(x) = (x − Π_X(x − γ∇f̄(x)))/γ
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖g_X(x^{t−1})‖²] ≤ 8LΔ/T + 6σ²/m.
 *
 * Here m = T and X = [−2, 2]ⁿ. Δ is f̄(x⁰) less the infimum over all x, which is at most that over X. The sharpened bound is (√a + √b)² with
 * a = (4/3)(2LΔ/T + (1 − 1/T)σ²/m) and b = (1 − 1/T)σ²/m.
 */
export const theorem: Theorem = written({
  id: 'projected-sgd',
  module: import.meta.url,
  source: { section: 'Ghadimi, Lan and Zhang, Math. Program. 155 (2016)', equation: 'restated' },
  statement:
    'E[(1/T) Σ ‖g_X(x^{t−1})‖²] ≤ (8LΔ + 6σ²)/T for SGD projected onto X = [−2, 2]ⁿ with x⁰ ∈ X, γ = 1/(2L), B = T',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'fixed-variance', startInX],
  algorithm: projectedSgd,
  schedule: { step: '1/(2L)', miniBatch: 'T' },
  term: squaredMapping,
  bound: '8LΔ/T + 6σ²/B',
  sharp: '(√(4/3·(2LΔ/T + (1 − 1/T)σ²/B)) + √((1 − 1/T)σ²/B))²',

  /**
   * Almost surely ‖∇f̂ − ∇f̄‖ ≤ S. In the proof ⟨δ, ĝ⟩ ≤ (3/8)‖ĝ‖² + (2/3)S² takes the place of an expectation, which leaves half of ‖ĝ‖².
   */
  cap(_problem, _start, iterations, { lipschitz, deviation, gap }) {
    if (deviation === undefined) return undefined;
    const squared = (1 - 1 / iterations) * deviation ** 2;
    const start = (4 * lipschitz! * gap.upper) / iterations;
    return (Math.sqrt((4 / 3) * (start + (4 / 3) * squared)) + Math.sqrt(squared)) ** 2 * (1 + 2 ** -30);
  },
});

/** Every step ends at the boundary of X, which is near the minimiser. */
const outside: BoundInstance = {
  name: 'quadratic about 2.25, r_k = ±u/4',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 2.25 },
    functions: [0.25, -0.25].map((slope) => ({ type: 'linear', coefficients: [slope] })),
    probabilities: [0.5, 0.5],
  },
  start: [-2],
};

/** Two coordinates, one of which ends at the boundary. */
const plane: BoundInstance = {
  name: 'quadratic, Huber r_k, n = 2',
  problem: {
    smooth: { type: 'quadratic', curvature: [1, 0.5], center: [3, 0.25] },
    functions: [
      { type: 'translated', shift: [0.25, -0.5], inner: { type: 'huber', weight: 0.5, threshold: 0.5 } },
      { type: 'linear', coefficients: [-0.25, 0.125] },
    ],
    probabilities: [0.375, 0.625],
  },
  start: [0.5, -0.75],
};

export const instances: readonly BoundInstance[] = [outside, cosineLinear, quadraticHubers, plane];

export const controls: readonly TheoremControl[] = [
  { name: 'a tenth of the bound', bound: 0.1 },
  { name: 'γ = 1/(128L)', step: 1 / 64 },
];

export const claim = boundClaim({
  id: 'projected-sgd',
  version: 1,
  method: 'all sequences of B = T draws in doubles up to T = 4, and two e-processes under a cap at T = 16',
  theorem,
  instances,
  iterations: { quick: [1, 2, 4, 16], standard: [1, 2, 4, 16, 64], deep: [1, 2, 3, 4, 16, 64] },
  exactFrom: 1,
  referenceOnly: true,
});
