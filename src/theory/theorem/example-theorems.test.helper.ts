import type { ProblemAtStep } from '../../reference/problem/problem.js';
import type { ExactRequest } from '../left-side/exact-engine.js';
import { prepareBound } from './prepare-bound.js';
import type { BoundInstance, Theorem } from './theorem.js';

// Two theorems and three problems that the tests of the machinery share: with constants, a cap and a sharpened bound, so that every engine
// and every way to decide a row is reached.

const sumOf = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** SPGM with γ = 1/(L√T) and B = 1: E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ (2LΔ + 3σ²)/√T. */
export const spgmRate: Theorem = {
  id: 'spgm-rate',
  module: import.meta.url,
  source: { section: 'test', equation: 'SPGM' },
  statement: 'E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ (2LΔ + 3σ²)/√T for SPGM with γ = 1/(L√T), B = 1',
  hypotheses: ['assumption-1a', 'assumption-1b', 'assumption-1c', 'assumption-1d'],
  algorithm: 'spgm',
  schedule(iterations, { lipschitz }) {
    if (lipschitz === undefined || !(lipschitz > 0)) throw new RangeError(`needs L > 0, got ${lipschitz}`);
    return { step: 1 / (lipschitz * Math.sqrt(iterations)), miniBatch: 1 };
  },
  term: 'squared-gradient-mapping',
  bound: (iterations, { lipschitz, sigma, gap }) =>
    (2 * lipschitz! * gap.upper + 3 * sigma! ** 2) / Math.sqrt(iterations),
  /** The descent lemma in place of convexity twice; the noise of the last step is never seen. */
  sharp(iterations, { lipschitz, sigma, gap }, { step, miniBatch }) {
    const product = step * lipschitz!;
    const noise = ((1 - 1 / iterations) * product * sigma! ** 2) / miniBatch;
    return (gap.upper / (step * iterations) + noise) / (1 - product / 2);
  },
  /** With noise of size at most S and γL ≤ 1, (1/T) Σ ‖G‖² ≤ 2Δ/(γT) + (1 − 1/T)(1 + γL)S² on every path. */
  cap({ step }, _start, iterations, { lipschitz, deviation, gap }) {
    if (deviation === undefined || lipschitz === undefined || step * lipschitz > 1 + 2 ** -40) return undefined;
    const noise = (1 - 1 / iterations) * (1 + step * lipschitz) * deviation ** 2;
    return ((2 * gap.upper) / (step * iterations) + noise) * (1 + 2 ** -30);
  },
};

/** signProx with γ = 1/(2‖L‖₁√T) and B = T: E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ (4/√T)(‖L‖₁Δ + ‖σ‖₁ + 1). */
export const signRate: Theorem = {
  id: 'sign-rate',
  module: import.meta.url,
  source: { section: 'test', equation: 'signProx' },
  statement: 'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ (4/√T)(‖L‖₁Δ + ‖σ‖₁ + 1) for signProx with γ = 1/(2‖L‖₁√T), B = T',
  hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c', 'assumption-2d'],
  algorithm: 'sign-prox',
  schedule(iterations, { coordinateLipschitz }) {
    const total = coordinateLipschitz === undefined ? undefined : sumOf(coordinateLipschitz);
    if (total === undefined || !(total > 0)) throw new RangeError(`needs ‖L‖₁ > 0, got ${total}`);
    return { step: 1 / (2 * total * Math.sqrt(iterations)), miniBatch: iterations };
  },
  term: 'gradient-mapping-l1',
  bound: (iterations, { coordinateLipschitz, coordinateSigma, gap }) =>
    (4 / Math.sqrt(iterations)) * (sumOf(coordinateLipschitz!) * gap.upper + sumOf(coordinateSigma!) + 1),
  /** Every iterate lies on the lattice x⁰ + γZⁿ, within (t − 1)γ of x⁰, and f is a sum over coordinates. */
  cap(problem, start, iterations) {
    if (!problem.problem.separable) return undefined;
    const largest = new Float64Array(start.length);
    let total = 0;
    for (let distance = 0; distance < iterations; distance++) {
      for (const signed of [distance, -distance]) enlarge(problem, start, signed, largest);
      total += sumOf(largest);
    }
    return (total / iterations) * (1 + 2 ** -30);
  },
};

function enlarge(problem: ProblemAtStep, start: Float64Array, lattice: number, largest: Float64Array): void {
  const mapping = problem.gradientMapping(start.map((value) => value + lattice * problem.step));
  for (let i = 0; i < largest.length; i++) largest[i] = Math.max(largest[i]!, Math.abs(mapping[i]!));
}

/** d = 1 − cos x, not convex; linear r_k of mean 0, whose noise is the same everywhere. */
export const cosineLinear: BoundInstance = {
  name: 'cosine, linear r_k',
  problem: {
    smooth: { type: 'cosine', weight: 1 },
    functions: [1.5, -0.5].map((slope) => ({ type: 'linear', coefficients: [slope] })),
    probabilities: [0.25, 0.75],
  },
  start: [1.25],
};

/** d = x², r_k of the same curvature: P_k − P = ±γσ, and moments are rational for every T. */
export const matchedQuadratics: BoundInstance = {
  name: 'quadratic, matched quadratic r_k',
  problem: {
    smooth: { type: 'quadratic', curvature: 2, center: 0 },
    functions: [0.5, -0.5].map((center) => ({ type: 'quadratic', curvature: 2, center })),
    probabilities: [0.5, 0.5],
  },
  start: [1],
};

/** The matched quadratics with little noise, for which mini-batches leave several means. */
export const littleNoise: BoundInstance = {
  name: matchedQuadratics.name,
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [0.25, -0.25].map((center) => ({ type: 'quadratic', curvature: 1, center })),
    probabilities: [0.5, 0.5],
  },
  start: [1],
};

/** d quadratic, Huber functions about different centres: the variance depends on x. */
export const quadraticHubers: BoundInstance = {
  name: 'quadratic, translated Huber r_k',
  problem: {
    smooth: { type: 'quadratic', curvature: 0.5, center: 0 },
    functions: [
      { type: 'translated', shift: [1], inner: { type: 'huber', weight: 1, threshold: 1 } },
      { type: 'translated', shift: [-2], inner: { type: 'huber', weight: 0.5, threshold: 2 } },
    ],
    probabilities: [0.625, 0.375],
  },
  start: [1.5],
};

/** d = ½‖x‖² with three slopes of unlike probability in two coordinates: from 0 every mini-batch mean may be exactly 0. */
export const threeSlopes: BoundInstance = {
  name: 'quadratic, three slopes, n = 2',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [
      [0.5, -0.25],
      [0.5, 0.75],
      [-0.5, 0],
    ].map((coefficients) => ({ type: 'linear', coefficients })),
    probabilities: [0.375, 0.125, 0.5],
  },
  start: [0, 0],
};

/** What an exact engine is asked about a theorem, at its own schedule. */
export function requestOf(theorem: Theorem, instance: BoundInstance, iterations: number): ExactRequest {
  const prepared = prepareBound(theorem, instance, iterations);
  if ('silent' in prepared) throw new Error(prepared.silent);
  const { schedule, threshold } = prepared;
  return { theorem, instance, iterations, schedule, ...(threshold && { threshold }) };
}
