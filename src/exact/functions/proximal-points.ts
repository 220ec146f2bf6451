import { maximum, one, type Rational, rational, sum, zero } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import { coordinateFunction } from './coordinate-function.js';
import { leastSquaresProx } from './linear-systems.js';
import { minimisers } from './minimisers.js';
import { innerOf, numberOf, type Specification } from './parameters.js';
import { slopeOfPiece, valueAt } from './piecewise-quadratic.js';
import { complexNumbers, type Groups, isotonic, normOf, ontoCappedSimplex, projectOnto } from './projections.js';
import { analysed, frameBoundOf, synthesised } from './semi-orthogonal.js';

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
    case 'distance':
      return towards(specification, step, y);
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

/** y + min(1, γw/‖v − y‖)(v − y) with the projection v of y. */
function towards(specification: Specification, step: Rational, y: readonly Rational[]): Rational[] {
  const [nearest] = proximalPoints(innerOf(specification), one, y);
  const way = nearest!.map((entry, i) => entry.sub(y[i]!));
  const [far, move] = [normOf(way), step.mul(numberOf(specification['weight']))];
  return far.gt(move) ? y.map((entry, i) => entry.add(way[i]!.mul(move).div(far))) : [...nearest!];
}

const numbers = (values: unknown): Rational[] => Array.from(values as ArrayLike<number>, numberOf);

const soft = (y: Rational, threshold: Rational): Rational => {
  const size = maximum(y.abs().sub(threshold), zero);
  return y.lt(zero) ? size.neg() : size;
};

/** The j-th largest size becomes the positive part of entry j of the nonincreasing isotonic regression of z, z_j = |y|_(j) − t_j. */
function sortedL1(y: readonly Rational[], thresholds: readonly Rational[]): Rational[] {
  const order = [...y.keys()].sort((a, b) => y[b]!.abs().compare(y[a]!.abs()));
  const levels = isotonic(order.map((i, j) => thresholds[j]!.sub(y[i]!.abs())));
  const result = [...y];
  order.forEach((i, j) => {
    const size = maximum(levels[j]!.neg(), zero);
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
