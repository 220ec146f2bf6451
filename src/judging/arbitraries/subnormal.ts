import fc from 'fast-check';
import { type Dtype, dtypes, smallestNormal } from '../../claims/implementation/dtype.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import type { ProxCase } from './prox-case.js';

/** A prox whose result is below the smallest normal number, and the result. */
export interface SubnormalCase extends ProxCase {
  readonly result: Float64Array;
}

/** m·2⁻ᵉ times the smallest normal number, m of five binary digits, all of which the dtype keeps there. */
const subnormal = (dtype: Dtype): fc.Arbitrary<number> =>
  fc
    .record({
      digits: fc.integer({ min: 16, max: 31 }),
      exponent: fc.integer({ min: 1, max: Math.min(8, dtypes[dtype].precision - 5) }),
      negative: fc.boolean(),
    })
    .map(
      ({ digits, exponent, negative }) => ((negative ? -digits : digits) / 16 / 2 ** exponent) * smallestNormal(dtype),
    );

const steps = fc.constantFrom(0.5, 1, 2);
const weights = fc.constantFrom(0, 0.5, 1, 3);

type Build = (dtype: Dtype) => fc.Arbitrary<SubnormalCase>;

function entrywise(
  dtype: Dtype,
  specification: fc.Arbitrary<FunctionSpecification>,
  /** The step, the specification and the wanted size to y and the result. */
  entry: (size: number, step: number, specification: FunctionSpecification) => readonly [y: number, result: number],
): fc.Arbitrary<SubnormalCase> {
  return fc
    .record({ specification, step: steps, sizes: fc.array(subnormal(dtype), { minLength: 1, maxLength: 3 }) })
    .map(({ specification, step, sizes }) => {
      const entries = sizes.map((size) => entry(size, step, specification));
      const column = (k: 0 | 1): Float64Array => Float64Array.from(entries, (pair) => pair[k]);
      return { specification, step, y: column(0), result: column(1) };
    });
}

/** Functions whose prox does not move such points. */
const keeping = (specification: FunctionSpecification, positive = false): Build => {
  const sized = (size: number): number => (positive ? Math.abs(size) : size);
  return (dtype) => entrywise(dtype, fc.constant(specification), (size) => [sized(size), sized(size)]);
};

/** Functions whose prox divides such points by 1 + γw. */
const dividing =
  (type: string, name: string, others: Readonly<Record<string, unknown>> = {}): Build =>
  (dtype) =>
    entrywise(
      dtype,
      weights.map((weight) => ({ type, ...others, [name]: weight })),
      (size, step, specification) => [size, size / (1 + step * (specification[name] as number))],
    );

/** Functions whose prox moves a point by γw = the smallest normal number towards 0, exactly. */
const shrinking =
  (type: string, name: string, others: Readonly<Record<string, unknown>> = {}): Build =>
  (dtype) =>
    steps.chain((step) =>
      entrywise(dtype, fc.constant({ type, ...others, [name]: smallestNormal(dtype) / step }), (size) => [
        size + Math.sign(size) * smallestNormal(dtype),
        size,
      ]).map((found) => ({ ...found, step })),
    );

/** Cases by type of function in which only flushing to zero can lose the result of the prox. */
export const subnormalCases: Readonly<Record<string, Build>> = {
  zero: keeping({ type: 'zero' }),
  box: keeping({ type: 'box', lower: -1, upper: 1 }),
  nonnegative: keeping({ type: 'nonnegative' }, true),
  'linf-ball': keeping({ type: 'linf-ball', radius: 1 }),
  'squared-l2': dividing('squared-l2', 'weight'),
  quadratic: dividing('quadratic', 'curvature', { center: 0 }),
  huber: dividing('huber', 'weight', { threshold: 1 }),
  l1: shrinking('l1', 'weight'),
  'elastic-net': shrinking('elastic-net', 'l1Weight', { l2Weight: 0 }),
};
