import { showInequality } from '../../src/claims/judges/distance.js';
import type { Judgement } from '../../src/claims/judges/judgement.js';
import { type FamilyPoint, familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';

async function judge({ points, step, prox, error }: FamilyPoint): Promise<Judgement> {
  const [x, y] = [points[0]!, points[1]!];
  const [px, py] = [await prox(x), await prox(y)];
  const rounding = error(x) + error(y);
  let excess = 0;
  let scale = 0;
  for (let i = 0; i < x.length; i++) {
    const moved = px[i]! - py[i]!;
    const apart = x[i]! - y[i]!;
    excess += moved * (moved - apart);
    scale += 2 * Math.abs(moved) + Math.abs(apart) + rounding;
  }
  const ratio = excess / (rounding * scale);
  return {
    ratio,
    explanation: () =>
      `${showInequality('‖Px − Py‖²', '⟨Px − Py, x − y⟩', excess, ratio)}, at γ = ${step}, x = [${x}], y = [${y}]`,
  };
}

/** ‖Px − Py‖² ≤ ⟨Px − Py, x − y⟩ for P = prox_{γr}, r convex: what makes averages of proxes proxes again (section 2.1). */
export const claim = propertyClaim({
  id: 'prox-firmly-nonexpansive',
  version: 1,
  source: { section: '2.1', equation: '(9)' },
  statement: '‖Px − Py‖² ≤ ⟨Px − Py, x − y⟩ for P = prox_{γr}, for every convex function, wrapper and γ',
  method: 'pairs of points, at and across kinks and boundaries',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) => familyParts(implementation, budget, { count: 2, judge }),
});
