import { propertyClaim } from '../../../src/claims/properties/property-claim.js';
import { statefulParts } from '../../../src/claims/properties/stateful-parts.js';

/** signProx with momentum, as others implement it. */
export const claim = propertyClaim({
  id: 'sign-prox-momentum-iterates',
  version: 2,
  source: { section: 'beyond the paper', equation: 'signProx with momentum' },
  statement: 'm ← βm + (1 − β)Ĝ(x) from m = Ĝ(x⁰), x ← x − γ sgn m',
  method:
    'every iterate of 12 to 16 against the rule in rationals, from the own iterates before, either sign where it is rounding; two runs by turns',
  requires: { algorithms: ['sign-prox-momentum'] },
  success: 'holds',
  effort: 0.3,
  parts: (implementation) => statefulParts(implementation, 'sign-prox-momentum', { mustReach: ['momentum'] }),
});
