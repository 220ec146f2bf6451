import type { Matrix } from './matrix.js';
import { scaledMatrix } from './scaled-matrix.js';

const UNIT = 2 ** -52;
/** Larger Gram matrices are not factorised: a certificate costs their cube. */
const LARGEST_ORDER = 64;
const BISECTIONS = 60;

/** AᵀA, row by row, rounded. */
function gram({ rows, columns, data }: Matrix): Float64Array {
  const product = new Float64Array(columns * columns);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      for (let k = 0; k < columns; k++) product[i * columns + k]! += data[j * columns + i]! * data[j * columns + k]!;
    }
  }
  return product;
}

/** Bound of every entry's rounding error: m·u·(|A|ᵀ|A|) ≤ m·u·‖A‖_F². */
function gramError({ rows, data }: Matrix): number {
  return (rows + 1) * UNIT * data.reduce((sum, entry) => sum + entry * entry, 0);
}

/** Λ_i = Σ_k |(AᵀA)_ik|, rounded up: AᵀA ⪯ diag Λ, because diag Λ − AᵀA is diagonally dominant. */
export function rowSumsOfGram(matrix: Matrix): Float64Array {
  const { columns } = matrix;
  const { scaled, scale } = scaledMatrix(matrix);
  const product = gram(scaled);
  const error = columns * gramError(scaled);
  return Float64Array.from({ length: columns }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < columns; k++) sum += Math.abs(product[i * columns + k]!);
    return scale === 0 ? 0 : (sum * (1 + columns * UNIT) + error) * scale * scale + Number.MIN_VALUE;
  });
}

/**
 * A certified lower bound of λ_min(AᵀA); 0 when none is found. The Cholesky factorisation of M − μI in floating point can only run to its
 * end when M − μI + E ⪰ 0 with ‖E‖ ≤ (n + 1)n·u·tr M (Higham, Accuracy and Stability of Numerical Algorithms, theorem 10.3), so
 * λ_min ≥ μ − ‖E‖ − the rounding error of M.
 */
export function smallestEigenvalueBound(matrix: Matrix): number {
  const { columns } = matrix;
  if (columns > LARGEST_ORDER || matrix.rows < columns) return 0;
  const { scaled, scale } = scaledMatrix(matrix);
  const product = gram(scaled);
  let trace = 0;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  for (let i = 0; i < columns; i++) {
    trace += product[i * columns + i]!;
    high = Math.min(high, product[i * columns + i]!);
  }
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (isFactorisable(product, columns, middle)) low = middle;
    else high = middle;
  }
  const bound = low - 2 * columns * (columns + 1) * UNIT * trace - columns * gramError(scaled);
  return Math.max(0, bound * scale * scale - Number.MIN_VALUE);
}

/** Whether the Cholesky factorisation of M − shift·I meets only positive pivots. */
function isFactorisable(matrix: Float64Array, order: number, shift: number): boolean {
  const factor = new Float64Array(order * order);
  for (let j = 0; j < order; j++) {
    let pivot = matrix[j * order + j]! - shift;
    for (let k = 0; k < j; k++) pivot -= factor[j * order + k]! ** 2;
    if (!(pivot > 0)) return false;
    const root = Math.sqrt(pivot);
    factor[j * order + j] = root;
    for (let i = j + 1; i < order; i++) {
      let entry = matrix[i * order + j]!;
      for (let k = 0; k < j; k++) entry -= factor[i * order + k]! * factor[j * order + k]!;
      factor[i * order + j] = entry / root;
    }
  }
  return true;
}
