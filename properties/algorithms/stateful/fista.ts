import { propertyClaim } from '../../../src/claims/properties/property-claim.js';
import { statefulParts } from '../../../src/claims/properties/stateful-parts.js';

/** FISTA, whose inertia grows from one iteration to the next. */
export const claim = propertyClaim({
  id: 'fista',
  version: 2,
  source: { section: 'beyond the paper', equation: 'Beck and Teboulle 2009' },
  statement:
    'x_t = P(y_t) with y_{t+1} = x_t + ((s_t − 1)/s_{t+1})(x_t − x_{t−1}), s_{t+1} = (1 + √(1 + 4s_t²))/2, s_1 = 1, y_1 = x⁰',
  method: 'every iterate of 12 to 16 against the rule in rationals, from the own iterates before; two runs by turns',
  requires: { algorithms: ['fista'] },
  success: 'holds',
  effort: 0.3,
  parts: (implementation) => statefulParts(implementation, 'fista', { mustReach: [] }),
});
