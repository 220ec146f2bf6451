import { gram, isFactorisable, MOST_PRODUCTS, scaledMatrix } from './cholesky.js';
import type { Matrix } from './matrix.js';

const UNIT = 2 ** -52;
/** Larger Gram matrices are not factorised: a certificate costs their cube. */
const LARGEST_ORDER = 64;
const BISECTIONS = 60;
/** Order of a Gram matrix of half a gigabyte. */
const LARGEST_GRAM = 2 ** 13;

/** Bound of every entry's rounding error: m·u·(|A|ᵀ|A|) ≤ m·u·‖A‖_F². */
function gramError({ rows, data }: Matrix): number {
  return (rows + 1) * UNIT * data.reduce((sum, entry) => sum + entry * entry, 0);
}

/** Λ_i = Σ_k |(AᵀA)_ik|, rounded up: AᵀA ⪯ diag Λ, because diag Λ − AᵀA is diagonally dominant. ∞ where AᵀA is too large to be formed. */
export function rowSumsOfGram(matrix: Matrix): Float64Array {
  const { rows, columns } = matrix;
  if (columns > LARGEST_GRAM || rows * columns ** 2 > MOST_PRODUCTS) return new Float64Array(columns).fill(Infinity);
  const { scaled, scale } = scaledMatrix(matrix);
  const product = gram(scaled, 'columns');
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
  const product = gram(scaled, 'columns');
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
