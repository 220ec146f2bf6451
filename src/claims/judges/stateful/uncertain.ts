import { type Rational, toDouble, zero } from '../../../exact/arithmetic/rational.js';
import { ofDifference } from '../precision.js';

/** The exact value of a computed number, and the allowed error of a good program. */
export interface Uncertain {
  readonly value: Rational;
  readonly error: number;
}

export const nothing: Uncertain = { value: zero, error: 0 };

/** A given number, which has no error. */
export const exactly = (value: Rational): Uncertain => ({ value, error: 0 });

const size = ({ value }: Uncertain): number => Math.abs(toDouble(value));

/** ax + by in arithmetic with unit roundoff u, in any order: with the errors of x and y, and some roundings of its terms. */
export function combination(a: Rational, x: Uncertain, b: Rational, y: Uncertain, u: number): Uncertain {
  const [p, q] = [Math.abs(toDouble(a)), Math.abs(toDouble(b))];
  return {
    value: a.mul(x.value).add(b.mul(y.value)),
    error: p * x.error + q * y.error + ofDifference * u * (p * size(x) + q * size(y)),
  };
}

/** The mean βx + (1 − β)y, which may also be computed as x + (1 − β)(y − x). */
export function meanOf(beta: Rational, x: Uncertain, oneMinusBeta: Rational, y: Uncertain, u: number): Uncertain {
  const { value, error } = combination(beta, x, oneMinusBeta, y, u);
  return { value, error: error + ofDifference * u * (size(x) + size(y)) };
}

/** The sign of a number; undefined if its error covers 0. */
export function certainSign({ value, error }: Uncertain): -1 | 0 | 1 | undefined {
  const double = toDouble(value);
  if (error === 0 && double === 0) return 0;
  if (Math.abs(double) <= error) return undefined;
  return double > 0 ? 1 : -1;
}
