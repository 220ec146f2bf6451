import { theorem2Instances } from '../shared/instances.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import { assumptionClaim } from './assumption-claim.js';
import { coupledComponents } from './broken-problems.js';
import { coordinateLipschitzTooSmall } from './planted-constants.js';

/**
 * Assumption 2(c). All functions r_k are closed, proper and convex and satisfy
 *
 *     |∇r_k(x)_i − ∇r_k(y)_i| ≤ L_i|x_i − y_i| for all i, x, y.
 *
 * As 2(b) it leaves sums of one-dimensional functions only, and as 1(c) it leaves out every kink.
 */
export const claim = assumptionClaim({
  hypothesis: 'assumption-2c',
  version: 1,
  theorem: theorem2,
  statement: 'every r_k is closed, proper and convex with |∇r_k(x)_i − ∇r_k(y)_i| ≤ L_i|x_i − y_i| for all i, x, y',
  counterexamples: ['ℓ1, total variation, indicators: not differentiable', 'the envelope of a ball: not separable'],
  instances: theorem2Instances,
  broken: coupledComponents,
  tooSmall: coordinateLipschitzTooSmall,
});
