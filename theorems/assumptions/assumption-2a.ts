import { theorem2Instances } from '../shared/instances.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import { assumptionClaim } from './assumption-claim.js';
import { unboundedBelow } from './broken-problems.js';
import { infimumTooLarge } from './planted-constants.js';

/**
 * Assumption 2(a). The objective f has a finite minimum f* = f(x*) attained at some x*. As 1(a), at the step of theorem 2: that it is
 * attained is not used.
 */
export const claim = assumptionClaim({
  hypothesis: 'assumption-2a',
  version: 1,
  theorem: theorem2,
  statement: 'f = d + r has a finite minimum f* at the step of theorem 2 (its being attained is not used by the proof)',
  counterexamples: ['d = 0, r = ⟨a, u⟩: f is linear'],
  instances: theorem2Instances,
  broken: unboundedBelow,
  tooSmall: infimumTooLarge,
});
