import { vector } from '../functions/parameters/vector.js';
import { defineSmooth } from './definition/define-smooth.js';
import { rowSumsOfGram, smallestEigenvalueBound } from './matrix/gram-bounds.js';
import { checkRows, matrix } from './matrix/matrix.js';
import { squaredSpectralNormBound } from './matrix/spectral-norm.js';

/**
 * d(x) = ½‖Ax − b‖², A of size m × n. Convex, d ≥ 0. ∇d = Aᵀ(Ax − b), computed in one sweep over the rows of A.
 * L is a certified upper bound of ‖A‖₂² and the
 * modulus of strong convexity a certified lower bound of λ_min(AᵀA), not estimates.
 *
 * @example
 * const d = smooth.leastSquares({ matrix: { rows: 1, columns: 2, data: [1, 2] }, target: [1] });
 * assert.equal(d.value(Float64Array.of(1, 1)), 2);
 */
export const leastSquares = defineSmooth({
  type: 'least-squares',
  formula: '1/2 * ||matrix x - target||^2',
  parameters: { matrix, target: vector() },
  examples: [
    { matrix: { rows: 3, columns: 2, data: [1, 2, 0, -1, 0.5, 3] }, target: [1, 0, -2] },
    { matrix: { rows: 1, columns: 1, data: [2] }, target: [3] },
  ],
  create({ matrix: a, target }) {
    checkRows('least-squares', 'target', target, a);
    const sum = new Float64Array(a.columns);
    let rowSums: Float64Array | undefined;
    const modulus = smallestEigenvalueBound(a);
    const residual = (product: number, row: number) => product - target[row]!;
    return {
      convex: true,
      dimension: a.columns,
      lipschitz: squaredSpectralNormBound(a),
      majorant() {
        rowSums ??= rowSumsOfGram(a);
        return rowSums;
      },
      ...(modulus > 0 && { strongConvexity: modulus }),
      value(x) {
        let total = 0;
        for (let j = 0; j < a.rows; j++) {
          total += residual(a.rowDot(j, x), j) ** 2;
        }
        return total / 2;
      },
      gradient(x, out) {
        a.sweep(x, residual, sum);
        out.set(sum);
      },
      gradientSize: (x) => a.termSize(x, (product, row) => product + Math.abs(target[row]!)),
      infimum: () => 0,
    };
  },
});
