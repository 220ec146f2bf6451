import { judgeProximalPoint } from '../../src/claims/judges/proximal-optimality.js';
import { familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';

/**
 * Equation (6) for functions built from functions too: u = prox_{γr}(y) exactly when γ(r(v) − r(u)) ≥ ⟨y − u, v − u⟩ for every v. r is the
 * suite's own value function, written independently of every prox.
 */
export const claim = propertyClaim({
  id: 'prox-variational-inequality',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement: 'γ(r(v) − r(u)) ≥ ⟨y − u, v − u⟩ for all v at u = prox_{γr}(y), for every function, wrapper and γ',
  method:
    'against the value of r at neighbours, kinks and members of the domain; functions that are not convex by their least value alone',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      accepts: () => true,
      async judge({ target, step, points, precision, magnitude, normwise, prox }) {
        const y = points[0]!;
        return judgeProximalPoint({ target, step, y, u: await prox(y), precision, magnitude, normwise });
      },
    }),
});
