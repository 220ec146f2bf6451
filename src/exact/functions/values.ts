import { exponential, logarithm } from '../arithmetic/exponential.js';
import { maximum, one, type Rational, rational, square, sum, two, zero } from '../arithmetic/rational.js';
import { entryOf, innerOf, numberOf, type Specification } from './parameters.js';
import { complexNumbers, type Groups, normOf } from './projections.js';
import { gradientAtPoint, proximalPoints, valueAtPoint } from './proximal-points.js';
import { analysed, synthesised } from './semi-orthogonal.js';

type Point = readonly Rational[];

/** Binary digits of exponentials and logarithms: far more than any format has. */
const digits = 160;

const exp = (x: Rational): Rational => exponential(x, digits);
const log = (x: Rational): Rational => logarithm(x, digits);
const numbers = (values: unknown): Rational[] => Array.from(values as ArrayLike<number>, numberOf);
const product = (a: Point, b: Point): Rational => sum(a.map((entry, i) => entry.mul(b[i]!)));
const sizes = (u: Point): Rational[] => u.map((entry) => entry.abs());
const decreasing = (u: Point): Rational[] => [...u].sort((a, b) => b.compare(a));
const parts = (u: Point, groups: Groups): Rational[][] => groups.map((group) => group.map((i) => u[i]!));
const weighted = (weight: unknown, value: Rational): Rational => numberOf(weight).mul(value);
const indicator = (isInside: boolean): Rational | undefined => (isInside ? zero : undefined);
const residualOf = (specification: Specification, u: Point): Rational[] => {
  const target = numbers(specification['target']);
  return analysed(specification, u).map((entry, j) => entry.sub(target[j]!));
};

/** A function of one coordinate that is no piecewise quadratic: its value, undefined where it is +∞, and its slope inside of its domain. */
interface Coordinate {
  value(specification: Specification, u: Rational, i: number): Rational | undefined;
  slope(specification: Specification, u: Rational, i: number): Rational;
}

const coordinates: Readonly<Record<string, Coordinate>> = {
  logistic: {
    value: ({ weight }, u) => weighted(weight, maximum(u, zero).add(log(one.add(exp(u.abs().neg()))))),
    slope({ weight }, u) {
      const small = exp(u.abs().neg());
      return weighted(weight, (u.lt(zero) ? small : one).div(one.add(small)));
    },
  },
  'log-cosh': {
    value({ weight, scale }, u) {
      const [s, z] = [numberOf(scale), u.div(numberOf(scale)).abs()];
      return weighted(weight, square(s).mul(z.add(log(one.add(exp(z.mul(two).neg())).div(two)))));
    },
    slope({ weight, scale }, u) {
      const s = numberOf(scale);
      const small = exp(u.abs().mul(two).div(s).neg());
      const tangent = one.sub(small).div(one.add(small));
      return weighted(weight, s.mul(u.lt(zero) ? tangent.neg() : tangent));
    },
  },
  entropy: {
    value: ({ weight }, u) => (u.lt(zero) ? undefined : u.equals(zero) ? zero : weighted(weight, u.mul(log(u)))),
    slope: ({ weight }, u) => weighted(weight, log(u).add(one)),
  },
  'kullback-leibler': {
    value({ weight, prior }, u, i) {
      const p = numberOf(entryOf(prior, i));
      if (u.lt(zero)) return undefined;
      return weighted(weight, (u.equals(zero) ? zero : u.mul(log(u.div(p)))).sub(u).add(p));
    },
    slope: ({ weight, prior }, u, i) => weighted(weight, log(u.div(numberOf(entryOf(prior, i))))),
  },
  'log-barrier': {
    value: ({ weight }, u) => (u.gt(zero) ? weighted(weight, log(u)).neg() : undefined),
    slope: ({ weight }, u) => numberOf(weight).div(u).neg(),
  },
  'log-penalty': {
    value: ({ weight, scale }, u) => weighted(weight, log(one.add(u.abs().div(numberOf(scale))))),
    slope: ({ weight, scale }, u) => {
      const size = numberOf(weight).div(numberOf(scale).add(u.abs()));
      return u.lt(zero) ? size.neg() : size;
    },
  },
};

/** Sets whose points are those that a projection leaves in their place. */
const projected: readonly string[] = [
  ...['simplex', 'capped-simplex', 'monotone-cone', 'psd-cone', 'affine-set'],
  ...['l2-ball', 'complex-linf-ball', 'complex-l1-ball'],
];

/** Values of functions that couple the coordinates; undefined where one is +∞. */
const values: Readonly<Record<string, (specification: Specification, u: Point) => Rational | undefined>> = {
  l2: ({ weight }, u) => weighted(weight, normOf(u)),
  linf: ({ weight }, u) => weighted(weight, sizes(u).reduce(maximum)),
  max: ({ weight }, u) => weighted(weight, u.reduce(maximum)),
  'sum-largest': ({ weight, count }, u) => weighted(weight, sum(decreasing(u).slice(0, count as number))),
  'sorted-l1': ({ weights }, u) => product(decreasing(sizes(u)), numbers(weights)),
  'group-l2': ({ weight, groups }, u) => weighted(weight, sum(parts(u, groups as Groups).map(normOf))),
  'weighted-group-l2': ({ groupWeights, groups }, u) =>
    product(parts(u, groups as Groups).map(normOf), numbers(groupWeights)),
  'group-linf': ({ weight, groups }, u) =>
    weighted(weight, sum(parts(u, groups as Groups).map((part) => sizes(part).reduce(maximum)))),
  'sparse-group': ({ l1Weight, groupWeight, groups }, u) =>
    weighted(l1Weight, sum(sizes(u))).add(weighted(groupWeight, sum(parts(u, groups as Groups).map(normOf)))),
  'complex-l1': ({ weight }, u) => weighted(weight, sum(parts(u, complexNumbers(u)).map(normOf))),
  'complex-group-l2': ({ weight, groups }, u) => weighted(weight, sum(parts(u, groups as Groups).map(normOf))),
  'total-variation-1d': ({ weight }, u) => weighted(weight, sum(u.slice(1).map((entry, i) => entry.sub(u[i]!).abs()))),
  'least-squares-loss': (specification, u) =>
    weighted(specification['weight'], sum(residualOf(specification, u).map(square)).div(two)),
  'huber-norm'({ weight, threshold }, u) {
    const [length, t] = [normOf(u), numberOf(threshold)];
    return weighted(weight, length.lte(t) ? square(length).div(two) : t.mul(length.sub(t.div(two))));
  },
  distance(specification, u) {
    const [nearest] = proximalPoints(innerOf(specification), one, u);
    return weighted(specification['weight'], normOf(u.map((entry, i) => entry.sub(nearest![i]!))));
  },
  halfspace: ({ normal, offset }, u) => indicator(product(numbers(normal), u).lte(numberOf(offset))),
  hyperplane: ({ normal, offset }, u) => indicator(product(numbers(normal), u).equals(numberOf(offset))),
  sphere: ({ radius }, u) => indicator(sum(u.map(square)).equals(square(numberOf(radius)))),
  'l1-ball': ({ radius }, u) => indicator(sum(sizes(u)).lte(numberOf(radius))),
  'linf-ball': ({ radius }, u) => indicator(sizes(u).every((size) => size.lte(numberOf(radius)))),
  'l0-ball': ({ sparsity }, u) => indicator(u.filter((entry) => !entry.equals(zero)).length <= (sparsity as number)),
  'second-order-cone': (_, [first, ...rest]) =>
    indicator(!first!.lt(zero) && sum(rest.map(square)).lte(square(first!))),
};

/**
 * r(u), to 160 binary digits where it has exponentials or logarithms; undefined where it is +∞.
 *
 * @throws NotRationalError for functions that are not here, and where a norm is not rational
 */
export function functionValue(specification: Specification, u: Point): Rational | undefined {
  const { type } = specification;
  const own = coordinates[type];
  if (own !== undefined) {
    const terms = u.map((entry, i) => own.value(specification, entry, i));
    return terms.includes(undefined) ? undefined : sum(terms as Rational[]);
  }
  if (Object.hasOwn(values, type)) return values[type]!(specification, u);
  if (type === 'semi-orthogonal') return functionValue(innerOf(specification), analysed(specification, u));
  if (!projected.includes(type)) return valueAtPoint(specification, u);
  const [nearest] = proximalPoints(specification, one, u);
  return indicator(nearest!.every((entry, i) => entry.equals(u[i]!)));
}

/** ∇r(u) of a differentiable r. @throws NotRationalError as `functionValue` does */
export function functionGradient(specification: Specification, u: Point): Rational[] {
  const { type, weight } = specification;
  const own = coordinates[type];
  if (own !== undefined) return u.map((entry, i) => own.slope(specification, entry, i));
  switch (type) {
    case 'least-squares-loss':
      return synthesised(specification, residualOf(specification, u)).map((entry) => weighted(weight, entry));
    case 'huber-norm': {
      const [length, t] = [normOf(u), numberOf(specification['threshold'])];
      const factor = length.lte(t) ? one : t.div(length);
      return u.map((entry) => weighted(weight, entry.mul(factor)));
    }
    case 'semi-orthogonal':
      return synthesised(specification, functionGradient(innerOf(specification), analysed(specification, u)));
    default:
      return gradientAtPoint(specification, u);
  }
}

/** Domains of functions of one coordinate that are positive numbers. */
const positive: readonly string[] = ['entropy', 'kullback-leibler', 'log-barrier'];

/** How near to a solution bisection comes. */
const nearness = rational(1n, 1n << 100n);

/** Types whose prox is the u with u + γr′(u) = y in each coordinate: it has no closed form, or one with a root. */
export const solvedTypes: readonly string[] = ['logistic', 'log-cosh', ...positive];

/** Types of these whose prox has no closed form: a program iterates, and says how far. */
export const iteratedTypes: readonly string[] = solvedTypes.filter((type) => type !== 'log-barrier');

/** prox_{γr}(y) of a function of `solvedTypes`, by bisection to within 2⁻¹⁰⁰. */
export function solvedProx(specification: Specification, step: Rational, y: Point): Rational[] {
  const { slope } = coordinates[specification.type]!;
  const isPositive = positive.includes(specification.type);
  return y.map((entry, i) => {
    const isAbove = (u: Rational): boolean => u.add(step.mul(slope(specification, u, i))).gt(entry);
    let [low, high, reach] = [isPositive ? nearness : entry, isPositive ? maximum(entry, one) : entry, one];
    if (isAbove(low) && isPositive) return zero;
    for (; isAbove(low); reach = reach.mul(two)) low = entry.sub(reach);
    for (; !isAbove(high); reach = reach.mul(two)) high = high.add(reach);
    while (high.sub(low).gt(nearness)) {
      const middle = low.add(high).div(two);
      if (isAbove(middle)) high = middle;
      else low = middle;
    }
    return low;
  });
}
