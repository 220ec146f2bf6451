import { fromDouble, toDouble, zero } from '../../exact/arithmetic/rational.js';
import { NotRationalError } from '../../exact/errors.js';
import { coordinateFunction } from '../../exact/functions/functions.js';
import { slopeOfPiece, valueAt } from '../../exact/functions/piecewise-quadratic.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';

/** r(u) by the second implementation, in rationals, rounded once; undefined where it has no rational form. */
export function exactValue(specification: FunctionSpecification, u: Float64Array): number | undefined {
  return rationally(() => {
    let sum = zero;
    for (const [i, entry] of u.entries()) {
      const value = valueAt(coordinateFunction(specification, i), fromDouble(entry));
      if (value === undefined) return Number.POSITIVE_INFINITY;
      sum = sum.add(value);
    }
    return toDouble(sum);
  });
}

/** ∇r(u) of a differentiable r in the same way. */
export function exactGradient(specification: FunctionSpecification, u: Float64Array): Float64Array | undefined {
  return rationally(() =>
    u.map((entry, i) => {
      const point = fromDouble(entry);
      const piece = coordinateFunction(specification, i).find(({ from, to }) => !(from?.gt(point) || to?.lt(point)));
      return toDouble(slopeOfPiece(piece!, point));
    }),
  );
}

function rationally<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof NotRationalError) return undefined;
    throw error;
  }
}

/** Step of a difference quotient. */
export const quotientStep = 2 ** -17;

/** ∇f(x) by central differences of f: rough, and independent of any formula of a gradient. */
export function differenceQuotients(f: (x: Float64Array) => number, x: Float64Array): Float64Array {
  const at = (i: number, shift: number): number => f(x.map((value, j) => (j === i ? value + shift : value)));
  return x.map((_, i) => (at(i, quotientStep) - at(i, -quotientStep)) / (2 * quotientStep));
}
