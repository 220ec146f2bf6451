import { theorem1Instances } from '../shared/instances.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { assumptionClaim } from './assumption-claim.js';
import { unboundedNoise } from './broken-problems.js';
import { sigmaTooSmall } from './planted-constants.js';

/**
 * Assumption 1(d). The proximal-gradient mappings have a bounded variance: for some σ > 0
 *
 *     E‖P_k(x) − P(x)‖² ≤ γ²σ² for all x.
 *
 * σ moves with γ. Uniform in x, it holds when sup_y Var_θ ∇r_k(prox_{γr_k}(y)) is finite: parabolas of different curvature are out, Huber
 * and log cosh of different curvature are in.
 */
export const claim = assumptionClaim({
  hypothesis: 'assumption-1d',
  version: 1,
  theorem: theorem1,
  statement: 'E‖P_k(x) − P(x)‖² ≤ γ²σ² for all x',
  counterexamples: ['d = 0, parabolas of curvature 1 and 3: the deviation grows like ‖x‖'],
  instances: theorem1Instances,
  broken: unboundedNoise,
  tooSmall: sigmaTooSmall,
});
