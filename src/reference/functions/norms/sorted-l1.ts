import { checkVector } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { sortedBySize } from '../numerics/thresholds.js';
import { euclideanNorm } from '../numerics/vectors.js';
import { decreasingVector } from '../parameters/vector.js';

const TYPE = 'sorted-l1';

/**
 * r(u) = Σ_j w_j|u|_(j) with |u|_(1) ≥ |u|_(2) ≥ … and w_1 ≥ w_2 ≥ … ≥ 0, the penalty of SLOPE (Bogdan et al. 2015) and OWL. With
 * z_j = |y|_(j) − γw_j the sizes of prox_{γr}(y) are, in that order, max(v_j, 0) for the v with v_1 ≥ v_2 ≥ … nearest to z: runs in which z
 * increases become their means (pool adjacent violators). r* = indicator of {p : Σ_{j ≤ k} |p|_(j) ≤ Σ_{j ≤ k} w_j for every k}.
 *
 * @example
 * assert.deepEqual([...sortedL1({ weights: [3, 1] }).prox(Float64Array.of(-5, 4.5), 1)], [-2.75, 2.75]);
 */
export const sortedL1 = defineFunction({
  type: TYPE,
  formula: 'sum_j weights_j * (the j-th largest |u_i|)',
  parameters: { weights: decreasingVector({ minimum: 0 }) },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  examples: [{ weights: [2, 0.75, 0.5] }, { weights: [1.5] }, { weights: [1, 1, 0, 0] }, { weights: [0, 0] }],
  vectors: [
    {
      parameters: { weights: [2, 0.7, 0.7, 0] },
      points: [
        ['between', [3, -9, 0.5, 6]],
        ['between', [-0.5, 0.25, 2, -1]],
        ['tie', [2.5, -2.5, 2.5, 0.1]],
        ['tie', [-0.3, 0.3, 0.3, 0.3]],
        ['zeros', [0, -0, 0, 0]],
        ['large', [2 ** 30, -(2 ** 30), 2 ** 29, 1]],
        ['tiny', [2 ** -30, -(2 ** -31), 0, 2 ** -30]],
      ],
    },
  ],
  mutants: {
    'by-place': {
      description: 'the weights stand at the entries in their order instead of in the order of their sizes',
      prox: ({ weights }, step, y) => y.map((v, i) => Math.sign(v) * Math.max(Math.abs(v) - step * weights[i]!, 0)),
    },
    'not-pooled': {
      description: 'sorts and thresholds, without the means where the order is broken',
      prox({ weights }, step, y) {
        const order = Array.from(y.keys()).sort((a, b) => Math.abs(y[b]!) - Math.abs(y[a]!));
        const u = y.slice();
        order.forEach((i, j) => {
          u[i] = Math.sign(y[i]!) * Math.max(Math.abs(y[i]!) - step * weights[j]!, 0);
        });
        return u;
      },
    },
    'running-minimum': {
      description: 'what increases is lowered to the entry before instead of to the mean of both',
      prox({ weights }, step, y) {
        const order = Array.from(y.keys()).sort((a, b) => Math.abs(y[b]!) - Math.abs(y[a]!));
        const u = y.slice();
        let level = Infinity;
        order.forEach((i, j) => {
          level = Math.min(level, Math.max(Math.abs(y[i]!) - step * weights[j]!, 0));
          u[i] = Math.sign(y[i]!) * level;
        });
        return u;
      },
    },
    'sizes-not-sorted': {
      description: 'the value is Σ w_i|u_i| in the order of the entries',
      value: ({ weights }, u) => u.reduce((sum, v, i) => sum + weights[i]! * Math.abs(v), 0),
    },
  },
  create({ weights }, identity): ProximableFunction {
    const dimension = weights.length;
    const bySize = sortedBySize(dimension);
    /** The first place of every run that has one value, and the sum of z over it. */
    const starts = new Uint32Array(dimension + 1);
    const sums = new Float64Array(dimension);

    /** Parts the places 0 … n − 1 of the sorted sizes into the runs of the prox; gives their number. */
    function pool(sizes: Float64Array, step: number): number {
      let runs = 0;
      for (let j = 0; j < dimension; j++) {
        starts[runs] = j;
        sums[runs] = sizes[j]! - step * weights[j]!;
        runs++;
        while (
          runs > 1 &&
          sums[runs - 2]! * (j + 1 - starts[runs - 1]!) <= sums[runs - 1]! * (starts[runs - 1]! - starts[runs - 2]!)
        ) {
          runs--;
          sums[runs - 1]! += sums[runs]!;
        }
      }
      starts[runs] = dimension;
      return runs;
    }

    /** Calls `write` with the index of every entry, its size less the mean of its run, that mean, and the mean weight of the run. */
    function eachEntry(
      y: Float64Array,
      step: number,
      write: (index: number, above: number, mean: number, weight: number) => void,
    ): void {
      const { order, sizes } = bySize(y);
      const runs = pool(sizes, step);
      for (let run = 0; run < runs; run++) {
        const [start, end] = [starts[run]!, starts[run + 1]!];
        const first = sizes[start]!;
        // Sizes of one run are near each other: relative to the first nothing large cancels.
        let [below, weight] = [0, 0];
        for (let j = start; j < end; j++) {
          below += (first - sizes[j]!) / (end - start);
          weight += weights[j]! / (end - start);
        }
        for (let j = start; j < end; j++) write(order[j]!, below - (first - sizes[j]!), first - below, weight);
      }
    }

    return checkedFunction({
      convex: true,
      ...identity,
      dimension,
      kinks: (step) => [
        0,
        ...[weights[0]!, weights[dimension - 1]!].flatMap((weight) => [-step * weight, step * weight]),
      ],
      value(u) {
        const { sizes } = bySize(u);
        return sizes.reduce((sum, size, j) => sum + weights[j]! * size, 0);
      },
      prox(y, step, out) {
        eachEntry(y, step, (i, _, mean, weight) => {
          const size = Math.max(mean - step * weight, 0);
          out[i] = y[i]! < 0 ? -size : size;
        });
      },
      residual(y, step, out) {
        eachEntry(y, step, (i, above, mean, weight) => {
          if (mean > step * weight) out[i] = y[i]! < 0 ? -(above + step * weight) : above + step * weight;
          else out[i] = y[i]!;
        });
      },
      dividedResidual(y, step, out) {
        eachEntry(y, step, (i, above, mean, weight) => {
          if (mean > step * weight) out[i] = y[i]! < 0 ? -(above / step + weight) : above / step + weight;
          else out[i] = y[i]! / step;
        });
      },
      conjugate: () => onDomain((p) => distanceToPolytope(p, weights, bySize)),
    });
  },
});

/**
 * Distance from p to {p : Σ_{j ≤ k} |p|_(j) ≤ Σ_{j ≤ k} w_j for every k}: the norm of what the nearest point leaves of z_j = |p|_(j) − w_j, the
 * positive part of its isotonic regression. That is the least over k ≤ j of the largest over l ≥ j mean of z_k … z_l (Barlow et al. 1972), a
 * formula without a pool.
 */
function distanceToPolytope(p: Float64Array, weights: Float64Array, bySize: ReturnType<typeof sortedBySize>): number {
  checkVector(TYPE, p, weights.length);
  const { sizes } = bySize(p);
  const excess = weights.map((_, j) => {
    let least = Infinity;
    for (let k = 0; k <= j; k++) {
      let [sum, largest] = [0, -Infinity];
      for (let l = k; l < weights.length; l++) {
        sum += sizes[l]! - weights[l]!;
        if (l >= j) largest = Math.max(largest, sum / (l - k + 1));
      }
      least = Math.min(least, largest);
    }
    return Math.max(least, 0);
  });
  return euclideanNorm(excess);
}
