import fc from 'fast-check';
import { dyadic, positiveDyadic } from './dyadic.js';

/** A vector of a given length. */
export function vector(entry: fc.Arbitrary<number>, dimension: number): fc.Arbitrary<number[]> {
  return fc.array(entry, { minLength: dimension, maxLength: dimension });
}

/** A parameter that may be one number for all coordinates or a vector of length n. */
export function scalarOrVector(entry: fc.Arbitrary<number>, dimension: number): fc.Arbitrary<number | number[]> {
  return fc.oneof(entry, vector(entry, dimension));
}

/** A shape of n entries in all. */
function shape(n: number): fc.Arbitrary<number[]> {
  const divisors = Array.from({ length: n }, (_, index) => index + 1).filter((rows) => n % rows === 0);
  // The most nearly square one is met most often: a single row or column is a vector.
  const middle = divisors[Math.floor(divisors.length / 2)]!;
  return fc.constantFrom(...[...divisors, middle, middle].map((rows) => [rows, n / rows]));
}

/** Groups that part the indices 0 … n − 1, in any order. */
function groups(n: number): fc.Arbitrary<number[][]> {
  return fc
    .tuple(
      vector(fc.nat({ max: n - 1 }), n),
      fc.shuffledSubarray(
        Array.from({ length: n }, (_, index) => index),
        { minLength: n, maxLength: n },
      ),
    )
    .map(([labels, order]) => {
      const parts = Array.from({ length: n }, (_, label) => order.filter((_, j) => labels[j] === label));
      return parts.filter((part) => part.length > 0);
    });
}

/** A normal vector: not 0. */
function normal(n: number): fc.Arbitrary<number[]> {
  return vector(real, n).map((entries) => (entries.some((entry) => entry !== 0) ? entries : entries.fill(1, 0, 1)));
}

/** Length from which parameters are drawn in more forms and sizes than short vectors need. */
export const manyCoordinates = 5;

export const real = dyadic();
export const positive = positiveDyadic();
export const nonnegative = positive.map((value) => value - 1 / 8);

const similarBounds = (n: number): fc.Arbitrary<Record<string, unknown>> =>
  fc.record({ lower: scalarOrVector(real, n), width: nonnegative }).map(({ lower, width }) => ({
    lower,
    upper: typeof lower === 'number' ? lower + width : lower.map((entry) => entry + width),
  }));

/** One bound a number and the other a vector, some entries of it infinite. */
const mixedBounds = (n: number): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record({ bound: real, widths: vector(fc.option(nonnegative, { nil: Infinity, freq: 3 }), n), above: fc.boolean() })
    .map(({ bound, widths, above }) =>
      above
        ? { lower: bound, upper: widths.map((width) => bound + width) }
        : { lower: widths.map((width) => bound - width), upper: bound },
    );

/** In vectors of many coordinates one in four is a size that others are small or large beside. */
const sized = (usual: fc.Arbitrary<number>, n: number): fc.Arbitrary<number> =>
  n < manyCoordinates
    ? usual
    : fc.oneof({ weight: 3, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(2 ** -7, 12, 96) });

const weighted = (n: number): fc.Arbitrary<Record<string, unknown>> => fc.record({ weight: sized(nonnegative, n) });
const strictlyWeighted = (n: number): fc.Arbitrary<Record<string, unknown>> =>
  fc.record({ weight: sized(positive, n) });
const withRadius = (n: number): fc.Arbitrary<Record<string, unknown>> => fc.record({ radius: sized(positive, n) });
const withNormal = (n: number): fc.Arbitrary<Record<string, unknown>> => fc.record({ normal: normal(n), offset: real });

/** Parameters of the functions that stand on their own, for vectors of length n: dyadic numbers. */
export const basicFunctions: Readonly<Record<string, (n: number) => fc.Arbitrary<Record<string, unknown>>>> = {
  zero: () => fc.constant({}),
  linear: (n) => fc.record({ coefficients: vector(real, n) }),
  'squared-l2': weighted,
  quadratic: (n) => fc.record({ curvature: scalarOrVector(nonnegative, n), center: scalarOrVector(real, n) }),
  l1: weighted,
  l2: weighted,
  linf: weighted,
  'elastic-net': (n) => fc.record({ l1Weight: sized(nonnegative, n), l2Weight: sized(nonnegative, n) }),
  huber: (n) => fc.record({ weight: sized(positive, n), threshold: sized(positive, n) }),
  'log-cosh': (n) => fc.record({ weight: sized(positive, n), scale: sized(positive, n) }),
  hinge: weighted,
  'squared-hinge': weighted,
  logistic: weighted,
  'log-barrier': strictlyWeighted,
  entropy: strictlyWeighted,
  'group-l2': (n) => fc.record({ weight: sized(nonnegative, n), groups: groups(n) }),
  max: weighted,
  box: (n) => (n < manyCoordinates ? similarBounds(n) : fc.oneof(similarBounds(n), mixedBounds(n))),
  nonnegative: () => fc.constant({}),
  simplex: (n) => fc.record({ total: sized(positive, n) }),
  'l1-ball': withRadius,
  'l2-ball': withRadius,
  'linf-ball': withRadius,
  hyperplane: withNormal,
  halfspace: withNormal,
  'second-order-cone': () => fc.constant({}),
  'total-variation-1d': weighted,
  'total-variation-2d': (n) =>
    fc.record({
      weight: sized(nonnegative, n),
      shape: shape(n),
      variant: fc.constantFrom('isotropic', 'anisotropic'),
    }),
  'nuclear-norm': (n) => fc.record({ weight: sized(nonnegative, n), shape: shape(n) }),
  l0: weighted,
};
