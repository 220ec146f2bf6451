import fc from 'fast-check';
import { judgeMinimisers } from '../../src/claims/judges/global-minimiser.js';
import { maximumNorm, ofAnything, showVector } from '../../src/claims/judges/precision.js';
import { familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';

/**
 * Equation (6) for functions that are not convex, whose objective may have several minima: values show which of them is least, and where
 * it lies only to the square root of rounding. A piecewise quadratic has finitely many candidates, which rationals tell apart.
 */
export const claim = propertyClaim({
  id: 'prox-global-minimiser',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement:
    'prox_{γr}(y) is a global minimiser of ½‖v − y‖² + γr(v), for every function that is not convex, wrapper and γ, below and above the step at which it jumps',
  method:
    'the stationary points and ends of every quadratic piece of r, compared in rationals; within the roundings of y and u of one of the least',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      accepts: ({ convex }) => !convex,
      // Each entry is judged by itself, and only some of all places tell one minimum from another.
      dimension: fc.integer({ min: 4, max: 12 }),
      times: 4,
      async judge({ specification, step, points, precision, prox, error }) {
        const y = points[0]!;
        const u = await prox(y);
        if (u.length !== y.length || !u.every(Number.isFinite)) {
          return {
            ratio: Number.POSITIVE_INFINITY,
            explanation: () => `returned ${showVector(u)} for ${showVector(y)}`,
          };
        }
        const rounding = error(y) + ofAnything * precision * maximumNorm(u);
        return judgeMinimisers({ specification, step, y, u, rounding });
      },
    }),
});
