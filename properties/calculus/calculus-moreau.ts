import type { Judgement } from '../../src/claims/judges/judgement.js';
import { judgeProximalPoint } from '../../src/claims/judges/proximal-optimality.js';
import { type FamilyPoint, familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';
import { conjugate } from '../../src/reference/functions/index.js';

async function judge({ target, step, points, precision, magnitude, normwise, prox }: FamilyPoint): Promise<Judgement> {
  const y = points[0]!;
  const u = await prox(y);
  // The conjugate's value is written out independently; its prox only brings rivals into its domain.
  return judgeProximalPoint({
    target: conjugate({ inner: target }),
    step: 1 / step,
    y: y.map((value) => value / step),
    u: y.map((value, i) => (value - u[i]!) / step),
    precision: 2 * precision,
    normwise,
    magnitude: Math.max(magnitude * (1 + 1 / step), ...u.map(Math.abs)),
  });
}

/**
 * Moreau's identity y = prox_{γr}(y) + γ prox_{(1/γ)r*}(y/γ), with r* written out from the literature and never derived from a prox: a dual
 * derived from the prox would make it a tautology.
 */
export const claim = propertyClaim({
  id: 'calculus-moreau',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement: '(y − prox_{γr}(y))/γ = prox_{(1/γ)r*}(y/γ), for every function with a known conjugate, wrapper and γ',
  method: 'the difference is judged as a prox of r* by the variational inequality against the independent value of r*',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, { accepts: ({ convex, conjugate }) => convex && conjugate, judge }),
});
