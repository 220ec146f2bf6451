import { maximum, minimum, type Rational, rational, square, sum, zero } from '../arithmetic/rational.js';
import { NotRationalError } from '../errors.js';
import { numberOf, type Specification } from './parameters.js';

/**
 * Projections onto sets that couple the coordinates, where the result is rational.
 *
 * @throws NotRationalError for every other function, and for points whose distance is not rational
 */
export function projectOnto(specification: Specification, y: readonly Rational[]): Rational[] {
  switch (specification.type) {
    case 'simplex':
      return ontoSimplex(y, numberOf(specification['total']));
    case 'l2-ball':
      return ontoBall(y, numberOf(specification['radius']));
    case 'complex-linf-ball':
      return withModuli(y, (moduli) => moduli.map((size) => minimum(size, numberOf(specification['radius']))));
    case 'complex-l1-ball':
      return withModuli(y, (moduli) => ontoL1Ball(moduli, numberOf(specification['radius'])));
    default:
      throw new NotRationalError(`${specification.type} has no rational projection here`);
  }
}

/**
 * The u ≥ 0 with Σu_i = t nearest to y: u_i = max(y_i − τ, 0). Every set of largest elements gives a candidate τ; the right one is
 * the largest of them, because Σmax(y_i − τ, 0) decreases in τ and every candidate leaves at least t.
 */
function ontoSimplex(y: readonly Rational[], total: Rational): Rational[] {
  const sorted = [...y].sort((a, b) => b.compare(a));
  const shift = sorted
    .map((_, j) =>
      sum(sorted.slice(0, j + 1))
        .sub(total)
        .div(rational(BigInt(j + 1))),
    )
    .reduce(maximum);
  return y.map((value) => maximum(value.sub(shift), zero));
}

/** Sets of indices. */
export type Groups = readonly (readonly number[])[];

/** The places of every complex number in the vector of its parts: two, but of the last one where their number is odd. */
export const complexNumbers = (y: readonly Rational[]): Groups =>
  y.flatMap((_, i) => (i % 2 === 1 ? [] : [i + 1 < y.length ? [i, i + 1] : [i]]));

/** Every complex number with another modulus, in its own direction. */
function withModuli(y: readonly Rational[], change: (moduli: readonly Rational[]) => readonly Rational[]): Rational[] {
  const moduli = complexNumbers(y).map((places) => normOf(places.map((i) => y[i]!)));
  const changed = change(moduli);
  return y.map((value, i) => {
    const [size, image] = [moduli[i >> 1]!, changed[i >> 1]!];
    return size.equals(image) ? value : value.mul(image).div(size);
  });
}

/** Sizes that sum to R at most, else their projection onto the simplex. */
const ontoL1Ball = (sizes: readonly Rational[], radius: Rational): readonly Rational[] =>
  sum([...sizes]).lte(radius) ? sizes : ontoSimplex(sizes, radius);

/** y inside the ball, else y·r/‖y‖, which is rational when ‖y‖ is. */
function ontoBall(y: readonly Rational[], radius: Rational): Rational[] {
  const squared = sum(y.map(square));
  if (squared.lte(square(radius))) return [...y];
  const length = rootOf(squared);
  return y.map((value) => value.mul(radius).div(length));
}

/** ‖y‖₂. @throws NotRationalError where it is not rational */
export function normOf(y: readonly Rational[]): Rational {
  return rootOf(sum(y.map(square)));
}

function rootOf(squared: Rational): Rational {
  const root = rational(integerRoot(squared.n), integerRoot(squared.d));
  if (!square(root).equals(squared)) throw new NotRationalError('the norm of the point is not rational');
  return root;
}

/** ⌊√n⌋ by Newton's method from above. */
function integerRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let root = n;
  for (let next = (root + 1n) >> 1n; next < root; next = (root + n / root) >> 1n) root = next;
  return root;
}
