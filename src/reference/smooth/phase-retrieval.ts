import { vector } from '../functions/parameters/vector.js';
import { defineSmooth } from './definition/define-smooth.js';
import { checkRows, matrix } from './matrix/matrix.js';

/**
 * d(x) = ½‖y − (Ax)²‖² with the square taken entry by entry (paper, section 3), A of size m × n. Non-convex, d ≥ 0.
 * ∇d = 2Aᵀ(((Ax)² − y)∘Ax), computed in one sweep over the rows of A without allocation. d is quartic, so ∇d is not globally
 * Lipschitz: there is no L, and Assumption 1(b) does not hold.
 *
 * @example
 * const d = smooth.phaseRetrieval({ matrix: { rows: 1, columns: 1, data: [1] }, intensities: [1] });
 * assert.equal(d.value(Float64Array.of(2)), 4.5);
 */
export const phaseRetrieval = defineSmooth({
  type: 'phase-retrieval',
  formula: '1/2 * ||intensities - (matrix x)^2||^2',
  parameters: { matrix, intensities: vector() },
  examples: [{ matrix: { rows: 3, columns: 2, data: [1, 2, 0, -1, 0.5, 3] }, intensities: [1, 0, 4] }],
  create({ matrix: a, intensities }) {
    checkRows('phase-retrieval', 'intensities', intensities, a);
    const sum = new Float64Array(a.columns);
    let misfits = 0;
    const slope = (amplitude: number, row: number) => {
      const misfit = amplitude * amplitude - intensities[row]!;
      misfits += misfit * misfit;
      return 2 * misfit * amplitude;
    };
    return {
      convex: false,
      dimension: a.columns,
      value(x) {
        let total = 0;
        for (let j = 0; j < a.rows; j++) {
          const amplitude = a.rowDot(j, x);
          const misfit = amplitude * amplitude - intensities[j]!;
          total += misfit * misfit;
        }
        return total / 2;
      },
      gradient(x, out) {
        a.sweep(x, slope, sum);
        out.set(sum);
      },
      valueAndGradient(x, out) {
        misfits = 0;
        a.sweep(x, slope, out);
        return misfits / 2;
      },
      gradientSize: (x) =>
        a.termSize(x, (product, row) => 6 * (product * product + Math.abs(intensities[row]!)) * product),
      infimum: () => 0,
    };
  },
});
