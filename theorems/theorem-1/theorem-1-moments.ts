import { boundClaim } from '../../src/claims/bounds/bound-claim.js';
import type { BoundInstance } from '../../src/claims/theorems/theorem.js';
import { slopes } from '../shared/functions.js';
import { matchedQuadratics } from '../shared/instances.js';
import { theorem1 } from './theorem-1.js';

/** Skewed noise −1 (¾) and +3 (¼) added to the gradient of a parabola; the start carries almost no weight against it. */
const skewedNoise: BoundInstance = {
  name: 'quadratic, linear r_k, skewed noise',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(-1, 3),
    probabilities: [0.75, 0.25],
  },
  start: [0.25],
};

/** Two coordinates of different curvature, one of them without curvature in d. */
const twoCurvatures: BoundInstance = {
  name: 'two curvatures, three quadratic r_k, n = 2',
  problem: {
    smooth: { type: 'quadratic', curvature: [1, 0], center: [0.5, 0] },
    functions: [
      { type: 'quadratic', curvature: [0.5, 2], center: [1, -1] },
      { type: 'quadratic', curvature: [0.5, 2], center: [-1, 0] },
      { type: 'tilted', slope: [0.25, -0.5], inner: { type: 'quadratic', curvature: [0.5, 2], center: 0 } },
    ],
    probabilities: [0.25, 0.25, 0.5],
  },
  start: [2, 1],
};

/**
 * Theorem 1 where G is affine and its noise additive: E‖G‖² follows a recursion of second moments that is computed in rationals for any T. On
 * the first instance the left side reaches 98 % of the sharpened bound (LΔ + (1 − 1/T)σ²)/(√T − ½) at T = 1024.
 */
export const claim = boundClaim({
  id: 'theorem-1-moments',
  version: 1,
  theorem: theorem1,
  engine: 'moments',
  referenceOnly: true,
  statement: `${theorem1.statement}; and the sharpened bound of theorem 1♯`,
  method: 'the recursion of second moments in rationals on quadratics with one common curvature, T up to 1024',
  instances: [matchedQuadratics, skewedNoise, twoCurvatures],
  iterations: {
    quick: [1, 4, 16, 64, 256, 1024],
    standard: [1, 4, 16, 64, 256, 1024],
    deep: [1, 4, 9, 16, 64, 100, 256, 1024, 4096],
  },
});
