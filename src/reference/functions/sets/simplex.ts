import { checkVector } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain, residualsOf } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { simplexThreshold } from '../numerics/thresholds.js';
import { euclideanNorm, scratchVector } from '../numerics/vectors.js';
import { positiveNumber } from '../parameters/number.js';

const TYPE = 'simplex';

/**
 * r = indicator of {u : u_i ≥ 0, Σu_i = t}. prox_{γr}(y)_i = max(y_i − τ, 0) for every γ, with τ the threshold at which the
 * sum is t, found by sorting in O(n log n) (Held, Wolfe, Crowder 1974); ρ(y)_i = min(y_i, τ); r*(p) = t max p_i.
 * `value` allows the sum the rounding of n additions, and more where the projection is the point itself.
 *
 * @example
 * assert.deepEqual([...simplex({ total: 1 }).prox(Float64Array.of(1, 1), 1)], [0.5, 0.5]);
 */
export const simplex = defineFunction({
  type: TYPE,
  formula: '0 if u_i >= 0 for all i and sum_i u_i = total, else Infinity',
  parameters: { total: positiveNumber },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', indicator: 'yes' },
  examples: [{ total: 1 }, { total: 2.5 }],
  vectors: [
    {
      parameters: { total: 1 },
      points: [
        ['inside', [0.5, 0.25, 0.25]],
        ['boundary', [0, 1, 0]],
        ['outside', [0.5, -1, 2, 0.25]],
        ['outside', [-1, -2, -3]],
        ['outside', [-4]],
        ['tie', [0.3, 0.3, 0.3]],
        ['tie', [1.5, -0.25, 1.5]],
        ['zeros', [0, -0, 0]],
        ['large', [2 ** 30, 2 ** 30 - 0.25, -(2 ** 30)]],
      ],
    },
    {
      parameters: { total: 0.7 },
      points: [
        ['inside', [0.35, 0.175, 0.175]],
        ['boundary', [0, 0.7, 0]],
        ['outside', [0.5, -1, 2, 0.25]],
        ['outside', [-1, -2, -3]],
        ['outside', [-4]],
        ['tie', [0.3, 0.3, 0.3]],
        ['tie', [1.5, -0.25, 1.5]],
        ['zeros', [0, -0, 0]],
        ['large', [2 ** 30, 2 ** 30 - 0.25, -(2 ** 30)]],
      ],
    },
  ],
  mutants: {
    unsorted: {
      description: 'the threshold is searched in the order of the entries instead of by size',
      prox({ total }, _, y) {
        let threshold = y[0]! - total;
        let partial = 0;
        y.forEach((v, k) => {
          partial += v;
          const candidate = (partial - total) / (k + 1);
          if (v > candidate) threshold = candidate;
        });
        return y.map((v) => Math.max(v - threshold, 0));
      },
    },
    normalised: {
      description: 'negative entries to 0, then divided by the sum',
      prox({ total }, _, y) {
        const positive = y.map((v) => Math.max(v, 0));
        const size = positive.reduce((a, b) => a + b, 0);
        return positive.map((v) => (size === 0 ? total / y.length : (total * v) / size));
      },
    },
    'shifted-and-clipped': {
      description: 'shifts y to the right sum and clips at 0, once',
      prox: ({ total }, _, y) => y.map((v) => Math.max(v - (y.reduce((a, b) => a + b, 0) - total) / y.length, 0)),
    },
    'sorts-its-input': {
      description: 'the sort for the threshold is done in y itself',
      change: (honest) => ({
        prox(y, step) {
          const u = honest.prox(y, step);
          y.sort();
          return u;
        },
      }),
    },
    'total-bounded': {
      description: 'no total above 8',
      change: (honest, { total }) => ({
        prox: (y, step) => honest.prox(y, step).map((v) => (total > 8 ? (8 * v) / total : v)),
      }),
    },
  },
  create({ total }, identity): ProximableFunction {
    const threshold = simplexThreshold();
    const residualOf = scratchVector();

    function residual(y: Float64Array, out: Float64Array): void {
      const { largest, depth } = threshold(y, total);
      for (let i = 0; i < y.length; i++) out[i] = Math.min(y[i]!, largest - depth);
    }

    const feasible = (u: Float64Array): boolean => {
      let sum = 0;
      for (let i = 0; i < u.length; i++) {
        if (!(u[i]! >= 0)) return false;
        sum += u[i]!;
      }
      return Math.abs(sum - total) <= u.length * 2 ** -52 * total;
    };

    return checkedFunction({
      convex: true,
      ...identity,
      // A point that is its own projection is a member too, though the rounding of its sum be larger.
      ...onDomain((u) => {
        if (feasible(u)) return 0;
        const difference = residualOf(u.length);
        residual(u, difference);
        return euclideanNorm(difference);
      }),
      prox(y, _, out) {
        const { largest, depth } = threshold(y, total);
        for (let i = 0; i < y.length; i++) out[i] = Math.max(depth - (largest - y[i]!), 0);
      },
      ...residualsOf(residual),
      conjugate: () => ({
        value(p) {
          checkVector(TYPE, p);
          let maximum = -Infinity;
          for (let i = 0; i < p.length; i++) maximum = Math.max(maximum, p[i]!);
          return total * maximum;
        },
      }),
    });
  },
});
