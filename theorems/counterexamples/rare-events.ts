import type { Comparison } from '../../src/claims/bounds/counterexample-claim.js';
import type { ProblemSpecification } from '../../src/reference/problem/problem.js';
import { withBatch } from '../shared/changed-theorems.js';
import { engineComparison } from '../shared/engine-comparison.js';
import { slopes } from '../shared/functions.js';
import { theorem2 } from '../theorem-2/theorem-2.js';

/** Probability that a mini-batch meets no rare event. */
const quiet = 0.6;

/** With few digits, so that products of two are doubles and Σθ_k r_k is exactly 0. */
const rounded = (value: number, digits: number): number => Math.round(value * 2 ** digits) / 2 ** digits;

/**
 * d = ½x², r₁ = −mu with θ₁ = 1 − p, r₂ = (R − m)u with θ₂ = p, m = pR, and (1 − p)^B = 0.6 nearly. Three mini-batches of five see Ĝ(x) = x − m, so that from
 * x⁰ = x* = 0 x climbs to m = σ√(p/(1 − p)) ≈ 0.71 σ/√B and stays: the median of the mini-batch, not its mean.
 */
export function rareProblem(miniBatch: number, sigma: number): ProblemSpecification {
  const p = rounded(1 - quiet ** (1 / miniBatch), 24);
  const height = rounded(sigma / Math.sqrt(p * (1 - p)), 8);
  return {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(-p * height, (1 - p) * height),
    probabilities: [1 - p, p],
  };
}

/** Theorem 2 with a mini-batch of B draws on that problem, from x⁰ = 0. */
export function rareEvents(name: string, root: number, miniBatch: number, sigma: number): Comparison {
  const instance = { name: `rare events, ${name}`, problem: rareProblem(miniBatch, sigma), start: [0] };
  return engineComparison(withBatch(miniBatch)(theorem2), 'lattice', instance, root * root);
}
