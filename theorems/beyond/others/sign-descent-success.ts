import type { ProblemAtStep } from '../../../src/library/algorithms.js';
import type { FunctionSpecification } from '../../../src/library/functions.js';
import {
  type BoundInstance,
  boundClaim,
  type OwnHypothesis,
  type Theorem,
  type TheoremControl,
} from '../../../src/library/theorems.js';
import { slopes, tilted, translated } from '../../shared/instances.js';
import { written } from '../../shared/written.js';

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** ρ_i(x) = P[sgn ∇f̂(x)_i = sgn ∇f̄(x)_i] of a single draw, by summing θ_k, beside ∇f̄(x). */
function successes(problem: ProblemAtStep, x: Float64Array): { gradient: Float64Array; success: Float64Array } {
  const gradient = problem.gradient(x);
  const success = new Float64Array(x.length);
  problem.problem.probabilities.forEach((probability, k) => {
    const drawn = problem.stochasticGradient([k], x);
    for (let i = 0; i < x.length; i++) if (Math.sign(drawn[i]!) === Math.sign(gradient[i]!)) success[i]! += probability;
  });
  return { gradient, success };
}

/** Success probability bounds: ρ_i(x) > ½ wherever ∇f̄(x)_i ≠ 0. */
export const successProbabilityBounds: OwnHypothesis = {
  id: 'success-probability-bounds',
  statement: 'P[sgn ∇f̂(x)_i = sgn ∇f̄(x)_i] > ½ for all x and i with ∇f̄(x)_i ≠ 0',
  search(problem, points) {
    for (const x of points) {
      const { gradient, success } = successes(problem, x);
      const i = success.findIndex((rho, j) => gradient[j] !== 0 && !(rho > 0.5));
      if (i >= 0) return { x, explanation: `ρ_${i + 1} = ${success[i]} at x = (${Array.from(x).join(', ')})` };
    }
    return undefined;
  },
};

/** ‖∇f̄(x)‖_ρ = Σ(2ρ_i(x) − 1)|∇f̄(x)_i|; where some ρ_i < ½ this is no norm, and what is negative does not count. */
function rhoNorm(problem: ProblemAtStep, x: Float64Array): number {
  const { gradient, success } = successes(problem, x);
  return gradient.reduce((sum, entry, i) => sum + Math.max(0, 2 * success[i]! - 1) * Math.abs(entry), 0);
}

/**
 * Stochastic sign descent by success probabilities (restated; Safaryan and Richtárik 2021). Let
 * f̄(y) ≤ f̄(x) + ⟨∇f̄(x), y − x⟩ + ½ΣL_i(y_i − x_i)² and ρ_i(x) > ½ wherever ∇f̄(x)_i ≠ 0. For every γ
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖∇f̄(x^{t−1})‖_ρ] ≤ Δ/(γT) + γ‖L‖₁/2,   ‖g‖_ρ = Σ(2ρ_i − 1)|g_i|.
 *
 * There is no term for the noise, which need not have a mean or a variance. Here γ = 1/√(‖L‖₁T),
 * which makes it √(‖L‖₁/T)(Δ + ½).
 */
export const theorem: Theorem = written({
  id: 'sign-descent-success',
  module: import.meta.url,
  source: {
    section: 'Safaryan and Richtárik, Stochastic sign descent methods, ICML 2021',
    equation: 'restated',
  },
  statement:
    'E[(1/T) Σ ‖∇f̄(x^{t−1})‖_ρ] ≤ √(‖L‖₁/T)(Δ + ½) for signSGD with γ = 1/√(‖L‖₁T), B = 1, where ‖g‖_ρ = Σ(2ρ_i − 1)|g_i|',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-coordinate-smooth', successProbabilityBounds],
  algorithm: 'sign-sgd',
  schedule: { step: '1/√(‖L‖₁T)' },
  term: rhoNorm,
  bound: '√(‖L‖₁/T)·(Δ + ½)',

  /** ‖∇f̄‖_ρ ≤ ‖∇f̄‖₁, which after t steps of γ in every coordinate has grown by ‖L‖₁tγ at most. */
  cap(problem, start, iterations, { coordinateLipschitz }) {
    const first = problem.gradient(start).reduce((sum, entry) => sum + Math.abs(entry), 0);
    return (first + (problem.step * total(coordinateLipschitz!) * (iterations - 1)) / 2) * (1 + 2 ** -30);
  },
});

/** Every draw has the right sign unless it is one of the rare large ones: ρ = 3/4 on the way from far away, and more near 0. */
const sparse: BoundInstance = {
  name: 'quadratic, ±2¹⁰ in half of the draws',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(0, 1024, -1024),
    probabilities: [0.5, 0.25, 0.25],
  },
  start: [4.0625],
};

const noiseless: BoundInstance = {
  name: 'quadratic, r = 0',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [{ type: 'zero' }],
    probabilities: [1],
  },
  start: [7.75],
};

/** r_k that are not linear: with three draws of five the Huber function about 0, with the others those about ±1. */
const hubers: BoundInstance = {
  name: 'cosine, Huber r_k about 0, 1 and −1',
  problem: {
    smooth: { type: 'cosine', weight: 0.5 },
    functions: [0, 1, -1].map((centre): FunctionSpecification => {
      const inner = { type: 'huber', weight: 1, threshold: 0.5 };
      return centre === 0 ? inner : translated([centre], inner);
    }),
    probabilities: [0.625, 0.1875, 0.1875],
  },
  start: [2],
};

/** Two coordinates with log cosh: a draw in eight tilts the one or the other by much. */
const tilts: BoundInstance = {
  name: 'quadratic, tilted log cosh r_k, n = 2',
  problem: {
    smooth: { type: 'quadratic', curvature: [1, 0.5], center: [0, 0.25] },
    functions: [
      [0, 0],
      [16, 0],
      [-16, 0],
      [0, 4],
      [0, -4],
    ].map((slope) => tilted(slope, { type: 'log-cosh', weight: 0.5, scale: 1 })),
    probabilities: [0.75, 0.0625, 0.0625, 0.0625, 0.0625],
  },
  start: [1.5, -0.75],
};

export const instances: readonly BoundInstance[] = [sparse, noiseless, hubers, tilts];

export const controls: readonly TheoremControl[] = [
  { name: 'half of the bound', bound: 0.5 },
  { name: 'γ a 32nd as large', step: 1 / 32 },
];

export const claim = boundClaim({
  id: 'sign-descent-success',
  version: 1,
  method: 'all draws in doubles with measured rounding, meeting on x⁰ + γZ; ρ_i(x) is a sum over the components',
  theorem,
  instances,
  iterations: ({ problem, start }) => {
    if (problem.functions.length === 1) return { quick: [1, 64], standard: [1, 4, 16, 64], deep: [1, 4, 16, 64, 100] };
    return start.length === 1
      ? { quick: [1, 16], standard: [1, 4, 16, 64], deep: [1, 4, 16, 64, 100] }
      : { quick: [1, 6], standard: [1, 4, 8], deep: [1, 4, 8, 16] };
  },
  exactFrom: 1,
  referenceOnly: true,
});
