import { checkVector, proxReceiver } from '../definition/arguments.js';
import { defineFunction } from '../definition/define-function.js';
import { onDomain } from '../definition/on-domain.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { euclideanNorm } from '../numerics/euclidean-norm.js';
import { innerProduct } from '../numerics/inner-product.js';
import { plane } from '../numerics/plane.js';
import { scratchVector } from '../numerics/scratch.js';
import { number } from '../parameters/number.js';
import { vector } from '../parameters/vector.js';

const TYPE = 'halfspace';

/**
 * r = indicator of {u : ⟨a, u⟩ ≤ b}, a ≠ 0. prox_{γr}(y) = y inside, y − (⟨a, y⟩ − b)a/‖a‖² outside, for every γ;
 * ρ(y) = max(⟨a, y⟩ − b, 0)a/‖a‖²; r*(p) = λb for p = λa with λ ≥ 0, else +∞. `value` and r* allow the rounding of the inner product.
 */
export const halfspace = defineFunction({
  type: TYPE,
  formula: '0 if sum_i normal_i * u_i <= offset, else Infinity',
  parameters: { normal: vector(), offset: number() },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes' },
  examples: [
    { normal: [2, -1, 0.5], offset: 1.5 },
    { normal: [-4], offset: 2 },
  ],
  create({ normal, offset }, identity): ProximableFunction {
    const { unit, distance, height, rounding } = plane(TYPE, normal, offset);
    const dimension = normal.length;
    const differenceOf = scratchVector();

    const violation = (u: Float64Array): number => {
      checkVector(TYPE, u, dimension);
      const above = height(u);
      return above <= rounding(u) ? 0 : above;
    };

    /** Distance of p to the ray {λa : λ ≥ 0}. */
    const rayViolation = (p: Float64Array): number => {
      checkVector(TYPE, p, dimension);
      const along = Math.max(0, innerProduct(unit, p));
      const difference = differenceOf(dimension);
      for (let i = 0; i < dimension; i++) difference[i] = p[i]! - along * unit[i]!;
      const away = euclideanNorm(difference);
      return away <= (dimension + 3) * 2 ** -52 * euclideanNorm(p) ? 0 : away;
    };
    const support = (p: Float64Array): number => Math.max(0, innerProduct(unit, p)) * distance;

    return {
      ...identity,
      convex: true,
      dimension,
      ...(dimension === 1 && { kinks: () => [offset / normal[0]!] }),
      ...onDomain(violation),
      prox(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out, dimension);
        result.set(y);
        // The second pass removes the rounding that the first leaves of a far y.
        for (let pass = 0; pass < 2; pass++) {
          const above = height(result);
          for (let i = 0; i < dimension && above > 0; i++) result[i]! -= above * unit[i]!;
        }
        return result;
      },
      residual(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out, dimension);
        const above = Math.max(height(y), 0);
        for (let i = 0; i < dimension; i++) result[i] = above * unit[i]!;
        return result;
      },
      dividedResidual(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out, dimension);
        const above = Math.max(height(y), 0) / step;
        for (let i = 0; i < dimension; i++) result[i] = above * unit[i]!;
        return result;
      },
      conjugate: () => onDomain(rayViolation, support),
    };
  },
});
