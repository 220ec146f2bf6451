import { controlClaim } from '../../src/claims/bounds/bound-claim.js';
import type { BoundInstance } from '../../src/claims/theorems/theorem.js';
import { withoutNoise, withStep } from '../shared/changed-theorems.js';
import { slopes } from '../shared/functions.js';
import { theorem2 } from './theorem-2.js';

/** d = ½x² without noise, started half a step from its minimiser: with a constant step the sign alternates for ever. */
const oscillator: BoundInstance = {
  name: 'quadratic, no noise',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [{ type: 'zero' }],
    probabilities: [1],
  },
  start: [2],
};

/** d = ½x² with the skewed unbiased noise −1 (almost always) and +607 (once in 608 draws): σ² = 607. */
const skewedNoise: BoundInstance = {
  name: 'quadratic, noise −1 or +607',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(-1, 607),
    probabilities: [607 / 608, 1 / 608],
  },
  start: [0],
};

/**
 * Planted errors for theorem 2: a step of 4/‖L‖₁ that does not decay (from x⁰ = γ/2 the iterates alternate between ±γ/2), and σ declared
 * to be 0 under rare, large noise, to which the signs drift.
 */
export const claim = controlClaim({
  id: 'theorem-2-controls',
  version: 1,
  theorem: theorem2,
  method: 'the same check on a step of 4/‖L‖₁ and on σ := 0; every row must be violated',
  planted: [
    {
      name: 'step 4/‖L‖₁ in place of 1/(2‖L‖₁√T)',
      theorem: withStep(4)(theorem2),
      instance: oscillator,
      iterations: [64, 256],
    },
    { name: 'σ declared as 0', theorem: withoutNoise(theorem2), instance: skewedNoise, iterations: [64] },
  ],
});
