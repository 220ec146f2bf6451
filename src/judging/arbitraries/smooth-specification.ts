import fc from 'fast-check';
import type { Restrictions } from '../../claims/implementation/restrictions.js';
import type { SmoothSpecification } from '../../reference/smooth/definition/smooth-function.js';
import { dyadic, positiveDyadic } from './dyadic.js';
import { restrictedTo } from './restricted.js';

type ParametersArbitrary = (dimension: number) => fc.Arbitrary<Record<string, unknown>>;

const entries = (count: number): fc.Arbitrary<number[]> =>
  fc.array(dyadic(2, 8), { minLength: count, maxLength: count });

const matrix = (rows: number, columns: number): fc.Arbitrary<Record<string, unknown>> =>
  entries(rows * columns).map((data) => ({ rows, columns, data }));

/** Rows of a matrix with n columns: three for few columns; for more, fewer rows than columns (half of the time), as many, or more. */
const rowsFor = (n: number): fc.Arbitrary<number> =>
  n <= 4 ? fc.constant(3) : fc.constantFrom(n - 3, n - 3, n, n + 2);

/** Up to three knots on either side of one of slope 0; further ones of slope 0 may follow, and slopes may fall and rise. */
const slopesAtKnots = fc
  .record({
    first: dyadic(2, 8),
    down: fc.array(fc.record({ width: positiveDyadic(2, 8), slope: fc.nat(16) }), { maxLength: 3 }),
    up: fc.array(fc.record({ width: positiveDyadic(2, 8), slope: fc.nat(16) }), { minLength: 1, maxLength: 3 }),
  })
  .map(({ first, down, up }) => {
    const knots = [first];
    for (const { width } of [...down, ...up]) knots.push(knots.at(-1)! + width);
    return {
      knots,
      slopes: [...down.map(({ slope }) => -slope / 8 || 0), 0, ...up.map(({ slope }) => slope / 8)],
    };
  });

const table: Readonly<Record<string, ParametersArbitrary>> = {
  zero: () => fc.constant({}),
  quadratic: (n) =>
    fc.record({
      curvature: fc.oneof(positiveDyadic(2), entries(n)),
      center: fc.oneof(dyadic(2), entries(n)),
    }),
  cosine: () => fc.record({ weight: positiveDyadic(2) }),
  'geman-mcclure': () => fc.record({ weight: positiveDyadic(2), scale: positiveDyadic(2) }),
  huber: () => fc.record({ weight: positiveDyadic(2), threshold: positiveDyadic(2) }),
  'piecewise-quadratic': () => slopesAtKnots,
  'log-cosh': () => fc.record({ weight: positiveDyadic(2), scale: positiveDyadic(2) }),
  'least-squares': (n) => rowsFor(n).chain((m) => fc.record({ matrix: matrix(m, n), target: entries(m) })),
  'logistic-regression': (n) =>
    rowsFor(n).chain((m) =>
      fc.record({ matrix: matrix(m, n), labels: fc.array(fc.constantFrom(-1, 1), { minLength: m, maxLength: m }) }),
    ),
  'phase-retrieval': (n) =>
    rowsFor(n).chain((m) =>
      fc.record({ matrix: matrix(m, n), intensities: entries(m).map((values) => values.map(Math.abs)) }),
    ),
};

export const generatedSmoothTypes: readonly string[] = Object.keys(table);

/** A smooth term of the given type for vectors of length `dimension`, with dyadic parameters, in a form that the restrictions leave. */
export function smoothSpecification(
  type: string,
  dimension: number,
  restrictions?: Restrictions,
): fc.Arbitrary<SmoothSpecification> {
  const parameters = table[type];
  if (parameters === undefined) throw new RangeError(`no generator for smooth terms of type "${type}"`);
  return parameters(dimension).map((values) => restrictedTo({ type, ...values }, restrictions));
}
