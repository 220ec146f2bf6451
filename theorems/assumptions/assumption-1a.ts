import { theorem1Instances } from '../shared/instances.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { assumptionClaim } from './assumption-claim.js';
import { unboundedBelow } from './broken-problems.js';
import { infimumTooLarge } from './planted-constants.js';

/**
 * Assumption 1(a). The objective f has a finite minimum f* = f(x*) attained at some x*.
 *
 * Here f = d + r_γ depends on γ. Neither proof uses that the minimum is attained, only that f is bounded below, so a finite infimum is
 * what is certified: by coordinatewise global minimisation, as an enclosure.
 */
export const claim = assumptionClaim({
  hypothesis: 'assumption-1a',
  version: 1,
  theorem: theorem1,
  statement: 'f = d + r has a finite minimum f* (its being attained is not used by the proof)',
  counterexamples: ['d = 0, r = ⟨a, u⟩: f is linear', 'd = −½x², r = 0: f falls without end'],
  instances: theorem1Instances,
  broken: unboundedBelow,
  tooSmall: infimumTooLarge,
});
