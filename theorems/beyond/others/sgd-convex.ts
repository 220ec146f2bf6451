import { type BoundInstance, boundClaim, type Theorem, type TheoremControl } from '../../../src/library/theorems.js';
import { quadraticHubers, slopes } from '../../shared/instances.js';
import { written } from '../../shared/written.js';

/**
 * SGD for smooth convex f̄ (textbooks, restated; Lan 2012 has it for the mean of the iterates). Let ∇f̄ be L-Lipschitz and E‖∇f̂(x) − ∇f̄(x)‖² ≤ σ². With
 * D = ‖x⁰ − x*‖, γ = min{1/L, D/(σ√T)} and single draws
 *
 *     E[(1/T) Σ_{t=1}^{T} f̄(x^{t−1}) − f*] ≤ D²/(2γT) + γσ²/2,
 *
 * which is at most LD²/(2T) + Dσ/√T. It holds for every γ ≤ 1/L. The sharpened bound has (1 − 1/T)γσ²/2: the last draw moves nothing that counts.
 */
export const theorem: Theorem = written({
  id: 'sgd-convex',
  module: import.meta.url,
  source: {
    section: 'textbooks, restated; Lan, Math. Program. 133 (2012)',
    equation: 'SGD on smooth convex functions',
  },
  statement: 'E[(1/T) Σ f̄(x^{t−1}) − f*] ≤ D²/(2γT) + γσ²/2 for SGD on a convex f̄ with γ = min{1/L, D/(σ√T)}, B = 1',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'fixed-variance', 'd-convex'],
  algorithm: 'sgd',

  // From a minimiser any γ ≤ 1/L will do.
  schedule: { step: 'min(1/L, D/(σ√T)) if σ > 0 and D > 0 else 1/L' },
  term: 'objective-gap',
  bound: 'D²/(2γT) + γσ²/2',
  sharp: 'D²/(2γT) + (1 − 1/T)γσ²/2',

  /** Almost surely ‖∇f̂ − ∇f̄‖ ≤ S, and a step of γ ≤ 2/L along ∇f̄ comes no farther from x*: ‖x^t − x*‖ ≤ D + tγS, where f̄ − f* ≤ (L/2)(D + tγS)². */
  cap({ step }, _start, iterations, { lipschitz, deviation, distance }) {
    if (deviation === undefined || distance === undefined || step * lipschitz! > 2) return undefined;
    const [last, far, drift] = [iterations - 1, distance.upper, step * deviation];
    const squares = far ** 2 + far * drift * last + (drift ** 2 * last * (2 * last + 1)) / 6;
    return (lipschitz! / 2) * squares * (1 + 2 ** -30);
  },
});

/** d = ½x² with additive noise ±1. */
const noisyQuadratic: BoundInstance = {
  name: 'quadratic, r_k = ±u',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(1, -1),
    probabilities: [0.5, 0.5],
  },
  start: [1],
};

/** d = ½x², no noise: γ = 1/L finds the minimiser at once, and the average is LD²/(2T) for every T. */
const noiseless: BoundInstance = {
  name: 'quadratic, r = 0',
  problem: { ...noisyQuadratic.problem, functions: [{ type: 'zero' }], probabilities: [1] },
  start: [1],
};

/** A slope of 1 for a while, with noise. */
const slope: BoundInstance = {
  name: 'Huber d from far away, r_k = ±u',
  problem: { ...noisyQuadratic.problem, smooth: { type: 'huber', weight: 1, threshold: 1 } },
  start: [6],
};

export const instances: readonly BoundInstance[] = [noisyQuadratic, noiseless, slope, quadraticHubers];

export const controls: readonly TheoremControl[] = [
  { name: 'nine tenths of the bound', bound: 0.9 },
  { name: 'γ four times as large', step: 4 },
];

export const claim = boundClaim({
  id: 'sgd-convex',
  version: 1,
  method: 'all sequences of draws in doubles: every left side is enclosed',
  theorem,
  instances,
  iterations: { quick: [1, 4, 10], standard: [1, 4, 10], deep: [1, 2, 4, 8, 12] },
  exactFrom: 1,
  referenceOnly: true,
});
