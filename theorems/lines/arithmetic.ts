import { fromDouble, type Rational, rational, sum as sumOfRationals, toDouble } from '../../src/library/exact.js';

/** The four operations on some kind of number. */
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
