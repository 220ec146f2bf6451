import { fromDouble, type Rational, rational, sum as sumOfRationals, toDouble } from '../../src/library/exact.js';

/** Exactly this double. */
export const of = fromDouble;

export const sum = (...terms: readonly Rational[]): Rational => sumOfRationals(terms);
export const product = (...factors: readonly Rational[]): Rational =>
  factors.reduce((product, factor) => product.mul(factor), rational(1n));
export const quotient = (numerator: Rational, denominator: Rational): Rational => numerator.div(denominator);
export const negative = (value: Rational): Rational => value.neg();

/** |a|. */
export const magnitude = (value: Rational): Rational => value.abs();

/** For display. */
export const show = (value: Rational): string => `${toDouble(value)} (${value.toFraction()})`;

type Vector = readonly Rational[];

export const plus = (a: Vector, b: Vector): Rational[] => a.map((entry, i) => sum(entry, b[i]!));
export const minus = (a: Vector, b: Vector): Rational[] => a.map((entry, i) => sum(entry, negative(b[i]!)));
export const inner = (a: Vector, b: Vector): Rational => sum(...a.map((entry, i) => product(entry, b[i]!)));
export const squaredNorm = (a: Vector): Rational => inner(a, a);
/** ‖a‖₁. */
export const absoluteNorm = (a: Vector): Rational => sum(...a.map(magnitude));
