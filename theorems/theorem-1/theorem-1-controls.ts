import { controlClaim } from '../../src/claims/bounds/bound-claim.js';
import type { BoundInstance } from '../../src/claims/theorems/theorem.js';
import { timesNoise, withStep } from '../shared/changed-theorems.js';
import { slopes } from '../shared/functions.js';
import { matchedQuadratics } from '../shared/instances.js';
import { theorem1 } from './theorem-1.js';

/** Linear r_k, d = ½x²: additive noise ±1 of known variance. */
const additiveNoise: BoundInstance = {
  name: 'quadratic, r_k = ±u',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(1, -1),
    probabilities: [0.5, 0.5],
  },
  start: [1],
};

/**
 * Planted errors for theorem 1: a step that does not decay with T (a merely doubled step cannot violate the theorem for T ≥ 9), and σ
 * understated by a factor of 3 from x⁰ = x*, where the whole left side is noise.
 */
export const claim = controlClaim({
  id: 'theorem-1-controls',
  version: 2,
  theorem: theorem1,
  method: 'the same check on a step of 2.5/L and on σ/3; every row must be violated',
  planted: [
    {
      name: 'step 2.5/L in place of 1/(L√T)',
      theorem: withStep(2.5)(theorem1),
      instance: additiveNoise,
      iterations: [4, 16, 64],
    },
    {
      name: 'σ understated by a factor of 3',
      theorem: timesNoise(1 / 3)(theorem1),
      instance: { ...matchedQuadratics, start: [0] },
      iterations: [64, 256],
    },
  ],
});
