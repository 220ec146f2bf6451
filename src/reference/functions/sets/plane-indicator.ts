import { checkVector, ParameterError } from '../definition/arguments.js';
import { checkedFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { euclideanNorm, innerProduct, scratchVector } from '../numerics/vectors.js';

/**
 * The indicator of {u : ⟨a, u⟩ = b} or of {u : ⟨a, u⟩ ≤ b}. `excess` tells the two apart: of the signed distance h = (⟨a, u⟩ − b)/‖a‖ of
 * a point from the plane it returns what the projection takes away, h for the hyperplane and max(h, 0) for the halfspace. The domain of r*
 * is made of the multiples of a, all of them or those with a factor ≥ 0, so that `excess` serves there too.
 *
 * @throws ParameterError when the normal is zero.
 */
export function planeIndicator(
  identity: Pick<ProximableFunction, 'type' | 'parameters'>,
  normal: Float64Array,
  offset: number,
  excess: (height: number) => number,
): ProximableFunction {
  const dimension = normal.length;
  const norm = euclideanNorm(normal);
  if (norm === 0) throw new ParameterError(identity.type, 'normal', normal, 'a vector with an entry other than 0');
  const unit = normal.map((entry) => entry / norm);
  const distance = offset / norm;
  const differenceOf = scratchVector();

  const excessAt = (u: Float64Array): number => {
    let height = -distance;
    for (let i = 0; i < dimension; i++) height += unit[i]! * u[i]!;
    return excess(height);
  };

  /** Largest rounding error of the height of a point that is rounded to doubles. */
  const rounding = (u: Float64Array): number => {
    let size = Math.abs(distance);
    for (let i = 0; i < dimension; i++) size += Math.abs(unit[i]! * u[i]!);
    return (dimension + 3) * 2 ** -52 * size;
  };

  const violation = (u: Float64Array): number => {
    const away = Math.abs(excessAt(u));
    return away <= rounding(u) ? 0 : away;
  };

  /** Distance of p to the multiples of a. */
  const conjugateViolation = (p: Float64Array): number => {
    checkVector(identity.type, p, dimension);
    const along = excess(innerProduct(unit, p));
    const difference = differenceOf(dimension);
    for (let i = 0; i < dimension; i++) difference[i] = p[i]! - along * unit[i]!;
    const away = euclideanNorm(difference);
    return away <= (dimension + 3) * 2 ** -52 * euclideanNorm(p) ? 0 : away;
  };

  return checkedFunction({
    convex: true,
    ...identity,
    dimension,
    ...onDomain(violation),
    prox(y, _, out) {
      out.set(y);
      // The second pass removes the rounding that the first leaves of a far y.
      for (let pass = 0; pass < 2; pass++) {
        const away = excessAt(out);
        for (let i = 0; i < dimension && Math.abs(away) > 0; i++) out[i]! -= away * unit[i]!;
      }
    },
    residual(y, _, out) {
      const away = excessAt(y);
      for (let i = 0; i < dimension; i++) out[i] = away * unit[i]!;
    },
    dividedResidual(y, step, out) {
      const away = excessAt(y) / step;
      for (let i = 0; i < dimension; i++) out[i] = away * unit[i]!;
    },
    conjugate: () => onDomain(conjugateViolation, (p) => excess(innerProduct(unit, p)) * distance),
  });
}
