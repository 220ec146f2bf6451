import { ParameterError } from '../definition/arguments.js';
import { defineFunction } from '../definition/define-function.js';
import { groupedNorm, groupwise, shrunk } from '../norms/grouped-norm.js';
import { weight } from '../parameters/number.js';
import { groups } from '../parameters/structure.js';
import { placesOfNumbers } from './complex-numbers.js';

const TYPE = 'complex-group-l2';

/**
 * r(x) = w Σ_g ‖z_g‖₂ with the complex numbers z_j = x_{2j} + i·x_{2j+1}, the last of which is real where x has an odd length. Groups hold places
 * of x, those of a number together. prox_{γr}(y)_g = (1 − γw/‖z_g‖)z_g for ‖z_g‖ > γw, else 0, with z in y; r* = indicator of
 * {p : ‖p_g‖ ≤ w for every g}.
 *
 * @example
 * const fn = complexGroupL2({ weight: 5, groups: [[0, 1, 4, 5], [2, 3]] });
 * assert.deepEqual([...fn.prox(Float64Array.of(6, 0, 3, 4, 0, 8), 1)], [3, 0, 0, 0, 0, 4]);
 */
export const complexGroupL2 = defineFunction({
  type: TYPE,
  formula: 'weight * sum over groups g of |z_g|_2, z_j = u_2j + i u_2j+1',
  parameters: { weight, groups },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  drawn: { groups: 'complex-numbers' },
  examples: [
    {
      weight: 0.75,
      groups: [
        [0, 1, 4],
        [2, 3],
      ],
    },
    {
      weight: 1.5,
      groups: [
        [3, 2],
        [0, 1],
      ],
    },
    { weight: 0, groups: [[0]] },
  ],
  vectors: [
    {
      parameters: {
        weight: 0.7,
        groups: [
          [0, 1, 4],
          [3, 2],
        ],
      },
      points: [
        ['between', [2, -3, 0.375, -0.5, 6]],
        ['zeros', [0, -0, 3, 4, 0]],
      ],
    },
    {
      parameters: {
        weight: 1.5,
        groups: [
          [2, 3],
          [4, 5, 0, 1],
        ],
      },
      points: [
        ['between', [1, -1, -8, 6, 1, 1]],
        ['tie', [5, 5, 0, -5, 5, -5]],
      ],
    },
  ],
  mutants: {
    'without-conjugate': {
      description: 'the norm is that of Σ z_j² in place of Σ z_j z̄_j',
      prox: ({ weight, groups }, step, y) =>
        groupwise(groups, y, (own, g) => {
          const [real, imaginary] = sumOfSquares(groups[g]!, y);
          const size = Math.sqrt(Math.hypot(real, imaginary));
          return own.map((v) => (size > step * weight ? (1 - (step * weight) / size) * v : 0));
        }),
    },
    'real-parts': {
      description: 'the real parts are grouped, and the imaginary parts beside them',
      prox: ({ weight, groups }, step, y) =>
        groupwise(
          groups.flatMap((group) => [0, 1].map((part) => group.filter((i) => i % 2 === part))),
          y,
          (own) => shrunk(own, step * weight),
        ),
    },
  },
  create({ weight, groups }, identity) {
    const numbers = placesOfNumbers(groups.flat().length);
    const split = numbers.find(([first, second]) =>
      groups.some((group) => second !== undefined && group.includes(first!) !== group.includes(second)),
    );
    if (split !== undefined) {
      const allowed = `groups that hold both ${split[0]} and ${split[1]}, the parts of one number`;
      throw new ParameterError(TYPE, 'groups', groups, allowed);
    }
    return groupedNorm(identity, groups, new Float64Array(groups.length).fill(weight));
  },
});

/** Σ z_j² over the numbers of a group. */
function sumOfSquares(group: readonly number[], y: Float64Array): readonly [real: number, imaginary: number] {
  let [real, imaginary] = [0, 0];
  for (const i of group.filter((place) => place % 2 === 0)) {
    const [a, b] = [y[i]!, y[i + 1] ?? 0];
    real += a * a - b * b;
    imaginary += 2 * a * b;
  }
  return [real, imaginary];
}
