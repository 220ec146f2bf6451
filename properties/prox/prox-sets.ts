import { isMember } from '../../src/claims/arbitraries/points.js';
import { type Judgement, judgeVector, worstOf } from '../../src/claims/judges/judgement.js';
import { maximumNorm } from '../../src/claims/judges/precision.js';
import { type FamilyPoint, familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';
import type { ProximableFunction } from '../../src/reference/functions/definition/proximable-function.js';

/** Whether y is in the set, and a small step leads out of it. */
function isOnBoundary(target: ProximableFunction, y: Float64Array): boolean {
  if (!isMember(y, target)) return false;
  const size = 2 ** -18 * (1 + maximumNorm(y));
  return Array.from(y.keys()).some((k) =>
    [size, -size].some(
      (by) =>
        !isMember(
          y.map((value, i) => (i === k ? value + by : value)),
          target,
        ),
    ),
  );
}

async function judge({
  implementation,
  specification,
  target,
  step,
  points,
  prox,
  error,
}: FamilyPoint): Promise<Judgement> {
  const y = points[0]!;
  const u = await prox(y);
  const rounding = error(y);
  const outside = target.violation!(u);
  const again = await prox(u);
  const elsewhere = await implementation.prox(specification, step + 1, y.slice());
  const judgements = [
    { ratio: outside / (rounding * u.length), explanation: () => `P(y) = [${u}] lies ${outside} outside, y = [${y}]` },
    judgeVector('P(P(y))', again, u, () => rounding),
    judgeVector('P(y) at another step', elsewhere, u, () => rounding),
  ];
  if (target.violation!(y) === 0) judgements.push(judgeVector('P(y) for y in the set', u, y, () => rounding));
  return worstOf(judgements);
}

/** The prox of the indicator of a set is the projection onto it, for every γ. */
export const claim = propertyClaim({
  id: 'prox-sets',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement: 'the prox of an indicator is in the set, fixes the points of the set, and does not depend on γ',
  method: 'points inside, on the boundary and outside; projected twice and at two steps',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      accepts: ({ indicator }) => indicator,
      mustReach: ['on the boundary'],
      classify: (target, { points }) => (isOnBoundary(target, points[0]!) ? ['on the boundary'] : []),
      judge,
    }),
});
