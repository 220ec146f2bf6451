import { type BoundInstance, boundClaim, type Theorem, type TheoremControl } from '../../../src/library/theorems.js';
import { cosineLogCosh, quadraticHubers } from '../../shared/instances.js';
import { written } from '../../shared/written.js';

/**
 * Gradient descent on an L-smooth f̄ (Nesterov, as quoted by Abbaszadehpeivasti, de Klerk and Zamani): with γ = 1/L
 *
 *     (1/T) Σ_{t=1}^{T} ‖∇f̄(x^{t−1})‖² ≤ 2LΔ/T.
 *
 * T is the number of gradients that are averaged. ½Lx² attains it for every T: all of the sum is its first term.
 */
export const theorem: Theorem = written({
  id: 'gradient-descent-average',
  module: import.meta.url,
  source: { section: 'Nesterov, as quoted in doi:10.1007/s11590-021-01821-1', equation: 'restated' },
  statement: '(1/T) Σ ‖∇f̄(x^{t−1})‖² ≤ 2LΔ/T for gradient descent with γ = 1/L',
  objective: 'fixed',
  hypotheses: ['fixed-bounded-below', 'fixed-smooth'],
  algorithm: 'gradient-descent',
  schedule: { step: '1/L' },
  term: 'squared-gradient',
  bound: '2LΔ/T',
});

const parabola: BoundInstance = {
  name: 'quadratic',
  problem: {
    smooth: { type: 'quadratic', curvature: 3, center: 0.5 },
    functions: [{ type: 'zero' }],
    probabilities: [1],
  },
  start: [2],
};

/** A long stretch on which the slope does not change. */
const slope: BoundInstance = {
  name: 'Huber d from far away',
  problem: { smooth: { type: 'huber', weight: 1, threshold: 1 }, functions: [{ type: 'zero' }], probabilities: [1] },
  start: [17],
};

export const instances: readonly BoundInstance[] = [parabola, slope, quadraticHubers, cosineLogCosh];

export const controls: readonly TheoremControl[] = [
  { name: 'nine tenths of the bound', bound: 0.9 },
  { name: 'γ = 2.5/L', step: 2.5 },
];

export const claim = boundClaim({
  id: 'gradient-descent-average',
  version: 1,
  method: 'the run itself, which is deterministic',
  theorem,
  instances,
  iterations: { quick: [1, 4, 16, 256], standard: [1, 4, 16, 256, 1024], deep: [1, 4, 16, 256, 1024, 4096] },
  referenceOnly: true,
});
