import type { FunctionSpecification } from '../../src/library/functions.js';
import type { BoundInstance } from '../../src/library/theorems.js';

/** Linear functions of one variable, by their slopes. */
export const slopes = (...values: readonly number[]): FunctionSpecification[] =>
  values.map((slope) => ({ type: 'linear', coefficients: [slope] }));

/** Quadratic functions of one curvature, by their centres. */
export const parabolas = (curvature: number, ...centers: readonly number[]): FunctionSpecification[] =>
  centers.map((center) => ({ type: 'quadratic', curvature, center }));

export const translated = (shift: readonly number[], inner: FunctionSpecification): FunctionSpecification => ({
  ...{ type: 'translated', shift, inner },
});

export const tilted = (slope: readonly number[], inner: FunctionSpecification): FunctionSpecification => ({
  ...{ type: 'tilted', slope, inner },
});

// Problem families with certified constants, chosen so that between them d is convex and not, θ is uniform and not, the proximal
// average is trivial and not, and most bounds lie below every cap, so that the rows are decided by sampling.

/** d = L(1 − cos x), non-convex; linear r_k with E[a_k] = 0: constant noise, and r is 0. */
export const cosineLinear: BoundInstance = {
  name: 'cosine, linear r_k',
  problem: {
    smooth: { type: 'cosine', weight: 1 },
    functions: slopes(1.5, -0.5),
    probabilities: [0.25, 0.75],
  },
  start: [1.25],
};

/** d = x²/(1 + x²), non-convex; r_k parabolas of one curvature about different centres: constant noise, r is another parabola. */
export const gemanMcClureQuadratics: BoundInstance = {
  name: 'Geman–McClure, quadratic r_k',
  problem: {
    smooth: { type: 'geman-mcclure', weight: 1, scale: 1 },
    functions: parabolas(1, 2, -1, 0),
    probabilities: [0.25, 0.5, 0.25],
  },
  start: [1],
};

/** d quadratic; Huber functions about different centres: the variance depends on x, and the proximal average is not a Huber function. */
export const quadraticHubers: BoundInstance = {
  name: 'quadratic, translated Huber r_k',
  problem: {
    smooth: { type: 'quadratic', curvature: 0.5, center: 0 },
    functions: [
      translated([1], { type: 'huber', weight: 1, threshold: 1 }),
      translated([-2], { type: 'huber', weight: 0.5, threshold: 2 }),
    ],
    probabilities: [0.625, 0.375],
  },
  start: [1.5],
};

/** d = L(1 − cos x) in two coordinates; log cosh about different centres with tilts: a root-finder, a non-trivial proximal average. */
export const cosineLogCosh: BoundInstance = {
  name: 'cosine, log cosh r_k, n = 2',
  problem: {
    smooth: { type: 'cosine', weight: 0.5 },
    functions: [
      translated([0.5, 0.5], { type: 'log-cosh', weight: 0.5, scale: 1 }),
      tilted([0.125, 0.125], translated([-1, -1], { type: 'log-cosh', weight: 0.25, scale: 2 })),
    ],
    probabilities: [0.375, 0.625],
  },
  start: [1, -0.5],
};

/** d = ½Lx², every r_k of curvature L with P_k − P = ±γσ: the instance on which theorem 1♯ is asymptotically attained. */
export const matchedQuadratics: BoundInstance = {
  name: 'quadratic, matched quadratic r_k',
  problem: {
    smooth: { type: 'quadratic', curvature: 2, center: 0 },
    functions: parabolas(2, 0.5, -0.5),
    probabilities: [0.5, 0.5],
  },
  start: [1],
};

/** Two coordinates, three components: Huber functions with different centres, tilts and thresholds. */
export const severalHubers: BoundInstance = {
  name: 'Huber d, tilted Huber r_k, n = 2',
  problem: {
    smooth: { type: 'huber', weight: 1, threshold: 0.5 },
    functions: [
      translated([1, -0.5], { type: 'huber', weight: 0.5, threshold: 1 }),
      tilted([0.25, -0.25], { type: 'huber', weight: 1, threshold: 0.25 }),
      { type: 'linear', coefficients: [-0.125, 0.5] },
    ],
    probabilities: [0.25, 0.25, 0.5],
  },
  start: [1.5, -1],
};

/** Two coordinates that one mini-batch moves together. */
export const twoCoordinates: BoundInstance = {
  name: 'quadratic, Huber and linear r_k, n = 2',
  problem: {
    smooth: { type: 'quadratic', curvature: [1, 0.5], center: [0, 0.25] },
    functions: [
      translated([0.25, -0.5], { type: 'huber', weight: 0.5, threshold: 0.5 }),
      { type: 'linear', coefficients: [-0.25, 0.125] },
    ],
    probabilities: [0.375, 0.625],
  },
  start: [0.5, -0.75],
};

/** d = ½‖x‖² with three slopes of unlike probability in two coordinates: from 0 every mini-batch mean may be exactly 0. */
export const threeSlopes: BoundInstance = {
  name: 'quadratic, three slopes, n = 2',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [
      { type: 'linear', coefficients: [0.5, -0.25] },
      { type: 'linear', coefficients: [0.5, 0.75] },
      { type: 'linear', coefficients: [-0.5, 0] },
    ],
    probabilities: [0.375, 0.125, 0.5],
  },
  start: [0, 0],
};

/** Instances for theorem 1: any noise and start, since its bound scales with both. */
export const theorem1Instances: readonly BoundInstance[] = [
  cosineLinear,
  gemanMcClureQuadratics,
  quadraticHubers,
  cosineLogCosh,
  matchedQuadratics,
];

/**
 * The same families for theorem 2 with ‖L‖₁Δ ≈ 1 and little noise: its left side cannot exceed max |G| on the lattice that the
 * iterates reach, so with more noise or more coordinates the bound would hold by that cap alone at every T.
 */
export const theorem2Instances: readonly BoundInstance[] = [
  {
    name: cosineLinear.name,
    problem: {
      smooth: { type: 'cosine', weight: 1 },
      functions: slopes(0.375, -0.125),
      probabilities: [0.25, 0.75],
    },
    start: [1],
  },
  {
    name: gemanMcClureQuadratics.name,
    problem: {
      smooth: { type: 'geman-mcclure', weight: 0.5, scale: 1 },
      functions: parabolas(1, 0.25, -0.25, 0),
      probabilities: [0.25, 0.5, 0.25],
    },
    start: [0.75],
  },
  {
    name: quadraticHubers.name,
    problem: {
      smooth: { type: 'quadratic', curvature: 1, center: 0 },
      functions: [
        translated([0.25], { type: 'huber', weight: 1, threshold: 1 }),
        translated([-0.25], { type: 'huber', weight: 0.5, threshold: 2 }),
      ],
      probabilities: [0.625, 0.375],
    },
    start: [1],
  },
  cosineLogCosh,
  {
    name: matchedQuadratics.name,
    problem: {
      smooth: { type: 'quadratic', curvature: 1, center: 0 },
      functions: parabolas(1, 0.25, -0.25),
      probabilities: [0.5, 0.5],
    },
    start: [1],
  },
];

/** d = ½Lx² and r_k = ½L(u ∓ c)² with c = (1 + γL)σ/L, so that P_k − P = ±γσ: convex, and Theorem 1♯ is asymptotically attained on it. */
export interface MatchedFamily {
  /** L > 0. */
  readonly lipschitz: number;
  /** σ ≥ 0, at the step γ. */
  readonly sigma: number;
  /** x⁰. The minimiser is 0, and f(x⁰) − f* = L(x⁰)². */
  readonly start: number;
  /** γ < 2/L. */
  readonly step: number;
}

export function matchedInstance({ lipschitz, sigma, start, step }: MatchedFamily): Omit<BoundInstance, 'name'> {
  const center = ((1 + step * lipschitz) * sigma) / lipschitz;
  return {
    problem: {
      smooth: { type: 'quadratic', curvature: lipschitz, center: 0 },
      functions: parabolas(lipschitz, center, -center),
      probabilities: [0.5, 0.5],
    },
    start: [start],
  };
}

/**
 * (1/T) Σ E‖G(x^{t−1})‖² of SPGM on it with B = 1: with a = γL, G = 2Lx/(1 + a) and x⁺ = ρx ± γσ, ρ = (1 − a)/(1 + a), so that
 * E(x^t)² − m shrinks by ρ², m = γσ²(1 + a)²/(4L). It is aσ² + (L²(x⁰)²/(aT) − σ²(1 + a)²/(4T))(1 − ρ^{2T}).
 */
export function matchedLeft({ lipschitz, sigma, start, step }: MatchedFamily, iterations: number): number {
  const a = step * lipschitz;
  const shrunk = 1 - ((1 - a) / (1 + a)) ** (2 * iterations);
  const transient = (lipschitz * start) ** 2 / (a * iterations) - (sigma * (1 + a)) ** 2 / (4 * iterations);
  return a * sigma ** 2 + transient * shrunk;
}
