import { fromDouble, toDouble } from '../../exact/arithmetic/rational.js';
import { NotRationalError } from '../../exact/errors.js';
import { gradientAtPoint, valueAtPoint } from '../../exact/functions/values.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';

/** r(u) by the second implementation, in rationals, rounded once; undefined where it has no rational form. */
export function exactValue(specification: FunctionSpecification, u: Float64Array): number | undefined {
  return rationally(() => {
    const value = valueAtPoint(specification, Array.from(u, fromDouble));
    return value === undefined ? Number.POSITIVE_INFINITY : toDouble(value);
  });
}

/** ∇r(u) of a differentiable r in the same way. */
export function exactGradient(specification: FunctionSpecification, u: Float64Array): Float64Array | undefined {
  return rationally(() => Float64Array.from(gradientAtPoint(specification, Array.from(u, fromDouble)), toDouble));
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
