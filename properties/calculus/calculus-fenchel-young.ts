import { type Judgement, worstOf } from '../../src/claims/judges/judgement.js';
import { maximumNorm } from '../../src/claims/judges/precision.js';
import { type FamilyPoint, familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';

async function judge({ target, step, points, prox, error }: FamilyPoint): Promise<Judgement> {
  const y = points[0]!;
  const u = await prox(y);
  const p = y.map((value, i) => (value - u[i]!) / step);
  const conjugate = target.conjugate!();
  const off = conjugate.violation?.(p) ?? 0;
  const value = (target.violation?.(u) ?? 0) > 0 ? target.finiteValue!(u) : target.value(u);
  const dual = off > 0 ? conjugate.finiteValue!(p) : conjugate.value(p);
  let gap = value + dual;
  let size = Math.abs(value) + Math.abs(dual);
  for (let i = 0; i < u.length; i++) {
    gap -= u[i]! * p[i]!;
    size += Math.abs(u[i]! * p[i]!) + Math.abs(u[i]!) + step * Math.abs(p[i]!) + 1;
  }
  // Errors of u and of γp are the same; both values move by their slopes times them.
  const rounding = error(y) / step;
  const largest = 1 + maximumNorm(p) + maximumNorm(u) / step;
  return worstOf([
    {
      ratio: Math.abs(gap) / (rounding * (size + step * largest * u.length)),
      explanation: () => `r(u) + r*(p) − ⟨u, p⟩ = ${gap} at γ = ${step}, y = [${y}], u = [${u}], p = [${p}]`,
    },
    {
      ratio: off / (rounding * u.length),
      explanation: () => `p = [${p}] lies ${off} outside the domain of r* at γ = ${step}, y = [${y}]`,
    },
  ]);
}

/** Fenchel–Young's inequality r(u) + r*(p) ≥ ⟨u, p⟩ is an equality exactly for p ∈ ∂r(u): at the prox, with p = (y − u)/γ. */
export const claim = propertyClaim({
  id: 'calculus-fenchel-young',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement:
    'r(u) + r*(p) = ⟨u, p⟩ at u = prox_{γr}(y), p = (y − u)/γ, for every function with a known conjugate, wrapper and γ',
  method: 'both values written out independently of the prox and of each other',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, { accepts: ({ convex, conjugate }) => convex && conjugate, judge }),
});
