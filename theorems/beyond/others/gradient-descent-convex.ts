import { type BoundInstance, boundClaim, type Theorem, type TheoremControl } from '../../../src/library/theorems.js';
import { quadraticHubers } from '../../shared/instances.js';
import { written } from '../../shared/written.js';

/**
 * The exact rate of gradient descent on convex L-smooth functions (Drori and Teboulle 2014, restated). With γ = 1/L
 *
 *     f̄(x^T) − f* ≤ LD²/(4T + 2),   D = ‖x⁰ − x*‖.
 *
 * A Huber d attains it for every T: from x⁰ = 2T + 1 thresholds, with slope 1 all the way.
 */
export const theorem: Theorem = written({
  id: 'gradient-descent-convex',
  module: import.meta.url,
  source: {
    section: 'Drori and Teboulle, Math. Program. 145 (2014), restated',
    equation: 'the exact rate of gradient descent for convex functions at γ = 1/L',
  },
  statement: 'f̄(x^T) − f* ≤ LD²/(4T + 2) for gradient descent on a convex f̄ with γ = 1/L, D = ‖x⁰ − x*‖',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex'],
  algorithm: 'gradient-descent',
  schedule: { step: '1/L' },
  term: 'objective-gap',
  onlyLast: true,
  bound: 'LD²/(4T + 2)',
});

/** A slope of 1 up to a threshold of 1, from 2T + 1: f̄(x^T) = T + ½ = LD²/(4T + 2). */
const attained = (steps: number): BoundInstance => ({
  name: `Huber d, attained at T = ${steps}`,
  problem: { smooth: { type: 'huber', weight: 1, threshold: 1 }, functions: [{ type: 'zero' }], probabilities: [1] },
  start: [2 * steps + 1],
});

/** Two coordinates, one of which starts at its minimiser. */
const plane: BoundInstance = {
  name: 'log-cosh, n = 2',
  problem: {
    smooth: { type: 'log-cosh', weight: 2, scale: 0.5 },
    functions: [{ type: 'tilted', slope: [0.25, 0], inner: { type: 'zero' } }],
    probabilities: [1],
  },
  start: [3, 0],
};

/** A coupled problem, whose minimiser the gradient encloses. */
const coupled: BoundInstance = {
  name: 'least squares, n = 2',
  problem: {
    smooth: { type: 'least-squares', matrix: { rows: 2, columns: 2, data: [1, 0.5, 0.5, 1] }, target: [1, -1] },
    functions: [{ type: 'zero' }],
    probabilities: [1],
  },
  start: [4, 3],
};

export const instances: readonly BoundInstance[] = [
  attained(1),
  attained(4),
  attained(16),
  plane,
  coupled,
  quadraticHubers,
];

export const controls: readonly TheoremControl[] = [
  { name: '0.99 of the bound', bound: 0.99 },
  { name: 'γ = 1/(16L)', step: 1 / 16 },
];

export const claim = boundClaim({
  id: 'gradient-descent-convex',
  version: 1,
  method: 'the run itself, which is deterministic',
  theorem,
  instances,
  iterations: { quick: [1, 4, 16], standard: [1, 4, 16, 64], deep: [1, 2, 4, 16, 64, 256] },
  referenceOnly: true,
});
