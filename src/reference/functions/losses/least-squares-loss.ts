import { ParameterError, receiver } from '../definition/arguments.js';
import { checkedFunction, defineFunction } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { Matrix, SVD } from '../numerics/matrices.js';
import { productUp } from '../numerics/rounded-up.js';
import { innerProduct } from '../numerics/vectors.js';
import { weight } from '../parameters/number.js';
import { type MatrixSpecification, matrix } from '../parameters/semi-orthogonal-matrix.js';
import { vector } from '../parameters/vector.js';

const TYPE = 'least-squares-loss';

/** More than the rounding of the largest singular value, relatively. */
const ABOVE = 1 + 2 ** -40;

/** The singular values σ_k of A that are not 0, each with its right singular vector v_k and with ⟨left singular vector, b⟩. */
function decompose({ rows, columns, data }: MatrixSpecification & { data: Float64Array }, target: Float64Array) {
  const svd = new SVD(Matrix.from1DArray(rows, columns, data), { autoTranspose: true });
  return svd.diagonal
    .map((sigma, k) => ({
      sigma,
      right: Float64Array.from({ length: columns }, (_, i) => svd.rightSingularVectors.get(i, k)),
      seen: innerProduct(
        Float64Array.from({ length: rows }, (_, j) => svd.leftSingularVectors.get(j, k)),
        target,
      ),
    }))
    .filter(({ sigma }) => sigma > 0);
}

/** prox_{γr}(y) for the weight w, for wrong forms. */
function solution(weight: number, matrix: MatrixSpecification, target: Float64Array, step: number, y: Float64Array) {
  const right: ProximableFunction = leastSquaresLoss({ weight, matrix, target });
  return right.prox(y, step);
}

/**
 * r(u) = (w/2)‖Au − b‖², A of any shape and rank. prox_{γr}(y) = (I + γwAᵀA)⁻¹(y + γwAᵀb). With the singular values σ_k and vectors a_k, v_k
 * of A: ρ(y) = Σ_k σ_k(σ_k⟨v_k, y⟩ − ⟨a_k, b⟩)/(1/(γw) + σ_k²) v_k; ∇r(u) = wAᵀ(Au − b), L = w‖A‖².
 *
 * @throws ParameterError unless the target has one number for each row
 * @example
 * const r = leastSquaresLoss({ weight: 1, matrix: { rows: 1, columns: 2, data: [1, 0] }, target: [4] });
 * assert.deepEqual([...r.prox(Float64Array.of(2, 5), 1)], [3, 5]);
 */
export const leastSquaresLoss = defineFunction({
  type: TYPE,
  formula: 'weight/2 * |matrix * u - target|_2^2',
  parameters: { weight, matrix, target: vector() },
  traits: { convex: 'yes', separable: 'no', smooth: 'yes', conjugate: 'no' },
  drawn: { target: 'one-per-row' },
  examples: [
    { weight: 0.75, matrix: { rows: 3, columns: 2, data: [2, 0.25, 0, -0.5, -1, 0.125] }, target: [1, 0, -2] },
    { weight: 1.5, matrix: { rows: 1, columns: 3, data: [0.25, -2, 0.5] }, target: [1] },
    { weight: 0, matrix: { rows: 1, columns: 1, data: [2] }, target: [3] },
  ],
  vectors: [
    {
      parameters: { weight: 0.7, matrix: { rows: 2, columns: 3, data: [1, 1, 0, 0.5, -1, 3] }, target: [2, -0.7] },
      points: [
        ['between', [3, -9, 0.5]],
        ['zeros', [0, -0, 0]],
        ['large', [2 ** 30, -(2 ** 29), 1]],
      ],
    },
    {
      parameters: { weight: 3, matrix: { rows: 3, columns: 2, data: [1, -1, -1, 1, 0.5, -0.5] }, target: [1, 2, 0.3] },
      points: [
        ['between', [1, 1]],
        ['between', [-6, 0.75]],
      ],
    },
  ],
  mutants: {
    'step-dropped': {
      description: 'the prox of the step 1',
      prox: ({ weight, matrix, target }, _, y) => solution(weight, matrix, target, 1, y),
    },
    'step-not-at-target': {
      description: '(I + γwAᵀA)⁻¹(y + wAᵀb): γ is missing beside the target',
      prox: ({ weight, matrix, target }, step, y) =>
        solution(
          weight,
          matrix,
          target.map((entry) => entry / step),
          step,
          y,
        ),
    },
    'without-half': {
      description: 'the prox of w‖Au − b‖²',
      prox: ({ weight, matrix, target }, step, y) => solution(2 * weight, matrix, target, step, y),
    },
    'gradient-step': {
      description: 'y − γwAᵀ(Ay − b): an explicit step in place of the implicit one',
      change: (honest) => ({
        prox(y, step) {
          const gradient = honest.gradient!(y);
          return y.map((v, i) => v - step * gradient[i]!);
        },
      }),
    },
    'value-without-half': {
      description: 'the value is w‖Au − b‖²',
      change: (honest) => ({ value: (u) => 2 * honest.value(u) }),
    },
    'gradient-without-target': {
      description: 'the gradient is wAᵀAu',
      change: (honest) => ({
        gradient(u) {
          const [at, origin] = [honest.gradient!(u), honest.gradient!(new Float64Array(u.length))];
          return at.map((entry, i) => entry - origin[i]!);
        },
      }),
    },
  },
  create({ weight, matrix, target }, identity): ProximableFunction {
    const { rows, columns, data } = matrix;
    if (target.length !== rows) {
      throw new ParameterError(TYPE, 'target length', target.length, `${rows}, the number of rows of matrix`);
    }
    const parts = decompose(matrix, target);
    const largest = parts.reduce((most, { sigma }) => Math.max(most, sigma), 0);
    const misfit = new Float64Array(rows);
    const slope = new Float64Array(columns);

    /** Au − b. */
    function misfitOf(u: Float64Array): Float64Array {
      for (let j = 0; j < rows; j++) {
        let sum = -target[j]!;
        for (let i = 0; i < columns; i++) sum += data[j * columns + i]! * u[i]!;
        misfit[j] = sum;
      }
      return misfit;
    }

    /** Adds to `out` for every k the vector v_k times `factor` of σ_k, ⟨v_k, y⟩ and ⟨a_k, b⟩. */
    function addAlong(
      y: Float64Array,
      out: Float64Array,
      factor: (sigma: number, along: number, seen: number) => number,
    ): void {
      const factors = parts.map(({ sigma, right, seen }) => factor(sigma, innerProduct(right, y), seen));
      parts.forEach(({ right }, k) => {
        for (let i = 0; i < columns; i++) out[i]! += factors[k]! * right[i]!;
      });
    }

    /** wAᵀ(Au − b). */
    function gradientOf(u: Float64Array, out: Float64Array): Float64Array {
      const v = misfitOf(u);
      for (let i = 0; i < columns; i++) {
        let sum = 0;
        for (let j = 0; j < rows; j++) sum += data[j * columns + i]! * v[j]!;
        out[i] = weight * sum;
      }
      return out;
    }

    return checkedFunction({
      convex: true,
      ...identity,
      dimension: columns,
      smooth: { lipschitz: productUp(weight, productUp(largest, largest) * ABOVE) },
      value(u) {
        const v = misfitOf(u);
        return (weight / 2) * innerProduct(v, v);
      },
      gradient(u, out) {
        return gradientOf(u, receiver(TYPE, u, out, columns));
      },
      prox(y, step, out) {
        const from = y.slice();
        const share = 1 / (step * weight);
        out.set(from);
        addAlong(from, out, (sigma, along, seen) => (-sigma * (sigma * along - seen)) / (share + sigma * sigma));
        // u has the rounding of y, however much smaller it is. What it leaves of the equation u + γ∇r(u) = y is solved for again.
        const left = gradientOf(out, slope);
        for (let i = 0; i < columns; i++) left[i] = from[i]! - out[i]! - step * left[i]!;
        for (let i = 0; i < columns; i++) out[i]! += left[i]!;
        addAlong(left, out, (sigma, along) => (-sigma * sigma * along) / (share + sigma * sigma));
      },
      residual(y, step, out) {
        const from = y.slice();
        const share = 1 / (step * weight);
        addAlong(from, out.fill(0), (sigma, along, seen) => (sigma * (sigma * along - seen)) / (share + sigma * sigma));
      },
      dividedResidual(y, step, out) {
        const from = y.slice();
        addAlong(
          from,
          out.fill(0),
          (sigma, along, seen) => (weight * sigma * (sigma * along - seen)) / (1 + step * weight * sigma * sigma),
        );
      },
    });
  },
});
