import fc from 'fast-check';
import type { Dtype } from '../../claims/implementation/dtype.js';
import { type EntriesThatOverflow, type NormThatOverflows, registry } from '../../reference/functions/index.js';
import { guaranteedSteps } from './dyadic.js';
import type { ProxCase } from './prox-case.js';

/** A prox at a point whose square or exponential overflows or absorbs everything else, with the result of a formula that avoids this. */
export interface OverflowCase extends ProxCase {
  readonly result: Float64Array;
}

/** Sizes whose squares overflow, and whose exponentials do although they are ordinary numbers. */
const beyondSquares = { f64: 2 ** 600, f32: 2 ** 70, f16: 2 ** 7, bf16: 2 ** 70 } as const;
const beyondExponentials = fc.integer({ min: 750, max: 1024 });

/** Sizes whose square absorbs any product of a step and a weight; that of binary16 is infinite. */
const absorbing = (dtype: Dtype): fc.Arbitrary<number> =>
  fc.integer(dtype === 'f16' ? { min: 9, max: 11 } : { min: 28, max: 40 }).map((exponent) => 2 ** exponent);

const steps = fc.constantFrom(...guaranteedSteps);
const weights = fc.constantFrom(0.5, 1, 2, 3);
const signs = fc.constantFrom(1, -1);

/** Entries with their results. */
function entrywise(
  type: string,
  { entries: kind, parameters, at }: EntriesThatOverflow,
  dtype: Dtype,
): fc.Arbitrary<OverflowCase> {
  const sizes = kind === 'absorbing' ? absorbing(dtype) : beyondExponentials;
  return fc
    .record({
      weight: weights,
      step: steps,
      entries: fc.array(fc.tuple(sizes, signs), { minLength: 1, maxLength: 3 }),
    })
    .map(({ weight, step, entries }) => {
      const pairs = entries.map(([size, side]) => at(size, side, step * weight));
      const column = (k: 0 | 1): Float64Array => Float64Array.from(pairs, (pair) => pair[k]);
      return { specification: { type, ...parameters(weight) }, step, y: column(0), result: column(1) };
    });
}

/** Multiples of (3, 4), whose norm is 5, and their results. */
function ofNorm(
  type: string,
  { parameters, prox, before = [] }: NormThatOverflows,
  dtype: Dtype,
): fc.Arbitrary<OverflowCase> {
  return fc
    .record({ weight: weights, step: steps, factor: fc.integer({ min: 1, max: 64 }), side: signs })
    .map(({ weight, step, factor, side }) => {
      const size = factor * side * beyondSquares[dtype];
      const y = [...before, 3 * size, 4 * size];
      const result = Float64Array.from(prox(y, 5 * Math.abs(size), weight));
      return { specification: { type, ...parameters(weight) }, step, y: Float64Array.from(y), result };
    });
}

/** By type of function, cases in which a formula that squares or takes exponentials first gives 0, an infinity or NaN. */
export const overflowCases: ReadonlyMap<string, (dtype: Dtype) => fc.Arbitrary<OverflowCase>> = new Map(
  [...registry.values()].flatMap(({ definition: { type, overflow } }) => {
    if (overflow === undefined) return [];
    const cases = (dtype: Dtype): fc.Arbitrary<OverflowCase> =>
      'at' in overflow ? entrywise(type, overflow, dtype) : ofNorm(type, overflow, dtype);
    return [[type, cases] as const];
  }),
);
