import { theorem2Instances } from '../shared/instances.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import { assumptionClaim } from './assumption-claim.js';
import { coupledSmooth } from './broken-problems.js';
import { coordinateLipschitzTooSmall } from './planted-constants.js';

/**
 * Assumption 2(b). The function d is differentiable and there is a nonnegative vector (L_1 … L_n) such that
 *
 *     |∇d(x)_i − ∇d(y)_i| ≤ L_i|x_i − y_i| for all i, x, y.
 *
 * It makes ∇d(·)_i a function of x_i alone, so that every d that couples its coordinates is out.
 */
export const claim = assumptionClaim({
  hypothesis: 'assumption-2b',
  version: 1,
  theorem: theorem2,
  statement: 'd is differentiable with |∇d(x)_i − ∇d(y)_i| ≤ L_i|x_i − y_i| for all i, x, y',
  counterexamples: ['least squares and phase retrieval: ∇d(·)_i moves with other coordinates'],
  instances: theorem2Instances,
  broken: coupledSmooth,
  tooSmall: coordinateLipschitzTooSmall,
});
