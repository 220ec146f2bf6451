import { checkVector, ParameterError } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain, residualsOf } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { cappedThreshold } from '../numerics/thresholds.js';
import { euclideanNorm } from '../numerics/vectors.js';
import { positiveNumber } from '../parameters/number.js';

const TYPE = 'capped-simplex';

const clip = (v: number): number => Math.max(0, Math.min(1, v));

/**
 * r = indicator of {u : 0 ≤ u_i ≤ 1, Σu_i = t} for vectors of at least t entries. prox_{γr}(y)_i = clip(y_i − τ, 0, 1) for every γ, with τ the
 * level at which the sum is t, found by sorting in O(n log n). r*(p) = the sum of the ⌊t⌋ largest p_i and t − ⌊t⌋ times the next, for an
 * integer t the sum of the t largest. `value` allows the sum the rounding of n additions, and more where the projection is the point itself.
 *
 * @throws ParameterError for a vector of fewer entries than t
 * @example
 * assert.deepEqual([...cappedSimplex({ total: 2 }).prox(Float64Array.of(5, 1, 0.5), 1)], [1, 0.75, 0.25]);
 */
export const cappedSimplex = defineFunction({
  type: TYPE,
  formula: '0 if 0 <= u_i <= 1 for all i and sum_i u_i = total, else Infinity',
  parameters: { total: positiveNumber },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', indicator: 'yes' },
  drawn: { total: 'below-length' },
  examples: [{ total: 1 }, { total: 0.75 }],
  vectors: [
    {
      parameters: { total: 2 },
      points: [
        ['inside', [0.5, 1, 0.25, 0.25]],
        ['boundary', [0, 1, 1]],
        ['outside', [0.5, -1, 2, 0.25]],
        ['outside', [-1, -2, -3]],
        ['outside', [-4, 7]],
        ['tie', [0.3, 0.3, 0.3]],
        ['tie', [1.5, -0.25, 1.5]],
        ['zeros', [0, -0, 0]],
        ['large', [2 ** 30, 2 ** 30 - 0.25, -(2 ** 30)]],
      ],
    },
    {
      parameters: { total: 0.7 },
      points: [
        ['outside', [0.5, -1, 2, 0.25]],
        ['outside', [-4]],
        ['tie', [1.5, -0.25, 1.5]],
      ],
    },
  ],
  mutants: {
    'without-cap': {
      description: 'the projection onto {u ≥ 0, Σu = t}',
      prox({ total }, _, y) {
        const { reference, depth } = cappedThreshold(y, total, total);
        return y.map((v) => Math.max(0, depth - (reference - v)));
      },
    },
    'clipped-then-scaled': {
      description: 'clips y to [0, 1] and divides by the sum',
      prox({ total }, _, y) {
        const clipped = y.map(clip);
        const sum = clipped.reduce((a, b) => a + b, 0);
        return clipped.map((v) => (sum === 0 ? total / y.length : clip((total * v) / sum)));
      },
    },
    'capped-after': {
      description: 'cuts the projection onto the simplex to 1: the sum is then too small',
      prox({ total }, _, y) {
        const { reference, depth } = cappedThreshold(y, total, total);
        return y.map((v) => clip(depth - (reference - v)));
      },
    },
  },
  create({ total }, identity): ProximableFunction {
    /** Throws for a vector that is too short for the set to have a point. */
    function checkLength(u: Float64Array): void {
      checkVector(TYPE, u);
      if (u.length < total) throw new ParameterError(TYPE, 'vector length', u.length, `at least ${total}, the total`);
    }

    /** Writes `write` of every entry and of its image. */
    function project(y: Float64Array, out: Float64Array, write: (entry: number, image: number) => number): void {
      const { reference, depth } = cappedThreshold(y, 1, total);
      for (let i = 0; i < y.length; i++) out[i] = write(y[i]!, clip(depth - (reference - y[i]!)));
    }

    const feasible = (u: Float64Array): boolean => {
      let sum = 0;
      for (let i = 0; i < u.length; i++) {
        if (!(u[i]! >= 0 && u[i]! <= 1)) return false;
        sum += u[i]!;
      }
      return Math.abs(sum - total) <= u.length * 2 ** -52 * total;
    };

    return checkedFunction({
      convex: true,
      ...identity,
      // A point that is its own projection is a member too, though the rounding of its sum be larger.
      ...onDomain((u) => {
        checkLength(u);
        if (feasible(u)) return 0;
        const difference = new Float64Array(u.length);
        project(u, difference, (entry, image) => entry - image);
        return euclideanNorm(difference);
      }),
      prox(y, _, out) {
        checkLength(y);
        project(y, out, (_, image) => image);
      },
      ...residualsOf((y, out) => {
        checkLength(y);
        project(y, out, (entry, image) => entry - image);
      }),
      conjugate: () => ({
        value(p) {
          checkLength(p);
          const sorted = p.slice().sort().reverse();
          let sum = 0;
          for (let j = 0; j < total; j++) sum += Math.min(1, total - j) * sorted[j]!;
          return sum;
        },
      }),
    });
  },
});
