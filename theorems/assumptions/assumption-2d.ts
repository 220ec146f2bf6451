import { theorem2Instances } from '../shared/instances.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import { assumptionClaim } from './assumption-claim.js';
import { unboundedNoise } from './broken-problems.js';
import { coordinateSigmaTooSmall } from './planted-constants.js';

/**
 * Assumption 2(d). The proximal-gradient mappings have a bounded variance in every coordinate: for positive (σ_1 … σ_n)
 *
 *     E(P_k(x)_i − P(x)_i)² ≤ γ²σ_i² for all i, x.
 */
export const claim = assumptionClaim({
  hypothesis: 'assumption-2d',
  version: 1,
  theorem: theorem2,
  statement: 'E(P_k(x)_i − P(x)_i)² ≤ γ²σ_i² for all i, x',
  counterexamples: ['d = 0, parabolas of curvature 1 and 3: the deviation grows like |x_i|'],
  instances: theorem2Instances,
  broken: unboundedNoise,
  tooSmall: coordinateSigmaTooSmall,
});
