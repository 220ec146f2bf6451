import {
  integerRoot,
  maximum,
  minimum,
  one,
  type Rational,
  rational,
  square,
  sum,
  zero,
} from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import { ontoAffineSet, ontoPlane } from './linear-systems.js';
import { numberOf, type Specification } from './parameters.js';
import { positivePart } from './spectra.js';

/**
 * Projections onto sets that couple the coordinates, if the result is rational.
 *
 * @throws NotRationalError for every other function, and for points whose distance is not rational
 */
export function projectOnto(specification: Specification, y: readonly Rational[]): Rational[] {
  switch (specification.type) {
    case 'simplex':
      return ontoSimplex(y, numberOf(specification['total']));
    case 'capped-simplex':
      return ontoCappedSimplex(y, one, numberOf(specification['total']));
    case 'monotone-cone':
      return isotonic(y);
    case 'psd-cone':
      return positivePart(y, (specification['shape'] as readonly number[])[0]!);
    case 'affine-set':
      return ontoAffineSet(specification, y);
    case 'hyperplane':
    case 'halfspace':
      return ontoPlane(specification, y);
    case 'l2-ball':
      return ontoBall(y, numberOf(specification['radius']));
    case 'l1-ball':
      return withinL1Ball(y, numberOf(specification['radius']));
    case 'linf-ball': {
      const radius = numberOf(specification['radius']);
      return y.map((value) => maximum(minimum(value, radius), radius.neg()));
    }
    case 'second-order-cone':
      return ontoSecondOrderCone(y);
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

/** The indices of every complex number in the vector of parts: two, or one for the last number if the length is odd. */
export const complexNumbers = (y: readonly Rational[]): Groups =>
  y.flatMap((_, i) => (i % 2 === 1 ? [] : [i + 1 < y.length ? [i, i + 1] : [i]]));

/** Every complex number with another modulus and the same direction. */
function withModuli(y: readonly Rational[], change: (moduli: readonly Rational[]) => readonly Rational[]): Rational[] {
  const moduli = complexNumbers(y).map((places) => normOf(places.map((i) => y[i]!)));
  const changed = change(moduli);
  return y.map((value, i) => {
    const [size, image] = [moduli[i >> 1]!, changed[i >> 1]!];
    return size.equals(image) ? value : value.mul(image).div(size);
  });
}

/** The sizes if their sum is at most R, else their projection onto the simplex. */
const ontoL1Ball = (sizes: readonly Rational[], radius: Rational): readonly Rational[] =>
  sum([...sizes]).lte(radius) ? sizes : ontoSimplex(sizes, radius);

/** The point with Σ|u_i| ≤ R that is nearest to y. */
export function withinL1Ball(y: readonly Rational[], radius: Rational): Rational[] {
  const sizes = ontoL1Ball(
    y.map((value) => value.abs()),
    radius,
  );
  return y.map((value, i) => (value.lt(zero) ? sizes[i]!.neg() : sizes[i]!));
}

/** With y = (h, v) and s = ‖v‖: y for s ≤ h, 0 for s ≤ −h, else ½(h + s)(1, v/s). */
function ontoSecondOrderCone(y: readonly Rational[]): Rational[] {
  const [head, ...tail] = y as [Rational, ...Rational[]];
  if (sum(tail.map(square)).lte(square(head))) return head.lt(zero) ? y.map(() => zero) : [...y];
  const length = normOf(tail);
  const height = head.add(length).div(rational(2n));
  return [height, ...tail.map((value) => value.mul(height).div(length))];
}

/**
 * Every point of the sphere nearest to y.
 *
 * @throws NotRationalError at 0, where every point of the sphere is, unless the sphere has two of them or one
 */
export function nearestOnSphere(y: readonly Rational[], radius: Rational): readonly (readonly Rational[])[] {
  if (y.some((value) => value.n !== 0n)) {
    const length = normOf(y);
    return [y.map((value) => value.mul(radius).div(length))];
  }
  if (radius.n === 0n) return [y];
  if (y.length > 1) throw new NotRationalError('every point of the sphere is nearest');
  return [[radius.neg()], [radius]];
}

/** y inside the ball, else y·r/‖y‖, which is rational when ‖y‖ is. */
function ontoBall(y: readonly Rational[], radius: Rational): Rational[] {
  const squared = sum(y.map(square));
  if (squared.lte(square(radius))) return [...y];
  const length = rootOf(squared);
  return y.map((value) => value.mul(radius).div(length));
}

/** ‖y‖₂. @throws NotRationalError if it is not rational */
export function normOf(y: readonly Rational[]): Rational {
  return rootOf(sum(y.map(square)));
}

function rootOf(squared: Rational): Rational {
  const root = rational(integerRoot(squared.n), integerRoot(squared.d));
  if (!square(root).equals(squared)) throw new NotRationalError('the norm of the point is not rational');
  return root;
}

const clip = (value: Rational, cap: Rational): Rational => minimum(maximum(value, zero), cap);

/**
 * The u with 0 ≤ u_i ≤ c and Σu_i = t that is nearest to y: u_i = clip(y_i − τ, 0, c). Their sum falls from nc to 0 in τ, and is linear between
 * the numbers y_i and y_i − c.
 */
export function ontoCappedSimplex(y: readonly Rational[], cap: Rational, total: Rational): Rational[] {
  const sharesAt = (level: Rational): Rational[] => y.map((value) => clip(value.sub(level), cap));
  const levels = y.flatMap((value) => [value, value.sub(cap)]).sort((a, b) => a.compare(b));
  const k = levels.findLastIndex((level) => !sum(sharesAt(level)).lt(total));
  const [low, high] = [levels[k]!, levels[k + 1] ?? levels[k]!];
  const [most, least] = [sum(sharesAt(low)), sum(sharesAt(high))];
  if (most.equals(total)) return sharesAt(low);
  const share = most.sub(total).div(most.sub(least));
  return sharesAt(low.add(share.mul(high.sub(low))));
}

/** The isotonic regression of y: entry j is the largest over k ≤ j of the least over l ≥ j mean of y_k … y_l (Barlow et al. 1972). */
export function isotonic(y: readonly Rational[]): Rational[] {
  const mean = (k: number, l: number): Rational => sum(y.slice(k, l + 1)).div(rational(BigInt(l + 1 - k)));
  const ends = [...y.keys()];
  return y.map((_, j) =>
    ends
      .slice(0, j + 1)
      .map((k) =>
        ends
          .slice(j)
          .map((l) => mean(k, l))
          .reduce(minimum),
      )
      .reduce(maximum),
  );
}
