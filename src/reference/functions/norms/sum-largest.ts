import { checkVector } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { cappedThreshold } from '../numerics/thresholds.js';
import { euclideanNorm } from '../numerics/vectors.js';
import { count, weight } from '../parameters/number.js';

const TYPE = 'sum-largest';

/**
 * r(u) = w times the sum of the k largest u_i, of all for n ≤ k: max for k = 1. With m = min(k, n): ρ(y)_i = clip(y_i − τ, 0, γw) with
 * Σρ(y)_i = γwm, so that prox_{γr}(y)_i = y_i − γw for y_i ≥ τ + γw, τ for y_i between, and y_i for y_i ≤ τ;
 * r* = indicator of {p : 0 ≤ p_i ≤ w, Σp_i = wm}.
 *
 * @example
 * assert.deepEqual([...sumLargest({ weight: 1, count: 2 }).prox(Float64Array.of(5, 1, 0.5, -3), 1)], [4, 0.25, 0.25, -3]);
 */
export const sumLargest = defineFunction({
  type: TYPE,
  formula: 'weight * the sum of the count largest u_i',
  parameters: { weight, count },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  examples: [
    { weight: 0.75, count: 2 },
    { weight: 1.5, count: 1 },
    { weight: 0, count: 1 },
  ],
  vectors: [
    {
      parameters: { weight: 0.7, count: 2 },
      points: [
        ['between', [3, -9, 0.5, 6]],
        ['between', [-0.5, 0.25, 2, -1]],
        ['tie', [2.5, 2.5, 2.5, 0.1]],
        ['zeros', [0, -0, 0]],
        ['large', [2 ** 30, -(2 ** 30), 2 ** 29, 1]],
      ],
    },
  ],
  mutants: {
    'shrinks-largest': {
      description: 'takes γw from the k largest entries and goes on below the others',
      prox({ weight, count }, step, y) {
        const least = y.slice().sort().reverse()[Math.min(count, y.length) - 1]!;
        return y.map((v) => (v >= least ? v - step * weight : v));
      },
    },
    'by-size': {
      description: 'the k largest in size',
      prox({ weight, count }, step, y) {
        const m = Math.min(count, y.length);
        const { reference, depth } = cappedThreshold(y.map(Math.abs), step * weight, step * weight * m);
        return y.map((v) => v - Math.sign(v) * Math.max(0, Math.min(step * weight, depth - (reference - Math.abs(v)))));
      },
    },
    'without-count': {
      description: 'the subgradients sum to γw instead of to γwk: the prox of max with a cap',
      prox({ weight }, step, y) {
        const { reference, depth } = cappedThreshold(y, step * weight, step * weight);
        return y.map((v) => v - Math.max(0, Math.min(step * weight, depth - (reference - v))));
      },
    },
    'value-of-next': {
      description: 'the value is that of the k + 1 largest',
      value: ({ weight, count }, u) =>
        weight *
        u
          .slice()
          .sort()
          .reverse()
          .slice(0, count + 1)
          .reduce((sum, v) => sum + v, 0),
    },
  },
  create({ weight, count }, identity): ProximableFunction {
    const terms = (u: Float64Array): number => Math.min(count, u.length);

    /** Writes `write` of every entry, of y_i − τ cut to [0, γw], and of τ. */
    function eachEntry(
      y: Float64Array,
      step: number,
      out: Float64Array,
      write: (entry: number, share: number, level: number) => number,
    ): void {
      const cap = step * weight;
      const { reference, depth } = cappedThreshold(y, cap, cap * terms(y));
      for (let i = 0; i < y.length; i++) {
        const share = Math.max(0, Math.min(cap, depth - (reference - y[i]!)));
        out[i] = write(y[i]!, share, reference - depth);
      }
    }

    return checkedFunction({
      convex: true,
      ...identity,
      value(u) {
        const sorted = u.slice().sort().reverse();
        let sum = 0;
        for (let j = 0; j < terms(u); j++) sum += sorted[j]!;
        return weight * sum;
      },
      prox(y, step, out) {
        const cap = step * weight;
        eachEntry(y, step, out, (entry, share, level) => (share > 0 && share < cap ? level : entry - share));
      },
      residual: (y, step, out) => eachEntry(y, step, out, (_, share) => share),
      dividedResidual(y, step, out) {
        const cap = step * weight;
        eachEntry(y, step, out, (_, share) => (share === cap ? weight : share / step));
      },
      conjugate() {
        // The distance of p to the set, whose projection is of the same form at the step 1.
        const violation = (p: Float64Array): number => {
          checkVector(TYPE, p);
          const difference = new Float64Array(p.length);
          eachEntry(p, 1, difference, (entry, share) => entry - share);
          const away = euclideanNorm(difference);
          return away <= (p.length + 3) * 2 ** -52 * (weight + euclideanNorm(p)) ? 0 : away;
        };
        return onDomain(violation);
      },
    });
  },
});
