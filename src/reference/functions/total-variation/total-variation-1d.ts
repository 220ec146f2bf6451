import { checkVector, proxReceiver } from '../definition/arguments.js';
import { defineFunction } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { scratchVector } from '../numerics/scratch.js';
import { weight } from '../parameters/number.js';
import { totalVariationLevels } from './total-variation-levels.js';

const TYPE = 'total-variation-1d';

/**
 * r(u) = w Σ|u_{i+1} − u_i| for a signal u. The prox is exact, in O(n): on a segment of m equal entries it is
 * mean(y) + γw(±1 ± 1)/m, each end pulled towards the neighbouring segment, and ρ(y) = y − that; the first and the last end are free.
 *
 * @example
 * assert.deepEqual([...totalVariation1d({ weight: 1 }).prox(Float64Array.of(0, 4), 1)], [1, 3]);
 */
export const totalVariation1d = defineFunction({
  type: TYPE,
  formula: 'weight * sum_i |u_(i+1) - u_i|',
  parameters: { weight },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'no' },
  symmetries: ['reversal', 'negation', 'shifts'],
  examples: [{ weight: 0.5 }, { weight: 0 }],
  mutants: {
    pairs: {
      description: 'neighbours move towards each other one pair after the other, once',
      killedBy: 'prox-variational-inequality',
      prox: ({ weight }, step, y) => {
        const u = y.slice();
        for (let i = 0; i + 1 < u.length; i++) {
          const half = (u[i + 1]! - u[i]!) / 2;
          const move = Math.sign(half) * Math.min(Math.abs(half), step * weight);
          u[i]! += move;
          u[i + 1]! -= move;
        }
        return u;
      },
    },
    'of-zero-ends': {
      description: 'the signal is taken as 0 before its first entry',
      killedBy: 'prox-symmetries',
      change: (honest) => ({ prox: (y, step) => honest.prox(Float64Array.of(0, ...y), step).slice(1) }),
    },
  },
  create({ weight }, identity): ProximableFunction {
    const levelsOf = scratchVector();
    const solve = totalVariationLevels();

    /** Calls `write` for every segment of the prox: where it starts and ends, mean(y) there, and Σ ± 1 over its two ends. */
    function forEachSegment(
      y: Float64Array,
      t: number,
      write: (start: number, end: number, mean: number, pull: number) => void,
    ): void {
      const n = y.length;
      const levels = levelsOf(n);
      solve(y, t, levels);
      for (let start = 0, end = 0; start < n; start = end) {
        let sum = 0;
        for (end = start + 1; end < n && levels[end] === levels[start]; end++) sum += y[end]! - y[start]!;
        const before = start > 0 ? Math.sign(levels[start - 1]! - levels[start]!) : 0;
        const after = end < n ? Math.sign(levels[end]! - levels[start]!) : 0;
        write(start, end, y[start]! + sum / (end - start), before + after);
      }
    }

    return {
      convex: true,
      ...identity,
      value(u) {
        checkVector(TYPE, u);
        let sum = 0;
        for (let i = 1; i < u.length; i++) sum += Math.abs(u[i]! - u[i - 1]!);
        return weight * sum;
      },
      prox(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out);
        const t = step * weight;
        forEachSegment(y, t, (start, end, mean, pull) => {
          result.fill(mean + (t * pull) / (end - start), start, end);
        });
        return result;
      },
      residual(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out);
        const t = step * weight;
        forEachSegment(y, t, (start, end, mean, pull) => {
          for (let i = start; i < end; i++) result[i] = y[i]! - mean - (t * pull) / (end - start);
        });
        return result;
      },
      dividedResidual(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out);
        forEachSegment(y, step * weight, (start, end, mean, pull) => {
          for (let i = start; i < end; i++) result[i] = (y[i]! - mean) / step - (weight * pull) / (end - start);
        });
        return result;
      },
    };
  },
});
