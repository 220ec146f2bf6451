import { judgeStationarity } from '../../src/claims/judges/proximal-optimality.js';
import { familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';

/**
 * Where r is differentiable, u = prox_{γr}(y) solves u + γ∇r(u) = y. Values alone show an error of u down to the square root of rounding;
 * this equation shows it down to rounding itself.
 */
export const claim = propertyClaim({
  id: 'prox-first-order',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement: 'u + γ∇r(u) = y at u = prox_{γr}(y), for every smooth function, wrapper and γ',
  method: 'against the suite’s own gradient, to a few units of rounding',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      accepts: ({ convex, smooth }) => convex && smooth,
      async judge({ target, step, points, precision, magnitude, normwise, prox }) {
        const y = points[0]!;
        return judgeStationarity({ target, step, y, u: await prox(y), precision, magnitude, normwise });
      },
    }),
});
