import type { Judgement } from '../../src/claims/judges/judgement.js';
import { type FamilyPoint, familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';

async function judge({
  implementation,
  specification,
  target,
  points,
  step,
  prox,
  error,
}: FamilyPoint): Promise<Judgement> {
  const [x, y] = [points[0]!, points[1]!];
  const [u, v] = [await prox(x), await prox(y)];
  const [atU, atV] = [
    await implementation.value(specification, u.slice()),
    await implementation.value(specification, v.slice()),
  ];
  const explanation = (): string =>
    `r(u) = ${atU} at u = [${u}], r(v) = ${atV} at v = [${v}], γ = ${step}, x = [${x}], y = [${y}]`;
  if (!Number.isFinite(atU) || !Number.isFinite(atV)) {
    // Rounding may put a projection outside of a coupled set; of an interval it may not.
    const inside = target.coordinate !== undefined && [u, v].every((point) => (target.violation?.(point) ?? 0) === 0);
    return { ratio: inside || Number.isNaN(atU + atV) ? Number.POSITIVE_INFINITY : 0, explanation };
  }
  let below = atU - atV;
  let above = atV - atU;
  let scale = Math.abs(atU) + Math.abs(atV) + 1;
  for (let i = 0; i < u.length; i++) {
    const [atX, own] = [(x[i]! - u[i]!) / step, (y[i]! - v[i]!) / step];
    const difference = v[i]! - u[i]!;
    below += atX * difference;
    above -= own * difference;
    scale += (Math.abs(atX) + Math.abs(own) + 1) * (Math.abs(difference) + 1) + Math.abs(difference) / step;
  }
  // An error of u moves its subgradient by that over γ.
  const allowed = (error(x) + error(y)) * Math.max(1, 1 / step) * scale;
  return { ratio: Math.max(below, above) / allowed, explanation };
}

/**
 * The values of an implementation are those that its own proxes integrate to: (x − u)/γ is a subgradient of r at u = prox_{γr}(x), so
 * ⟨(x − u)/γ, v − u⟩ ≤ r(v) − r(u) ≤ ⟨(y − v)/γ, v − u⟩ for v = prox_{γr}(y). And a prox lies where r is finite.
 */
export const claim = propertyClaim({
  id: 'prox-values',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement:
    '⟨(x − u)/γ, v − u⟩ ≤ r(v) − r(u) ≤ ⟨(y − v)/γ, v − u⟩ at u = prox_{γr}(x), v = prox_{γr}(y), r finite there',
  method: 'the implementation’s own values against its own proxes: no function of the suite takes part',
  requires: { methods: ['prox', 'value'] },
  success: 'holds',
  parts: (implementation, budget) => familyParts(implementation, budget, { count: 2, judge }),
});
