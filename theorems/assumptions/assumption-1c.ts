import { theorem1Instances } from '../shared/instances.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { assumptionClaim } from './assumption-claim.js';
import { nonSmoothComponents } from './broken-problems.js';
import { lipschitzTooSmall } from './planted-constants.js';

/**
 * Assumption 1(c). All functions r_k are closed, proper and convex and have Lipschitz continuous gradients with the same L:
 *
 *     ‖∇r_k(x) − ∇r_k(y)‖ ≤ L‖x − y‖ for all x, y.
 *
 * It excludes ℓ1, total variation and indicators, which motivate the method: two subgradients at one point show it.
 */
export const claim = assumptionClaim({
  hypothesis: 'assumption-1c',
  version: 1,
  theorem: theorem1,
  statement: 'every r_k is closed, proper and convex with ‖∇r_k(x) − ∇r_k(y)‖ ≤ L‖x − y‖ for all x, y',
  counterexamples: ['ℓ1, elastic net and total variation: kinks', 'box, ball, simplex: their domain has a boundary'],
  instances: theorem1Instances,
  broken: nonSmoothComponents,
  tooSmall: lipschitzTooSmall,
});
