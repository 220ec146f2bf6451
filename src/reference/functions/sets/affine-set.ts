import { checkVector, ParameterError } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { rowFactors } from '../numerics/matrices.js';
import { euclideanNorm, innerProduct } from '../numerics/vectors.js';
import { type MatrixSpecification, matrix } from '../parameters/semi-orthogonal-matrix.js';
import { vector } from '../parameters/vector.js';

const TYPE = 'affine-set';

/** Projections one after another: the later ones remove the rounding that the first leaves of a far y or of nearly dependent rows. */
const PASSES = 3;

/** The point of {u : Au = b} that is nearest to y, for wrong forms. */
function nearest(matrix: MatrixSpecification, target: Float64Array, y: Float64Array): Float64Array {
  return affineSet({ matrix, target }).prox(y, 1);
}

/**
 * r = indicator of {u : Au = b}, A of linearly independent rows, m ≤ n. With A = LQ, L lower triangular and QQᵀ = I, the heights of y are
 * h = L⁻¹(Ay − b); for every γ prox_{γr}(y) = y − Qᵀh = y − Aᵀ(AAᵀ)⁻¹(Ay − b), ρ(y) = Qᵀh, and the distance of y is ‖h‖.
 * r*(p) = ⟨λ, b⟩ for p = Aᵀλ, else +∞. `value` and r* allow the rounding of the inner products.
 *
 * @throws ParameterError if there are more rows than columns, or a row is a combination of those before it, up to 2⁻⁴⁰ of its length
 * @example
 * const line = affineSet({ matrix: { rows: 2, columns: 3, data: [1, 1, 0, 0, 0, 2] }, target: [4, 2] });
 * assert.ok(Math.abs(line.prox(Float64Array.of(1, 1, 9), 1)[0] - 2) < 1e-15);
 */
export const affineSet = defineFunction({
  type: TYPE,
  formula: '0 if matrix * u = target, else Infinity',
  parameters: { matrix, target: vector() },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', indicator: 'yes' },
  drawn: { matrix: 'independent-rows', target: 'one-per-row' },
  examples: [
    { matrix: { rows: 2, columns: 3, data: [2, -1, 0.5, 0, 1, 1] }, target: [1.5, -1] },
    { matrix: { rows: 2, columns: 2, data: [1, 1, 1, 2] }, target: [0.25, 1] },
    { matrix: { rows: 1, columns: 1, data: [-4] }, target: [2] },
  ],
  vectors: [
    {
      parameters: { matrix: { rows: 2, columns: 3, data: [1, 1, 0, 0.5, -1, 3] }, target: [2, -0.7] },
      points: [
        ['outside', [3, -9, 0.5]],
        ['outside', [-0.25, 0.5, 2]],
        ['zeros', [0, -0, 0]],
        ['large', [2 ** 30, -(2 ** 29), 1]],
      ],
    },
    // One point.
    {
      parameters: { matrix: { rows: 2, columns: 2, data: [1, 1, 1, 2] }, target: [0.25, 1] },
      points: [
        ['outside', [1, 1]],
        ['inside', [-0.5, 0.75]],
      ],
    },
  ],
  mutants: {
    'gram-forgotten': {
      description: 'y − Aᵀ(Ay − b): without (AAᵀ)⁻¹',
      prox({ matrix: { rows, columns, data }, target }, _, y) {
        const u = y.slice();
        for (let j = 0; j < rows; j++) {
          const row = data.subarray(j * columns, (j + 1) * columns);
          const excess = innerProduct(row, y) - target[j]!;
          for (let i = 0; i < columns; i++) u[i]! -= excess * row[i]!;
        }
        return u;
      },
    },
    'one-plane-after-another': {
      description: 'projects onto the plane of one row after the other, once: right for orthogonal rows only',
      prox({ matrix: { rows, columns, data }, target }, _, y) {
        const u = y.slice();
        for (let j = 0; j < rows; j++) {
          const row = data.subarray(j * columns, (j + 1) * columns);
          const excess = (innerProduct(row, u) - target[j]!) / innerProduct(row, row);
          for (let i = 0; i < columns; i++) u[i]! -= excess * row[i]!;
        }
        return u;
      },
    },
    'target-dropped': {
      description: 'projects onto the kernel of A',
      prox: ({ matrix, target }, _, y) =>
        nearest(
          matrix,
          target.map(() => 0),
          y,
        ),
    },
    'least-norm': {
      description: 'the point of the set that is nearest to 0 instead of to y',
      prox: ({ matrix, target }, _, y) => nearest(matrix, target, new Float64Array(y.length)),
    },
  },
  create({ matrix, target }, identity): ProximableFunction {
    const { rows, columns, data } = matrix;
    if (target.length !== rows) {
      throw new ParameterError(TYPE, 'target length', target.length, `${rows}, the number of rows of matrix`);
    }
    if (rows > columns) throw new ParameterError(TYPE, 'matrix.rows', rows, `at most ${columns}, the columns`);
    const { lower, unit, dependent, spread } = rowFactors(matrix);
    if (dependent !== undefined) {
      throw new ParameterError(TYPE, `row ${dependent} of matrix`, 'a combination of those before', 'independent rows');
    }
    const heights = new Float64Array(rows);
    const along = new Float64Array(rows);
    const rounding = (columns + 3) * 2 ** -52;

    /** L⁻¹v, in the place of v. */
    function solved(v: Float64Array): Float64Array {
      for (let j = 0; j < rows; j++) {
        for (let k = 0; k < j; k++) v[j]! -= lower[j * rows + k]! * v[k]!;
        v[j]! /= lower[j * rows + j]!;
      }
      return v;
    }
    const origin = solved(target.slice());

    /** h = L⁻¹(Au − b). */
    function heightsOf(u: Float64Array): Float64Array {
      for (let j = 0; j < rows; j++) {
        let excess = -target[j]!;
        for (let i = 0; i < columns; i++) excess += data[j * columns + i]! * u[i]!;
        heights[j] = excess;
      }
      return solved(heights);
    }

    /** u − Qᵀh/divisor, in the place of u. */
    function subtractAlong(u: Float64Array, h: Float64Array, divisor: number): void {
      for (let j = 0; j < rows; j++) {
        const factor = h[j]! / divisor;
        for (let i = 0; i < columns; i++) u[i]! -= factor * unit[j * columns + i]!;
      }
    }

    /** Whether each equation holds up to the rounding of its inner product. */
    function holds(u: Float64Array): boolean {
      for (let j = 0; j < rows; j++) {
        let excess = -target[j]!;
        let size = Math.abs(target[j]!);
        for (let i = 0; i < columns; i++) {
          const product = data[j * columns + i]! * u[i]!;
          excess += product;
          size += Math.abs(product);
        }
        if (!(Math.abs(excess) <= rounding * size)) return false;
      }
      return true;
    }

    /** Qp, the coordinates of p along the rows. */
    function alongRows(p: Float64Array): Float64Array {
      for (let j = 0; j < rows; j++) along[j] = innerProduct(unit.subarray(j * columns, (j + 1) * columns), p);
      return along;
    }

    /** Distance of p to the combinations of the rows. */
    const conjugateViolation = (p: Float64Array): number => {
      checkVector(TYPE, p, columns);
      const across = p.slice();
      subtractAlong(across, alongRows(p), 1);
      const away = euclideanNorm(across);
      return away <= rounding * spread * euclideanNorm(p) ? 0 : away;
    };

    return checkedFunction({
      convex: true,
      ...identity,
      dimension: columns,
      ...onDomain((u) => (holds(u) ? 0 : euclideanNorm(heightsOf(u)))),
      prox(y, _, out) {
        out.set(y);
        for (let pass = 0; pass < PASSES; pass++) subtractAlong(out, heightsOf(out), 1);
      },
      residual(y, _, out) {
        const h = heightsOf(y);
        subtractAlong(out.fill(0), h, -1);
      },
      dividedResidual(y, step, out) {
        const h = heightsOf(y);
        subtractAlong(out.fill(0), h, -step);
      },
      conjugate: () => onDomain(conjugateViolation, (p) => innerProduct(alongRows(p), origin)),
    });
  },
});
