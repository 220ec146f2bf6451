import { ParameterError } from '../functions/definition/arguments.js';
import { vector } from '../functions/parameters/vector.js';
import { defineSmooth } from './definition/define-smooth.js';
import { checkRows, matrix } from './matrix/matrix.js';
import { squaredSpectralNormBound } from './matrix/spectral-norm.js';

/**
 * d(x) = Σ_j log(1 + exp(−b_j⟨a_j, x⟩)) with the rows a_j of A and labels b_j = ±1. Convex, d ≥ 0. ∇d = −Aᵀ(b_j/(1 + exp(b_j⟨a_j, x⟩)))_j,
 * computed in one sweep over the rows of A. The second derivative of log(1 + exp z) is at most ¼, so ‖A‖₂²/4 is a Lipschitz
 * constant; L is a certified upper bound of it.
 *
 * @example
 * const d = smooth.logisticRegression({ matrix: { rows: 1, columns: 1, data: [1] }, labels: [1] });
 * assert.ok(Math.abs(d.value(Float64Array.of(0)) - Math.LN2) < 1e-15);
 */
export const logisticRegression = defineSmooth({
  type: 'logistic-regression',
  formula: 'sum_j log(1 + exp(-labels_j * (matrix x)_j))',
  parameters: { matrix, labels: vector() },
  examples: [
    { matrix: { rows: 3, columns: 2, data: [1, 2, 0, -1, 0.5, 3] }, labels: [1, -1, 1] },
    { matrix: { rows: 1, columns: 1, data: [2] }, labels: [-1] },
  ],
  create({ matrix: a, labels }) {
    checkRows('logistic-regression', 'labels', labels, a);
    labels.forEach((label, j) => {
      if (Math.abs(label) !== 1) throw new ParameterError('logistic-regression', `labels[${j}]`, label, '1 or -1');
    });
    const sum = new Float64Array(a.columns);
    const slope = (product: number, row: number) => -labels[row]! / (1 + Math.exp(labels[row]! * product));
    return {
      convex: true,
      dimension: a.columns,
      lipschitz: squaredSpectralNormBound(a) / 4,
      value(x) {
        let total = 0;
        for (let j = 0; j < a.rows; j++) {
          const margin = labels[j]! * a.rowDot(j, x);
          total += Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
        }
        return total;
      },
      gradient(x, out) {
        a.sweep(x, slope, sum);
        out.set(sum);
      },
      gradientSize: (x) => a.termSize(x, (product) => 1 + product / 4),
      infimum: () => 0,
    };
  },
});
