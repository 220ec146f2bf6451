import { showInequality } from '../../src/claims/judges/distance.js';
import type { Judgement } from '../../src/claims/judges/judgement.js';
import { type FamilyPoint, familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';

/** e(y) = r(u) + ‖u − y‖²/(2γ) and g = (y − u)/γ at the implementation's u. */
async function envelopeAt({ target, step, prox }: FamilyPoint, y: Float64Array) {
  const u = await prox(y);
  const slope = y.map((value, i) => (value - u[i]!) / step);
  const value = (target.violation?.(u) ?? 0) > 0 ? target.finiteValue!(u) : target.value(u);
  return {
    value: value + (step / 2) * slope.reduce((sum, entry) => sum + entry * entry, 0),
    slope,
    own: Math.abs(value),
  };
}

async function judge(input: FamilyPoint): Promise<Judgement> {
  const { step, points, error } = input;
  const [x, y] = [points[0]!, points[1]!];
  const [atX, atY] = [await envelopeAt(input, x), await envelopeAt(input, y)];
  let linear = atX.value - atY.value;
  let change = 0;
  let scale = atX.own + atY.own;
  let slopes = 0;
  for (let i = 0; i < x.length; i++) {
    const difference = y[i]! - x[i]!;
    linear += atX.slope[i]! * difference;
    change += (atY.slope[i]! - atX.slope[i]!) ** 2;
    slopes += Math.abs(atX.slope[i]!) + Math.abs(atY.slope[i]!) + Math.abs(difference) / step;
    scale += Math.abs(atX.slope[i]! * difference);
  }
  // e(y) ≥ e(x) + ⟨g(x), y − x⟩ + (γ/2)‖g(y) − g(x)‖².
  const excess = linear + (step / 2) * change;
  const rounding = error(x) + error(y);
  const ratio = excess / (rounding * (scale + slopes + 1));
  const tangent = 'e(x) + ⟨(x − Px)/γ, y − x⟩ + (γ/2)‖g(y) − g(x)‖²';
  return {
    ratio,
    explanation: () => `${showInequality(tangent, 'e(y)', excess, ratio)}, at γ = ${step}, x = [${x}], y = [${y}]`,
  };
}

/**
 * The envelope e(y) = min_v r(v) + ‖v − y‖²/(2γ) is convex and differentiable with ∇e(y) = (y − prox_{γr}(y))/γ, 1/γ-Lipschitz: exactly
 * when e(y) ≥ e(x) + ⟨g(x), y − x⟩ + (γ/2)‖g(y) − g(x)‖² for all x and y. No differences, so nothing is lost to a step width.
 */
export const claim = propertyClaim({
  id: 'prox-envelope-gradient',
  version: 1,
  source: { section: '2.1', equation: '(9)' },
  statement:
    '(y − prox_{γr}(y))/γ is the 1/γ-Lipschitz gradient of the envelope, for every convex function, wrapper and γ',
  method: 'the inequality that characterises smooth convex functions, both ways, with r’s own value',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) => familyParts(implementation, budget, { count: 2, judge }),
});
