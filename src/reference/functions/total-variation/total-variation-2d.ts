import { checkVector, proxReceiver } from '../definition/arguments.js';
import { defineFunction } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { scratchVector } from '../numerics/scratch.js';
import { number, weight } from '../parameters/number.js';
import { optional } from '../parameters/parameter.js';
import { choice, flag, shape } from '../parameters/structure.js';
import { totalVariationDual } from './total-variation-dual.js';

const TYPE = 'total-variation-2d';

/**
 * r(u) = w Σ|(Du)_i| for an image u, row by row in a vector. Du takes the differences to the next row and to the next column
 * (0 over the last edge), |·| is the Euclidean length of that pair (isotropic) or the sum of its magnitudes (anisotropic).
 * The prox is iterative: ‖error‖ ≤ accuracy·‖y − mean(y)‖, certified by the duality gap, whose rounding allows no accuracy
 * below 10⁻⁷. With `warmStart` it begins at the dual solution of the last call, which saves most iterations along a sequence of
 * near y, and makes the result depend on the calls before within the accuracy: only for a caller that keeps the function to
 * itself. ρ(y) = Dᵀq is the dual solution itself.
 *
 * @example
 * const image = Float64Array.of(0, 3, 4, 0);
 * assert.equal(totalVariation2d({ weight: 1, shape: [2, 2], variant: 'isotropic' }).value(image), 12);
 */
export const totalVariation2d = defineFunction({
  type: TYPE,
  formula:
    'weight * sum over pixels of |(down, right)|, the differences to the next row and column; length of the pair or sum of its magnitudes as variant says',
  parameters: {
    weight,
    shape,
    variant: choice('isotropic', 'anisotropic'),
    accuracy: optional(number({ minimum: 1e-7 }), 1e-6),
    warmStart: optional(flag, false),
  },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'no' },
  // Forward differences look one way: an image turned round is another one to the isotropic variant.
  symmetries: ['negation', 'shifts'],
  examples: [
    { weight: 0.5, shape: [3, 4], variant: 'isotropic' },
    { weight: 0.25, shape: [4, 3], variant: 'anisotropic', accuracy: 1e-7, warmStart: true },
    { weight: 1.5, shape: [1, 1], variant: 'isotropic' },
    { weight: 0, shape: [2, 2], variant: 'anisotropic' },
  ],
  mutants: {
    mean: {
      description: 'the weight is spread over the pixels',
      killedBy: 'calculus-identities',
      change: (honest) => ({ prox: (y, step, out) => honest.prox(y, step / y.length, out) }),
    },
  },
  create({ weight, shape, variant, accuracy, warmStart }, identity): ProximableFunction {
    const [rows, columns] = shape;
    const dimension = rows * columns;
    const isotropic = variant === 'isotropic';
    const pullOf = scratchVector();
    const solveDual = totalVariationDual({ shape, isotropic, accuracy, warmStart });
    return {
      convex: true,
      ...identity,
      dimension,
      accuracy,
      value(u) {
        checkVector(TYPE, u, dimension);
        let sum = 0;
        for (let i = 0, row = 0; row < rows; row++) {
          for (let column = 0; column < columns; column++, i++) {
            const down = row < rows - 1 ? u[i + columns]! - u[i]! : 0;
            const right = column < columns - 1 ? u[i + 1]! - u[i]! : 0;
            sum += isotropic ? Math.sqrt(down * down + right * right) : Math.abs(down) + Math.abs(right);
          }
        }
        return weight * sum;
      },
      prox(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out, dimension);
        const pull = pullOf(dimension);
        solveDual(y, step * weight, pull);
        for (let i = 0; i < dimension; i++) result[i] = y[i]! - pull[i]!;
        return result;
      },
      residual(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out, dimension);
        solveDual(y, step * weight, result);
        return result;
      },
      dividedResidual(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out, dimension);
        solveDual(y, step * weight, result);
        for (let i = 0; i < dimension; i++) result[i]! /= step;
        return result;
      },
    };
  },
});
