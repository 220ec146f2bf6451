import { checkVector, ParameterError } from '../definition/arguments.js';
import { checkedFunction, defineFunction } from '../definition/define-function.js';
import type { ConjugateFunction, ProximableFunction } from '../definition/proximable-function.js';
import { productUp } from '../numerics/rounded-up.js';
import { euclideanNorm, scratchVector } from '../numerics/vectors.js';
import { innerFunction } from '../parameters/function.js';
import {
  largestDefect,
  type SemiOrthogonalMatrix,
  semiOrthogonalMatrix,
} from '../parameters/semi-orthogonal-matrix.js';

const TYPE = 'semi-orthogonal';

/** ‖We_i‖₂ of every column. */
const columnLengths = ({ rows, columns, data }: SemiOrthogonalMatrix): number[] =>
  Array.from({ length: columns }, (_, i) =>
    Math.hypot(...Array.from({ length: rows }, (_, j) => data[j * columns + i]!)),
  );

/** out ← Wu. */
function analyse({ rows, columns, data }: SemiOrthogonalMatrix, u: Float64Array, out: Float64Array): Float64Array {
  for (let j = 0; j < rows; j++) {
    let sum = 0;
    for (let i = 0; i < columns; i++) sum += data[j * columns + i]! * u[i]!;
    out[j] = sum;
  }
  return out;
}

/** out ← out + Wᵀq/divisor. */
function addSynthesis(
  { rows, columns, data }: SemiOrthogonalMatrix,
  q: Float64Array,
  divisor: number,
  out: Float64Array,
): Float64Array {
  for (let j = 0; j < rows; j++) {
    const factor = q[j]! / divisor;
    for (let i = 0; i < columns; i++) out[i]! += data[j * columns + i]! * factor;
  }
  return out;
}

/** r*(p) = g*(Wp/ν) for p = Wᵀq, of which there is one q at the most, and +∞ for every other p. */
function conjugateOf(matrix: SemiOrthogonalMatrix, inner: ConjugateFunction): ConjugateFunction {
  const { rows, columns, frameBound } = matrix;
  const coefficientsOf = scratchVector();
  const differenceOf = scratchVector();
  const coefficients = (p: Float64Array): Float64Array => {
    checkVector(TYPE, p, columns);
    const q = analyse(matrix, p, coefficientsOf(rows));
    for (let j = 0; j < rows; j++) q[j]! /= frameBound;
    return q;
  };
  /** Distance of p to the range of Wᵀ, which is all of Rⁿ for a square W. */
  const outOfRange = (p: Float64Array, q: Float64Array): number => {
    if (rows === columns) return 0;
    const difference = differenceOf(columns);
    difference.set(p);
    const away = euclideanNorm(addSynthesis(matrix, q, -1, difference));
    return away <= (columns + rows + 3) * 2 ** -52 * euclideanNorm(p) ? 0 : away;
  };
  const violation = (p: Float64Array): number => {
    const q = coefficients(p);
    return Math.hypot(outOfRange(p, q), Math.sqrt(frameBound) * (inner.violation?.(q) ?? 0));
  };
  const finiteValue = (p: Float64Array): number => {
    const q = coefficients(p);
    return inner.finiteValue?.(q) ?? inner.value(q);
  };
  if (rows === columns && inner.violation === undefined) return { value: finiteValue };
  return { value: (p) => (violation(p) === 0 ? finiteValue(p) : Infinity), violation, finiteValue };
}

/** y + Wᵀ(q − Wy)/divisor with the q that a prox makes of Wy. */
function composed(
  matrix: SemiOrthogonalMatrix,
  divisor: number,
  y: Float64Array,
  prox: (z: Float64Array) => Float64Array,
): Float64Array {
  const z = analyse(matrix, y, new Float64Array(matrix.rows));
  const way = prox(z).map((q, j) => q - z[j]!);
  return addSynthesis(matrix, way, divisor, y.slice());
}

/**
 * r(u) = g(Wu) for W ∈ R^{m×n} with WWᵀ = νI, a semi-orthogonal transform (Combettes and Pesquet 2011, table 10.1; Beck 2017, theorem
 * 6.15). The columns of W are a tight frame of R^m with the bound ν. With z = Wy and the step νγ:
 *
 *     prox(y) = y + Wᵀ(prox_g(z) − z)/ν,   ρ(y)/γ = Wᵀρ_g(z)/(νγ),   ∇ = Wᵀ∇g(Wu), constant νL.
 *
 * For u = u₀ + Wᵀq/ν with Wu₀ = 0 and y = y₀ + Wᵀz/ν alike, ½‖u − y‖² + γg(Wu) = ½‖u₀ − y₀‖² + (½‖q − z‖² + νγg(q))/ν. So u is a minimiser
 * where u₀ = y₀ and q is one, whatever g is: it need not be convex, and every point of a set-valued prox of g gives one of r.
 *
 * @example
 * // The Haar transform of a pair: its mean and its difference.
 * const haar = { rows: 2, columns: 2, data: [1, 1, 1, -1] };
 * const r = semiOrthogonal({ matrix: haar, inner: weightedL1({ weights: [0, 1] }) });
 * assert.deepEqual([...r.prox(Float64Array.of(5, 1), 0.5)], [4.5, 1.5]);
 */
export const semiOrthogonal = defineFunction({
  type: TYPE,
  formula: 'inner(matrix * u), matrix * transpose(matrix) = nu * I',
  parameters: { matrix: semiOrthogonalMatrix, inner: innerFunction },
  traits: { convex: 'inherited', separable: 'no', smooth: 'inherited', conjugate: 'inherited', indicator: 'inherited' },
  examples: [
    { matrix: { rows: 2, columns: 2, data: [1, 1, 1, -1] }, inner: { type: 'l1', weight: 0.75 } },
    { matrix: { rows: 2, columns: 3, data: [0.5, -1, -1, 1, -0.5, 1] }, inner: { type: 'l2', weight: 1.5 } },
    { matrix: { rows: 1, columns: 2, data: [3, -4] }, inner: { type: 'box', lower: -1, upper: 'Infinity' } },
    { matrix: { rows: 2, columns: 2, data: [0.6, 0.8, -0.8, 0.6] }, inner: { type: 'log-cosh', weight: 2, scale: 1 } },
    { matrix: { rows: 2, columns: 4, data: [1, 1, 1, 1, 1, -1, 1, -1] }, inner: { type: 'simplex', total: 2 } },
  ],
  vectors: [
    // A rotation.
    {
      parameters: { matrix: { rows: 2, columns: 2, data: [0.75, -1, 1, 0.75] }, inner: { type: 'l1', weight: 0.7 } },
      points: [
        ['between', [3, -2]],
        ['between', [-0.5, 6]],
        ['zeros', [0, -0]],
        ['large', [2 ** 30, -(2 ** 29)]],
        ['tiny', [2 ** -30, -(2 ** -31)]],
      ],
    },
    // A wide W at points whose image has a rational norm.
    {
      parameters: {
        matrix: { rows: 2, columns: 3, data: [0.5, -1, -1, 1, -0.5, 1] },
        inner: { type: 'l2', weight: 1.5 },
      },
      points: [
        ['between', [3.5, -7, 2]],
        ['between', [-0.15625, -0.8125, 0.3125]],
        ['zeros', [-2, -2, 1]],
        ['large', [5.5 * 2 ** 30, -5 * 2 ** 30, 2 ** 30]],
      ],
    },
    {
      parameters: { matrix: { rows: 1, columns: 2, data: [3, -4] }, inner: { type: 'box', lower: -1, upper: 0.3 } },
      points: [
        ['inside', [0.5, 0.375]],
        ['outside', [2, 1]],
      ],
    },
    // A jump behind sums and differences.
    {
      parameters: { matrix: { rows: 2, columns: 2, data: [1, 1, 1, -1] }, inner: { type: 'l0', weight: 0.25 } },
      steps: [1],
      points: [['jump', [3, -2]]],
    },
  ],
  mutants: {
    'bound-forgotten': {
      description: 'the rule of an orthonormal W, ν = 1, whatever W is',
      prox: ({ matrix, inner }, step, y) => composed(matrix, 1, y, (z) => inner.prox(z, step)),
    },
    'step-dropped': {
      description: 'the inner prox has the step γ instead of νγ',
      prox: ({ matrix, inner }, step, y) => composed(matrix, matrix.frameBound, y, (z) => inner.prox(z, step)),
    },
    'way-not-divided': {
      description: 'y + Wᵀ(q − Wy) without the factor 1/ν',
      prox: ({ matrix, inner }, step, y) => composed(matrix, 1, y, (z) => inner.prox(z, step * matrix.frameBound)),
    },
    'kernel-forgotten': {
      description: 'Wᵀq/ν: right for a square W, and without what a wide one does not see of y',
      prox({ matrix, inner }, step, y) {
        const bound = matrix.frameBound;
        const q = inner.prox(analyse(matrix, y, new Float64Array(matrix.rows)), step * bound);
        return addSynthesis(matrix, q, bound, new Float64Array(y.length));
      },
    },
    transposed: {
      description: 'the entries of a square W are read column by column: Wᵀ in the place of W',
      prox({ matrix, inner }, step, y) {
        const { rows, columns, data } = matrix;
        const turned = {
          ...matrix,
          data: data.map((_, k) => data[(k % columns) * columns + Math.floor(k / columns)]!),
        };
        const own = rows === columns ? turned : matrix;
        return composed(own, own.frameBound, y, (z) => inner.prox(z, step * own.frameBound));
      },
    },
    'rows-summed': {
      description: 'ν is the squared norm of the whole of W, and not of a row',
      prox({ matrix, inner }, step, y) {
        const bound = matrix.rows * matrix.frameBound;
        return composed(matrix, bound, y, (z) => inner.prox(z, step * bound));
      },
    },
    'value-of-part': {
      description: 'the value is that of a W with rows of length 1',
      change: (honest, { matrix }) => ({
        value: (u) => honest.value(u.map((v) => v / Math.sqrt(matrix.frameBound))),
      }),
    },
  },
  create({ matrix, inner }, identity): ProximableFunction {
    const { rows, columns, frameBound } = matrix;
    if (inner.dimension !== undefined && inner.dimension !== rows) {
      throw new ParameterError(TYPE, 'length of inner', inner.dimension, `${rows}, the rows of matrix`);
    }
    // ‖W‖² is at most the largest absolute row sum of WWᵀ.
    const largestSquare = productUp(frameBound, 1 + (rows + 1) * largestDefect(columns));
    const lipschitz = inner.smooth && productUp(largestSquare, inner.smooth.lipschitz);
    const scratch = scratchVector();
    const analysed = (u: Float64Array): Float64Array => {
      checkVector(TYPE, u, columns);
      return analyse(matrix, u, scratch(rows));
    };
    /** Wᵀq/divisor for the q that is computed from Wu. */
    function synthesised(
      u: Float64Array,
      out: Float64Array,
      divisor: number,
      compute: (z: Float64Array) => Float64Array,
    ): Float64Array {
      const q = compute(analysed(u));
      return addSynthesis(matrix, q, divisor, out.fill(0));
    }

    return checkedFunction({
      convex: inner.convex,
      ...identity,
      dimension: columns,
      ...(inner.accuracy !== undefined && { accuracy: inner.accuracy }),
      ...(lipschitz !== undefined && lipschitz < Infinity && { smooth: { lipschitz } }),
      ...(inner.kinks && {
        kinks(step: number) {
          // A function of coupled entries is asked along a column: of the length of its image alone, as ‖·‖₂ is, the kinks are at these.
          const sizes = inner.coordinate === undefined ? columnLengths(matrix) : matrix.data;
          const entries = [...new Set(sizes)].filter((entry) => entry !== 0);
          return inner.kinks!(step * frameBound).flatMap((kink) => entries.map((entry) => kink / entry));
        },
      }),
      value: (u) => inner.value(analysed(u)),
      ...(inner.violation && {
        violation: (u: Float64Array) => inner.violation!(analysed(u)) / Math.sqrt(frameBound),
        finiteValue: (u: Float64Array) => inner.finiteValue!(analysed(u)),
      }),
      ...(inner.gradient && {
        gradient: (u: Float64Array, out: Float64Array) => synthesised(u, out, 1, (z) => inner.gradient!(z, z)),
      }),
      prox(y, step, out) {
        // Nothing is left of y beside WᵀWy/ν where W is square, and so no difference of large numbers either.
        if (rows === columns) {
          synthesised(y, out, frameBound, (z) => inner.prox(z, step * frameBound, z));
          return;
        }
        const q = inner.prox(analysed(y), step * frameBound);
        if (out !== y) out.set(y);
        // The second pass removes the rounding that the first leaves of a far y.
        for (let pass = 0; pass < 2; pass++) {
          const way = analysed(out);
          for (let j = 0; j < rows; j++) way[j] = q[j]! - way[j]!;
          addSynthesis(matrix, way, frameBound, out);
        }
      },
      residual: (y, step, out) => synthesised(y, out, frameBound, (z) => inner.residual(z, step * frameBound, z)),
      dividedResidual: (y, step, out) => synthesised(y, out, 1, (z) => inner.dividedResidual(z, step * frameBound, z)),
      ...(inner.conjugate && { conjugate: () => conjugateOf(matrix, inner.conjugate!()) }),
    });
  },
});
