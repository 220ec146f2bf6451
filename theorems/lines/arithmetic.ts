import { fromDouble, type Rational, rational, sum as sumOfRationals, toDouble } from '../../src/library/exact.js';

/** The four operations on some kind of number, so that a line of the paper is coded once and checked in several arithmetics. */
export interface Arithmetic<N> {
  /** Exactly this double. */
  of(value: number): N;
  sum(...terms: readonly N[]): N;
  product(...factors: readonly N[]): N;
  quotient(numerator: N, denominator: N): N;
  negative(value: N): N;
  /** |a|. */
  magnitude(value: N): N;
  /** The amount by which left ≤ right fails, in units of the possible error of left − right: ≤ 1 passes. */
  excess(left: N, right: N): number;
  /** For display. */
  show(value: N): string;
}

/** Rationals: they have no error, so a failing inequality fails by Infinity. */
export const exact: Arithmetic<Rational> = {
  of: fromDouble,
  sum: (...terms) => sumOfRationals(terms),
  product: (...factors) => factors.reduce((product, factor) => product.mul(factor), rational(1n)),
  quotient: (numerator, denominator) => numerator.div(denominator),
  negative: (value) => value.neg(),
  magnitude: (value) => value.abs(),
  excess: (left, right) => (left.lte(right) ? 0 : Number.POSITIVE_INFINITY),
  show: (value) => `${toDouble(value)} (${value.toFraction()})`,
};

/** A double with a bound on its distance from the exact real number. */
export interface Measured {
  readonly value: number;
  readonly error: number;
}

const roundoff = 2 ** -53;

/** The error bound of an operation: the inherited errors, and the rounding of its own result. */
const measuredBy = (value: number, inherited: number): Measured => ({
  value,
  error: inherited + roundoff * Math.abs(value),
});

const add = (a: Measured, b: Measured): Measured => measuredBy(a.value + b.value, a.error + b.error);
const multiply = (a: Measured, b: Measured): Measured =>
  measuredBy(a.value * b.value, Math.abs(a.value) * b.error + Math.abs(b.value) * a.error + a.error * b.error);

/** Doubles with a running error bound: the tolerance of a line follows from the numbers in it, including cancelled ones. */
export const floating: Arithmetic<Measured> = {
  of: (value) => ({ value, error: 0 }),
  sum: (...terms) => terms.reduce(add, { value: 0, error: 0 }),
  product: (...factors) => factors.reduce(multiply),
  quotient(numerator, denominator) {
    const value = numerator.value / denominator.value;
    const least = Math.abs(denominator.value) - denominator.error;
    return measuredBy(value, (numerator.error + Math.abs(value) * denominator.error) / least);
  },
  negative: ({ value, error }) => ({ value: -value, error }),
  magnitude: ({ value, error }) => ({ value: Math.abs(value), error }),
  excess(left, right) {
    const { value, error } = add(left, { value: -right.value, error: right.error });
    return value <= 0 ? 0 : value / error;
  },
  show: ({ value, error }) => `${value} ± ${error.toPrecision(2)}`,
};

/** The operations on vectors in a line of the paper. */
export interface VectorArithmetic<N> {
  plus(a: readonly N[], b: readonly N[]): N[];
  minus(a: readonly N[], b: readonly N[]): N[];
  inner(a: readonly N[], b: readonly N[]): N;
  squaredNorm(a: readonly N[]): N;
  /** ‖a‖₁. */
  absoluteNorm(a: readonly N[]): N;
}

export function vectorsOver<N>({ sum, product, negative, magnitude }: Arithmetic<N>): VectorArithmetic<N> {
  const inner = (a: readonly N[], b: readonly N[]): N => sum(...a.map((entry, i) => product(entry, b[i]!)));
  return {
    plus: (a, b) => a.map((entry, i) => sum(entry, b[i]!)),
    minus: (a, b) => a.map((entry, i) => sum(entry, negative(b[i]!))),
    inner,
    squaredNorm: (a) => inner(a, a),
    absoluteNorm: (a) => sum(...a.map(magnitude)),
  };
}
