import { theorem1Instances } from '../shared/instances.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { assumptionClaim } from './assumption-claim.js';
import { quarticSmooth } from './broken-problems.js';
import { lipschitzTooSmall } from './planted-constants.js';

/**
 * Assumption 1(b). The function d is differentiable and has a Lipschitz continuous gradient with a constant L > 0:
 *
 *     ‖∇d(x) − ∇d(y)‖ ≤ L‖x − y‖ for all x, y.
 *
 * d may be non-convex. The d of Figure 1 is quartic and does not satisfy it.
 */
export const claim = assumptionClaim({
  hypothesis: 'assumption-1b',
  version: 1,
  theorem: theorem1,
  statement: 'd is differentiable with ‖∇d(x) − ∇d(y)‖ ≤ L‖x − y‖ for all x, y',
  counterexamples: ['phase retrieval, d = ½‖y − (Ax)²‖²: secants of ∇d have any slope'],
  instances: theorem1Instances,
  broken: quarticSmooth,
  tooSmall: lipschitzTooSmall,
});
