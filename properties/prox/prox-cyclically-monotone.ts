import { showInequality } from '../../src/claims/judges/distance.js';
import type { Judgement } from '../../src/claims/judges/judgement.js';
import { type FamilyPoint, familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';

async function judge({ points, step, prox, error }: FamilyPoint): Promise<Judgement> {
  const images: Float64Array[] = [];
  for (const point of points) images.push(await prox(point));
  const rounding = Math.max(...points.map(error));
  let total = 0;
  let scale = 0;
  points.forEach((point, j) => {
    const [own, next] = [images[j]!, images[(j + 1) % points.length]!];
    for (let i = 0; i < point.length; i++) {
      total += (point[i]! - own[i]!) * (next[i]! - own[i]!);
      scale += Math.abs(point[i]! - own[i]!) + Math.abs(next[i]! - own[i]!) + rounding;
    }
  });
  const ratio = total / (2 * rounding * scale);
  return {
    ratio,
    explanation: () => `${showInequality('the sum over the cycle', '0', total, ratio)}, at γ = ${step}`,
  };
}

/** Σ⟨y_j − Py_j, Py_{j+1} − Py_j⟩ ≤ 0 around every cycle: y − Py is γ times a subgradient of one convex function (Rockafellar). */
export const claim = propertyClaim({
  id: 'prox-cyclically-monotone',
  version: 1,
  source: { section: '2.1', equation: '(9)' },
  statement:
    'Σ⟨y_j − Py_j, Py_{j+1} − Py_j⟩ ≤ 0 around every cycle, P = prox_{γr}, for every convex function, wrapper and γ',
  method: 'random cycles of four points that begin at kinks, ties and boundaries',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) => familyParts(implementation, budget, { count: 4, judge }),
});
