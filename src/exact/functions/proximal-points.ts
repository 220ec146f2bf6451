import { maximum, minimum, one, type Rational, rational, square, sum, zero } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import { coordinateFunction } from './coordinate-function.js';
import { leastSquaresProx, ontoAffineSet } from './linear-systems.js';
import { minimisers } from './minimisers.js';
import { innerOf, numberOf, type Specification } from './parameters.js';
import { slopeOfPiece, valueAt } from './piecewise-quadratic.js';
import { analysed, frameBoundOf, synthesised } from './semi-orthogonal.js';
import { isotonic, ontoCappedSimplex } from './thresholds.js';

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
    case 'affine-set':
      return ontoAffineSet(specification, y);
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
type Groups = readonly (readonly number[])[];

/** The indices of every complex number in the vector of parts: two, or one for the last number if the length is odd. */
const complexNumbers = (y: readonly Rational[]): Groups =>
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

/** y inside the ball, else y·r/‖y‖, which is rational when ‖y‖ is. */
function ontoBall(y: readonly Rational[], radius: Rational): Rational[] {
  const squared = sum(y.map(square));
  if (squared.lte(square(radius))) return [...y];
  const length = rootOf(squared);
  return y.map((value) => value.mul(radius).div(length));
}

/** ‖y‖₂. @throws NotRationalError if it is not rational */
function normOf(y: readonly Rational[]): Rational {
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

/**
 * prox_{γr}(y) of functions that couple the coordinates, if the result is rational.
 *
 * @throws NotRationalError for every other function, and for points at which a norm is not rational
 */
export function coupledProx(specification: Specification, step: Rational, y: readonly Rational[]): Rational[] {
  switch (specification.type) {
    case 'sorted-l1':
      return sortedL1(
        y,
        numbers(specification['weights']).map((weight) => step.mul(weight)),
      );
    case 'least-squares-loss':
      return leastSquaresProx(specification, step, y);
    case 'sum-largest': {
      const cap = step.mul(numberOf(specification['weight']));
      const terms = rational(BigInt(Math.min(specification['count'] as number, y.length)));
      const shares = ontoCappedSimplex(y, cap, cap.mul(terms));
      return y.map((value, i) => value.sub(shares[i]!));
    }
    case 'sparse-group':
      return sparseGroup(specification, step, y);
    case 'weighted-group-l2':
      return shrinkGroups(
        y,
        specification['groups'] as Groups,
        numbers(specification['groupWeights']).map((weight) => step.mul(weight)),
      );
    case 'complex-l1': {
      const numbers = complexNumbers(y);
      return shrinkGroups(
        y,
        numbers,
        numbers.map(() => step.mul(numberOf(specification['weight']))),
      );
    }
    case 'complex-group-l2': {
      const groups = specification['groups'] as Groups;
      return shrinkGroups(
        y,
        groups,
        groups.map(() => step.mul(numberOf(specification['weight']))),
      );
    }
    case 'l2':
      return sparseGroup(
        { ...specification, l1Weight: 0, groupWeight: specification['weight'], groups: [[...y.keys()]] },
        step,
        y,
      );
    default:
      return projectOnto(specification, y);
  }
}

const numbers = (values: unknown): Rational[] => Array.from(values as ArrayLike<number>, numberOf);

const soft = (y: Rational, threshold: Rational): Rational => {
  const size = maximum(y.abs().sub(threshold), zero);
  return y.lt(zero) ? size.neg() : size;
};

/**
 * The j-th largest size becomes the positive part of the least over k ≤ j of the largest over l ≥ j mean of z_k … z_l, z_j = |y|_(j) − t_j: the
 * isotonic regression of z by the formula of Barlow et al. (1972).
 */
function sortedL1(y: readonly Rational[], thresholds: readonly Rational[]): Rational[] {
  const order = [...y.keys()].sort((a, b) => y[b]!.abs().compare(y[a]!.abs()));
  const z = order.map((i, j) => y[i]!.abs().sub(thresholds[j]!));
  const mean = (k: number, l: number): Rational => sum(z.slice(k, l + 1)).div(rational(BigInt(l + 1 - k)));
  const result = [...y];
  order.forEach((i, j) => {
    const above = z.map((_, l) => l).slice(j);
    const level = z
      .slice(0, j + 1)
      .map((_, k) => above.map((l) => mean(k, l)).reduce(maximum))
      .reduce(minimum);
    const size = maximum(level, zero);
    result[i] = y[i]!.lt(zero) ? size.neg() : size;
  });
  return result;
}

/** Soft thresholding, then every group shrunk towards 0 by γβ. */
function sparseGroup(
  { l1Weight, groupWeight, groups }: Specification,
  step: Rational,
  y: readonly Rational[],
): Rational[] {
  const left = y.map((entry) => soft(entry, step.mul(numberOf(l1Weight))));
  const parts = groups as Groups;
  return shrinkGroups(
    left,
    parts,
    parts.map(() => step.mul(numberOf(groupWeight))),
  );
}

/** Shrinks every group towards 0 by its own threshold. */
function shrinkGroups(y: readonly Rational[], groups: Groups, thresholds: readonly Rational[]): Rational[] {
  const result = [...y];
  groups.forEach((group, g) => {
    const [length, threshold] = [normOf(group.map((i) => y[i]!)), thresholds[g]!];
    for (const i of group) {
      result[i] = length.gt(threshold) ? y[i]!.mul(length.sub(threshold)).div(length) : zero;
    }
  });
  return result;
}

type Point = readonly Rational[];

/**
 * Every minimiser of ½‖u − y‖² + γr(u): one for a convex r; for another r every combination of its entries' minimisers.
 *
 * @throws NotRationalError for functions and points with minimisers that are not rational
 */
export function proximalPoints(specification: Specification, step: Rational, y: Point): readonly Point[] {
  if (specification.type === 'semi-orthogonal') return behindMatrix(specification, step, y);
  try {
    return y
      .map((value, i) => minimisers(coordinateFunction(specification, i), step, value).map(({ at }) => at))
      .reduce<readonly Point[]>((heads, entries) => heads.flatMap((head) => entries.map((at) => [...head, at])), [[]]);
  } catch (error) {
    if (!(error instanceof NotRationalError)) throw error;
    return [coupledProx(specification, step, y)];
  }
}

/** y + Wᵀ(q − Wy)/ν for every minimiser q of ½‖q − Wy‖² + νγg(q). */
function behindMatrix(specification: Specification, step: Rational, y: Point): readonly Point[] {
  const bound = frameBoundOf(specification);
  const z = analysed(specification, y);
  return proximalPoints(innerOf(specification), bound.mul(step), z).map((q) => {
    const way = synthesised(
      specification,
      q.map((entry, j) => entry.sub(z[j]!)),
    );
    return y.map((entry, i) => entry.add(way[i]!.div(bound)));
  });
}

/**
 * r(u) for sums of one-dimensional functions, and for such sums composed with a matrix; undefined if it is +∞.
 *
 * @throws NotRationalError for every other function
 */
export function valueAtPoint(specification: Specification, u: readonly Rational[]): Rational | undefined {
  if (specification.type === 'semi-orthogonal') return valueAtPoint(innerOf(specification), analysed(specification, u));
  const terms = u.map((entry, i) => valueAt(coordinateFunction(specification, i), entry));
  return terms.includes(undefined) ? undefined : sum(terms as Rational[]);
}

/**
 * ∇r(u) of a differentiable r.
 *
 * @throws NotRationalError when `valueAtPoint` does
 */
export function gradientAtPoint(specification: Specification, u: readonly Rational[]): Rational[] {
  if (specification.type === 'semi-orthogonal') {
    return synthesised(specification, gradientAtPoint(innerOf(specification), analysed(specification, u)));
  }
  return u.map((entry, i) => {
    const piece = coordinateFunction(specification, i).find(({ from, to }) => !(from?.gt(entry) || to?.lt(entry)));
    return slopeOfPiece(piece!, entry);
  });
}
