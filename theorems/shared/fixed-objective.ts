import { fixedConstants as certifiedConstants } from '../../src/claims/theorems/objective-constants.js';
import type { BoundInstance, FixedConstants, TheoremConstants } from '../../src/claims/theorems/theorem.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';

export type { FixedConstants };

/**
 * σ₀ and Δ̄ of an instance. Since r_γ ≤ r̄, inf f̄ ≥ inf (d + r_γ) for every γ, and a tiny γ loses next to nothing.
 *
 * @throws RangeError when the variance of ∇r_k or the infimum is not certified
 */
export function fixedConstants({ problem, start }: BoundInstance): FixedConstants {
  const constants = certifiedConstants(parseProblem(problem), Float64Array.from(start));
  if (constants === undefined) {
    throw new RangeError('problem must have a certified variance of ∇r_k and a certified infimum');
  }
  return constants;
}

/** The constants of the instance at hand, which the hypotheses `fixed-variance` and `fixed-bounded-below` say are certified. */
export const ofInstance = ({ fixed }: TheoremConstants): FixedConstants => fixed!()!;
