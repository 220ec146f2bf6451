import { maximum, one, type Rational, rational, square, sum, zero } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import { coordinateFunction } from './coordinate-function.js';
import { leastSquaresProx } from './linear-systems.js';
import { minimisers, nearestSparse, totalVariationProx } from './minimisers.js';
import { innerOf, numberOf, type Specification } from './parameters.js';
import { slopeOfPiece, valueAt } from './piecewise-quadratic.js';
import {
  complexNumbers,
  type Groups,
  isotonic,
  nearestOnSphere,
  normOf,
  ontoCappedSimplex,
  projectOnto,
  withinL1Ball,
} from './projections.js';
import { analysed, frameBoundOf, synthesised } from './semi-orthogonal.js';

/**
 * prox_{γr}(y) of functions that couple the coordinates, if the result is rational.
 *
 * @throws NotRationalError for every other function, and for points at which a norm is not rational
 */
function coupledProx(specification: Specification, step: Rational, y: readonly Rational[]): Rational[] {
  const groups = specification['groups'] as Groups;
  const weight = (): Rational => step.mul(numberOf(specification['weight']));
  switch (specification.type) {
    case 'sorted-l1':
      return sortedL1(
        y,
        numbers(specification['weights']).map((own) => step.mul(own)),
      );
    case 'least-squares-loss':
      return leastSquaresProx(specification, step, y);
    case 'max':
    case 'sum-largest': {
      const terms = rational(BigInt(Math.min((specification['count'] as number | undefined) ?? 1, y.length)));
      const shares = ontoCappedSimplex(y, weight(), weight().mul(terms));
      return y.map((value, i) => value.sub(shares[i]!));
    }
    case 'linf':
      return cutAt(y, weight());
    case 'group-linf':
      return groupwise(y, groups, (part) => cutAt(part, weight()));
    case 'total-variation-1d':
      return [...totalVariationProx(y, weight())];
    case 'huber-norm':
      return huberNorm(specification, step, y);
    case 'sparse-group':
      return sparseGroup(specification, step, y);
    case 'weighted-group-l2':
      return shrinkGroups(y, groups, (g) => step.mul(numbers(specification['groupWeights'])[g]!));
    case 'group-l2':
    case 'complex-group-l2':
      return shrinkGroups(y, groups, weight);
    case 'complex-l1':
      return shrinkGroups(y, complexNumbers(y), weight);
    case 'l2':
      return shrinkGroups(y, [[...y.keys()]], weight);
    case 'distance':
      return towards(specification, step, y);
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
  return shrinkGroups(left, groups as Groups, () => step.mul(numberOf(groupWeight)));
}

/** y with other entries in each group. */
function groupwise(
  y: readonly Rational[],
  groups: Groups,
  change: (part: readonly Rational[], g: number) => readonly Rational[],
): Rational[] {
  const result = [...y];
  groups.forEach((group, g) => {
    const changed = change(
      group.map((i) => y[i]!),
      g,
    );
    group.forEach((i, j) => {
      result[i] = changed[j]!;
    });
  });
  return result;
}

/** Shrinks every group towards 0 by its own threshold. */
const shrinkGroups = (y: readonly Rational[], groups: Groups, thresholdOf: (g: number) => Rational): Rational[] =>
  groupwise(y, groups, (part, g) => {
    const [length, threshold] = [normOf(part), thresholdOf(g)];
    return part.map((entry) => (length.gt(threshold) ? entry.mul(length.sub(threshold)).div(length) : zero));
  });

/** What is left of y without its projection onto the ball of ℓ1 with radius t: sizes beyond a level are cut. */
const cutAt = (y: readonly Rational[], t: Rational): Rational[] => {
  const away = withinL1Ball(y, t);
  return y.map((entry, i) => entry.sub(away[i]!));
};

/** y/(1 + γw) for ‖y‖ ≤ δ(1 + γw), else y shrunk towards 0 by γwδ. */
function huberNorm({ weight, threshold }: Specification, step: Rational, y: readonly Rational[]): Rational[] {
  const [share, end] = [step.mul(numberOf(weight)), numberOf(threshold)];
  const factor = one.add(share);
  const isNear = sum(y.map(square)).lte(square(end.mul(factor)));
  return isNear ? y.map((entry) => entry.div(factor)) : shrinkGroups(y, [[...y.keys()]], () => share.mul(end));
}

type Point = readonly Rational[];

/**
 * Every minimiser of ½‖u − y‖² + γr(u): one for a convex r; for another r of single entries every combination of their minimisers.
 *
 * @throws NotRationalError for functions and points with minimisers that are not rational
 */
export function proximalPoints(specification: Specification, step: Rational, y: Point): readonly Point[] {
  switch (specification.type) {
    case 'semi-orthogonal':
      return behindMatrix(specification, step, y);
    case 'sphere':
      return nearestOnSphere(y, numberOf(specification['radius']));
    case 'l0-ball':
      return nearestSparse(y, specification['sparsity'] as number);
  }
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
