import type { Judgement } from '../../src/claims/judges/judgement.js';
import { type FamilyPoint, familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';
import { EigenvalueDecomposition, Matrix, withoutNegligible } from '../../src/reference/functions/numerics/matrices.js';
import { curvature, isDifferentiable, moved, width } from './is-differentiable.js';

/** Size of entries up to which their squares do not overflow. */
const computable = 2 ** 500;

async function judge({ target, points, step, prox, error }: FamilyPoint): Promise<Judgement> {
  const y = points[0]!;
  if (!isDifferentiable(target, y, step)) return { ratio: 0 };
  const n = y.length;
  const jacobian = new Matrix(n, n);
  for (let k = 0; k < n; k++) {
    const [ahead, behind] = [await prox(moved(y, k, width)), await prox(moved(y, k, -width))];
    for (let i = 0; i < n; i++) jacobian.set(i, k, (ahead[i]! - behind[i]!) / (2 * width));
  }
  const allowed = n * (error(y) / width + curvature * width * width);
  const largest = Math.max(...jacobian.to1DArray().map(Math.abs));
  // Eigenvalues in [0, 1] leave no entry above 1, and those of such entries, or of NaN, cannot be computed.
  if (!(largest < computable)) {
    return {
      ratio: largest / allowed,
      explanation: () => `the Jacobian at γ = ${step}, y = [${y}] has an entry of size ${largest}`,
    };
  }
  const asymmetry = Matrix.sub(jacobian, jacobian.transpose()).norm();
  const mean = Matrix.add(jacobian, jacobian.transpose()).mul(0.5);
  const symmetric = Matrix.from1DArray(n, n, withoutNegligible(Float64Array.from(mean.to1DArray())));
  const eigenvalues = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true }).realEigenvalues;
  const beyond = Math.max(0, ...eigenvalues.map((value) => Math.max(-value, value - 1)));
  return {
    ratio: Math.max(asymmetry, beyond) / allowed,
    explanation: () =>
      `the Jacobian at γ = ${step}, y = [${y}] is asymmetric by ${asymmetry} and has eigenvalues ${eigenvalues.join(', ')}`,
  };
}

/**
 * Where prox_{γr} is differentiable its Jacobian is symmetric, for it is the gradient of a convex function, with eigenvalues in [0, 1], for
 * it is firmly nonexpansive (Moreau 1965): together the mark of a prox.
 */
export const claim = propertyClaim({
  id: 'prox-jacobian',
  version: 2,
  source: { section: '2.1', equation: '(9)' },
  statement:
    'the Jacobian of prox_{γr} is symmetric with eigenvalues in [0, 1] where it exists, for every convex function, wrapper and γ',
  method: 'central differences where those to both sides and of other widths agree, eigenvalues of the symmetric part',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      // Differences of an iterative prox measure its accuracy.
      accepts: ({ convex }, _wrapper, type) => convex && type !== 'total-variation-2d',
      mustReach: ['differentiable'],
      classify: (target, { step, points }) => (isDifferentiable(target, points[0]!, step) ? ['differentiable'] : []),
      judge,
    }),
});
