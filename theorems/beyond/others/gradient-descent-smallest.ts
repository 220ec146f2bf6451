import type { ProblemAtStep } from '../../../src/library/algorithms.js';
import { sawTooth } from '../../../src/library/testing.js';
import { type BoundInstance, boundClaim, type Theorem, type TheoremControl } from '../../../src/library/theorems.js';
import { cosineLogCosh, quadraticHubers } from '../../shared/instances.js';
import { written } from '../../shared/written.js';

function squaredGradient(problem: ProblemAtStep, x: Float64Array): number {
  return problem.gradient(x).reduce((sum, entry) => sum + entry * entry, 0);
}

/**
 * The exact rate of gradient descent on L-smooth functions (restated; Abbaszadehpeivasti, de Klerk and Zamani 2021, from the performance estimation problem). With
 * γ = 1/L
 *
 *     min_{0≤t≤T} ‖∇f̄(x^t)‖² ≤ 4LΔ/(3T + 2).
 *
 * T is the number of steps, and T + 1 gradients are compared. A saw-tooth f̄′ attains it for every T, as two instances do. As a left side of the form E term(x^T) it is that of
 * the algorithm that keeps the best point.
 */
export const theorem: Theorem = written({
  id: 'gradient-descent-smallest',
  module: import.meta.url,
  source: {
    section: 'Abbaszadehpeivasti, de Klerk and Zamani, Optim. Lett. 16 (2022)',
    equation: 'restated',
  },
  statement: 'min_{0≤t≤T} ‖∇f̄(x^t)‖² ≤ 4LΔ/(3T + 2) for gradient descent with γ = 1/L',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth'],
  algorithm: {
    name: 'gradient descent, smallest gradient so far',
    step: ['x = x − γ∇f(x)'],
    returns: 'best',
  },
  schedule: { step: '1/L' },
  term: 'squared-gradient',
  onlyLast: true,
  bound: '4LΔ/(3T + 2)',

  /** No gradient counts that is larger than the first. */
  cap: (problem, start) => squaredGradient(problem, start) * (1 + 2 ** -30),
});

/** A slope of 1 for as long as x > 1: all gradients up to T are 1, and left/bound is (3T + 2)/(4T + 2) where x^T = 1. */
const slope = (steps: number): BoundInstance => ({
  name: `Huber d, ${steps} steps from its parabola`,
  problem: { smooth: { type: 'huber', weight: 1, threshold: 1 }, functions: [{ type: 'zero' }], probabilities: [1] },
  start: [steps + 1],
});

/** A saw-tooth attains the bound at its T, with gradients of 1. */
export const instances: readonly BoundInstance[] = [
  sawTooth(1, 1),
  sawTooth(1, 4),
  slope(16),
  quadraticHubers,
  cosineLogCosh,
];

export const controls: readonly TheoremControl[] = [
  { name: 'nine tenths of the bound', bound: 0.9 },
  { name: 'γ = 1/(16L)', step: 1 / 16 },
];

const everyT = { quick: [1, 4, 16], standard: [1, 4, 16], deep: [1, 2, 4, 16] } as const;

export const claim = boundClaim({
  id: 'gradient-descent-smallest',
  version: 1,
  method: 'the run itself; all mini-batches lead to the same point',
  theorem,
  instances,
  // Longer runs of the other two end in the rounding of a gradient.
  iterations: ({ problem }) =>
    problem.functions.length === 1 ? everyT : { quick: [1, 2], standard: [1, 2], deep: [1, 2] },
  exactFrom: 1,
  referenceOnly: true,
});
