import test from 'ava';
import fc from 'fast-check';
import { fromDouble, type Rational, rational, square, sum, toDouble, two } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import type { Specification } from './parameters.js';
import { proximalPoints, valueAtPoint } from './proximal-points.js';

type Vector = readonly Rational[];

const matrix = (rows: number, ...data: number[]) => ({ rows, columns: data.length / rows, data });
/** WWᵀ = 2I, 25/16 I, 9/4 I, 4 I and 25 I, square and wide. */
const matrices = [
  matrix(2, 1, 1, 1, -1),
  matrix(2, 0.75, -1, 1, 0.75),
  matrix(2, 0.5, -1, -1, 1, -0.5, 1),
  matrix(2, 1, 1, 1, 1, 1, -1, 1, -1),
  matrix(1, 3, -4),
];
const convex: readonly Specification[] = [
  { type: 'l1', weight: 0.75 },
  { type: 'huber', weight: 2, threshold: 0.5 },
  { type: 'box', lower: -1, upper: 0.5 },
  { type: 'quadratic', curvature: 0.5, center: 1 },
];
const nonConvex: readonly Specification[] = [
  { type: 'l0', weight: 0.5 },
  { type: 'mcp', weight: 0.5, concavity: 2 },
  { type: 'scad', weight: 0.5, concavity: 3 },
];
const specified = (choice: readonly Specification[]): fc.Arbitrary<Specification> =>
  fc
    .tuple(fc.constantFrom(...matrices), fc.constantFrom(...choice))
    .map(([own, inner]) => ({ type: 'semi-orthogonal', matrix: own, inner }));

const steps = fc.constantFrom(rational(1n, 10n), rational(1n), rational(3n));
const points = fc.array(
  fc
    .tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 1, max: 12 }))
    .map(([n, d]) => rational(BigInt(n), BigInt(d))),
  { minLength: 4, maxLength: 4 },
);
const columnsOf = (specification: Specification): number => (specification['matrix'] as { columns: number }).columns;
const minus = (a: Vector, b: Vector): Rational[] => a.map((entry, i) => entry.sub(b[i]!));
const squared = (a: Vector): Rational => sum(a.map(square));

/** ½‖v − y‖² + γr(v), undefined where it is +∞. */
function objective(specification: Specification, step: Rational, y: Vector, v: Vector): Rational | undefined {
  const value = valueAtPoint(specification, v);
  return value && squared(minus(v, y)).div(two).add(step.mul(value));
}

/** A case as the tests take it: y and v have as many entries as W has columns. */
const cases = (inners: readonly Specification[]) =>
  fc
    .record({ specification: specified(inners), step: steps, y: points, v: points })
    .map(({ specification, step, y, v }) => {
      const n = columnsOf(specification);
      return { specification, step, y: y.slice(0, n), v: v.slice(0, n) };
    });

test('the prox minimises: φ(v) ≥ φ(p) + ½‖v − p‖² for every v', (t) => {
  fc.assert(
    fc.property(cases(convex), ({ specification, step, y, v }) => {
      const [p, ...others] = proximalPoints(specification, step, y);
      const least = objective(specification, step, y, p!)!.add(squared(minus(v, p!)).div(two));
      const atV = objective(specification, step, y, v);
      return others.length === 0 && (atV === undefined || atV.gte(least));
    }),
    { numRuns: 150 },
  );
  t.pass();
});

test('for non-convex r every minimiser is reported, and no point is better', (t) => {
  const tie = { type: 'semi-orthogonal', matrix: matrices[0]!, inner: nonConvex[0]! };
  // Wy = (1, 5), and keeping z_1 costs γw = ½, which is z_1²/(2ν) for z_1² = 2: a tie at γ = ½.
  const tied = proximalPoints(tie, rational(1n, 2n), [3, -2].map(fromDouble));
  t.deepEqual(
    tied.map((p) => p.map(toDouble)),
    [
      [2.5, -2.5],
      [3, -2],
    ],
  );
  fc.assert(
    fc.property(cases(nonConvex), ({ specification, step, y, v }) => {
      const atV = objective(specification, step, y, v)!;
      const values = proximalPoints(specification, step, y).map((p) => objective(specification, step, y, p)!);
      return values.every((value) => value.equals(values[0]!) && value.lte(atV));
    }),
    { numRuns: 150 },
  );
});

test('a reflection that is rounded to doubles has values and no exact prox', (t) => {
  const own = matrix(2, 0.36, 0.48, 0.8, 0.48, 0.64, -0.6);
  const specification = { type: 'semi-orthogonal', matrix: own, inner: convex[0]! };
  const y = [1, 2, 3].map(fromDouble);
  t.true(Math.abs(toDouble(valueAtPoint(specification, y)!) - 2.82) <= 2 ** -50);
  t.throws(() => proximalPoints(specification, rational(1n), y), { instanceOf: NotRationalError });
});
