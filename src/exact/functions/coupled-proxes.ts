import { maximum, minimum, type Rational, rational, sum, zero } from '../arithmetic/rational.js';
import { numberOf, type Specification } from './parameters.js';
import { complexNumbers, type Groups, normOf, projectOnto } from './projections.js';

/**
 * prox_{γr}(y) of functions that couple the coordinates, where the result is rational.
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

/** Soft thresholding, and then every group shrunk by γβ along itself. */
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

/** Every group shrunk along itself, by the threshold of its own. */
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
