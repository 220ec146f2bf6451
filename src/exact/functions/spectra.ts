import { one, type Rational, rational, sum, zero } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';

type Matrix = readonly Rational[];

/** Row by row, as vectors hold matrices. */
const matrixOf = (order: number, entry: (i: number, j: number) => Rational): Matrix =>
  Array.from({ length: order * order }, (_, k) => entry(Math.floor(k / order), k % order));

const times = (a: Matrix, b: Matrix, order: number): Matrix =>
  matrixOf(order, (i, j) => sum(Array.from({ length: order }, (_, k) => a[i * order + k]!.mul(b[k * order + j]!))));

/** A + cI. */
const shifted = (a: Matrix, c: Rational, order: number): Matrix =>
  a.map((entry, k) => (k % (order + 1) === 0 ? entry.add(c) : entry));

const traceOf = (a: Matrix, order: number): Rational => sum(a.filter((_, k) => k % (order + 1) === 0));

/** c_0 … c_n of det(λI − A) = Σ c_k λⁿ⁻ᵏ, by the method of Faddeev and Le Verrier. */
function characteristic(a: Matrix, order: number): Rational[] {
  const coefficients = [one];
  let power: Matrix = matrixOf(order, () => zero);
  for (let k = 1; k <= order; k++) {
    power = times(a, shifted(power, coefficients[k - 1]!, order), order);
    coefficients.push(traceOf(power, order).div(rational(BigInt(-k))));
  }
  return coefficients;
}

/** The polynomial at λ, and its quotient by (· − λ): Horner's rule. */
function divided(
  coefficients: readonly Rational[],
  at: Rational,
): { readonly rest: Rational; readonly quotient: Rational[] } {
  const partial: Rational[] = [];
  for (const coefficient of coefficients) partial.push((partial.at(-1) ?? zero).mul(at).add(coefficient));
  return { rest: partial.pop()!, quotient: partial };
}

/** ⌊a/b⌋. */
function floor({ s, n, d }: Rational): bigint {
  return s < 0n ? -((n + d - 1n) / d) : n / d;
}

/** Most steps from one root to the next. */
const mostSteps = 1000;

/**
 * The roots of a polynomial with leading coefficient 1 that are integers, where all of its roots are real and none is above `from`: Newton's
 * method does not go below the largest root from above, and neither does it in whole steps.
 *
 * @throws NotRationalError unless every root is an integer
 */
function integerRoots(coefficients: readonly Rational[], from: Rational): Rational[] {
  if (coefficients.length === 1) return [];
  let at = from;
  for (let step = 0; step < mostSteps; step++) {
    const { rest, quotient } = divided(coefficients, at);
    if (rest.n === 0n) return [at, ...integerRoots(quotient, at)];
    const slope = divided(quotient, at).rest;
    // Below the largest root, which then is no integer.
    if (!rest.gt(zero) || !slope.gt(zero)) break;
    const way = floor(rest.div(slope));
    at = at.sub(rational(way > 0n ? way : 1n));
  }
  throw new NotRationalError('the eigenvalues are not rational');
}

/**
 * The eigenvalues of a symmetric matrix, each as often as it occurs. Times a common denominator of the entries they are roots of a polynomial with
 * integer coefficients and the leading one 1, so each is an integer or not rational.
 */
function eigenvaluesOf(a: Matrix, order: number): Rational[] {
  const denominator = rational(a.reduce((common, { d }) => common * d, 1n));
  const scaled = a.map((entry) => entry.mul(denominator));
  const bound = sum(scaled.map((entry) => entry.abs()));
  return integerRoots(characteristic(scaled, order), bound).map((root) => root.div(denominator));
}

/**
 * The positive semidefinite matrix nearest to A: Σ λE_λ over the eigenvalues λ > 0 of ½(A + Aᵀ), with the projections
 * E_λ = Π_{μ ≠ λ} (½(A + Aᵀ) − μI)/(λ − μ) onto their eigenspaces (Higham 1988).
 *
 * @throws NotRationalError where the eigenvalues are not rational
 */
export function positivePart(a: Matrix, order: number): Rational[] {
  const half = rational(1n, 2n);
  const part = matrixOf(order, (i, j) => a[i * order + j]!.add(a[j * order + i]!).mul(half));
  const all = eigenvaluesOf(part, order);
  const spectrum = all.filter((lambda, k) => k === 0 || !lambda.equals(all[k - 1]!));
  const terms = spectrum
    .filter((lambda) => lambda.gt(zero))
    .map((lambda) =>
      spectrum
        .filter((mu) => !mu.equals(lambda))
        .reduce(
          (product, mu) =>
            times(product, shifted(part, mu.neg(), order), order).map((entry) => entry.div(lambda.sub(mu))),
          matrixOf(order, (i, j) => (i === j ? lambda : zero)),
        ),
    );
  return part.map((_, k) => sum(terms.map((term) => term[k]!)));
}
