import fc from 'fast-check';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { guaranteedSteps } from './dyadic.js';
import type { ProxCase } from './prox-case.js';

/** A prox at a point whose square or exponential overflows or absorbs everything else, and the result by a formula that avoids them. */
export interface OverflowCase extends ProxCase {
  readonly result: Float64Array;
}

type Dtype = 'f64' | 'f32';

/** Sizes whose squares overflow, and whose exponentials do although they are ordinary numbers. */
const beyondSquares = { f64: 2 ** 600, f32: 2 ** 70 } as const;
const beyondExponentials = fc.integer({ min: 750, max: 1024 });

/** Sizes beside whose square no product of a step and a weight is left. */
const absorbing = fc.integer({ min: 28, max: 40 }).map((exponent) => 2 ** exponent);

const steps = fc.constantFrom(...guaranteedSteps);
const weights = fc.constantFrom(0.5, 1, 2, 3);
const signs = fc.constantFrom(1, -1);

/** One entry with its result. */
function entrywise(
  sizes: fc.Arbitrary<number>,
  specify: (weight: number) => FunctionSpecification,
  /** y at a size on one side of 0, and its prox. */
  entry: (size: number, side: number, product: number) => readonly [y: number, result: number],
): fc.Arbitrary<OverflowCase> {
  return fc
    .record({
      weight: weights,
      step: steps,
      entries: fc.array(fc.tuple(sizes, signs), { minLength: 1, maxLength: 3 }),
    })
    .map(({ weight, step, entries }) => {
      const pairs = entries.map(([size, side]) => entry(size, side, step * weight));
      const column = (k: 0 | 1): Float64Array => Float64Array.from(pairs, (pair) => pair[k]);
      return { specification: specify(weight), step, y: column(0), result: column(1) };
    });
}

/** Multiples of (3, 4), whose norm is 5, and their results. */
function ofNorm(
  specify: (weight: number) => FunctionSpecification,
  result: (y: readonly number[], norm: number, weight: number) => readonly number[],
  before: readonly number[] = [],
) {
  return (dtype: Dtype): fc.Arbitrary<OverflowCase> =>
    fc
      .record({ weight: weights, step: steps, factor: fc.integer({ min: 1, max: 64 }), side: signs })
      .map(({ weight, step, factor, side }) => {
        const size = factor * side * beyondSquares[dtype];
        const y = [...before, 3 * size, 4 * size];
        const right = result(y, 5 * Math.abs(size), weight);
        return { specification: specify(weight), step, y: Float64Array.from(y), result: Float64Array.from(right) };
      });
}

/** u with u + t(1 + log u) = y for y far above t: log u hardly moves, so the equation taken as a rule gains digits in every round. */
function entropyProx(y: number, t: number): number {
  let u = y;
  for (let round = 0; round < 40; round++) u = y - t * (1 + Math.log(u));
  return u;
}

/** By type of function, cases in which a formula that squares or takes exponentials first gives 0, an infinity or NaN. */
export const overflowCases: Readonly<Record<string, (dtype: Dtype) => fc.Arbitrary<OverflowCase>>> = {
  // The slope is 1 far above 0, and 0 far below.
  logistic: () =>
    entrywise(
      beyondExponentials,
      (weight) => ({ type: 'logistic', weight }),
      (size, side, product) => [side * size, side > 0 ? size - product : -size],
    ),
  'log-cosh': () =>
    entrywise(
      beyondExponentials,
      (weight) => ({ type: 'log-cosh', weight, scale: 0.5 }),
      (size, side, product) => [side * size, side * (size - product / 2)],
    ),
  entropy: () =>
    entrywise(
      beyondExponentials,
      (weight) => ({ type: 'entropy', weight }),
      (size, _side, product) => [size, entropyProx(size, product)],
    ),
  // u² − yu = t, the small root of which is −t/y to a relative t/y².
  'log-barrier': () =>
    entrywise(
      absorbing,
      (weight) => ({ type: 'log-barrier', weight }),
      (size, side, product) => [side * size, side > 0 ? size : product / size],
    ),
  l2: ofNorm(
    (weight) => ({ type: 'l2', weight }),
    (y) => y,
  ),
  'group-l2': ofNorm(
    (weight) => ({ type: 'group-l2', weight, groups: [[0, 1]] }),
    (y) => y,
  ),
  'weighted-group-l2': ofNorm(
    (weight) => ({ type: 'weighted-group-l2', groupWeights: [weight], groups: [[0, 1]] }),
    (y) => y,
  ),
  'l2-ball': ofNorm(
    (radius) => ({ type: 'l2-ball', radius }),
    (y, norm, radius) => y.map((entry) => radius * (entry / norm)),
  ),
  'complex-l1': ofNorm(
    (weight) => ({ type: 'complex-l1', weight }),
    (y) => y,
  ),
  'complex-linf-ball': ofNorm(
    (radius) => ({ type: 'complex-linf-ball', radius }),
    (y, norm, radius) => y.map((entry) => radius * (entry / norm)),
  ),
  // (0, v) goes halfway to the boundary.
  'second-order-cone': ofNorm(
    () => ({ type: 'second-order-cone' }),
    ([, ...v], norm) => [norm / 2, ...v.map((entry) => entry / 2)],
    [0],
  ),
};
