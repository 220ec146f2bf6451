import { propertyClaim } from '../../../src/claims/properties/property-claim.js';
import { statefulParts } from '../../../src/claims/properties/stateful-parts.js';

/** signProx with error feedback, as others implement it. */
export const claim = propertyClaim({
  id: 'error-feedback-sign-prox-iterates',
  version: 1,
  source: { section: 'beyond the paper', equation: 'signProx with error feedback' },
  statement: 'm = e + γĜ(x), x ← x − C(m), e ← m − C(m) with C(m) = (‖m‖₁/n) sgn m and e⁰ = 0',
  method:
    'every iterate of 8 to 12 against the rule in rationals, from the own iterates before, either sign where it is rounding; two runs by turns',
  requires: { algorithms: ['error-feedback-sign-prox'] },
  success: 'holds',
  effort: 0.3,
  parts: (implementation) => statefulParts(implementation, 'error-feedback-sign-prox', { mustReach: [] }),
});
