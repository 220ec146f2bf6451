import type { BoundInstance } from '../../src/claims/theorems/bound-instance.js';
import { noiseConstants } from '../../src/reference/certified/variance.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';

/** The constants of f̄ = d + r̄, r̄ = Σθ_k r_k, which unlike those of f = d + r_γ do not move with γ. */
export interface FixedConstants {
  /** σ₀ = sup_u (Var_θ ∇r_k(u))^½. */
  readonly sigma: number;
  readonly coordinateSigma: Float64Array;
  /** An upper end of Δ̄ = f̄(x⁰) − inf f̄. */
  readonly gap: number;
}

/** For what does not depend on them. */
export const noConstants: FixedConstants = { sigma: 0, coordinateSigma: new Float64Array(1), gap: 0 };

/** A step at which r_γ is r̄ up to γσ₀²/2. */
const tiny = 2 ** -24;

/**
 * σ₀ and Δ̄ of an instance. Since r_γ ≤ r̄, inf f̄ ≥ inf (d + r_γ) for every γ, and a tiny γ loses next to nothing.
 *
 * @throws RangeError when the variance of ∇r_k or the infimum is not certified
 */
export function fixedConstants({ problem: specification, start: given }: BoundInstance): FixedConstants {
  const problem = parseProblem(specification);
  const start = Float64Array.from(given);
  const { sigma, coordinateSigma } = noiseConstants(problem, 0, start.length);
  const infimum = problem.at(tiny).infimum(start.length);
  if (sigma === undefined || coordinateSigma === undefined || infimum === undefined) {
    throw new RangeError('problem must have a certified variance of ∇r_k and a certified infimum');
  }
  const average = problem.functions.reduce((sum, r, k) => sum + problem.probabilities[k]! * r.value(start), 0);
  const value = problem.smooth.value(start) + average;
  const rounding = 2 ** -40 * (Math.abs(value) + Math.abs(infimum.lower));
  return { sigma, coordinateSigma, gap: Math.max(0, value - infimum.lower + rounding) };
}
