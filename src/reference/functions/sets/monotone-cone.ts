import { checkVector } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain, residualsOf } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { euclideanNorm } from '../numerics/vectors.js';

const TYPE = 'monotone-cone';

/** A run of entries that the projection replaces by their mean. */
interface PooledRun {
  readonly start: number;
  readonly length: number;
  /** The mean less the first entry of the run: differences to it do not cancel. */
  readonly above: number;
  readonly mean: number;
}

/** The runs of the isotonic regression of y (pool adjacent violators): neighbours whose means do not increase are joined. */
function runsOf(y: Float64Array): PooledRun[] {
  const runs: PooledRun[] = [];
  for (let i = 0; i < y.length; i++) {
    let run: PooledRun = { start: i, length: 1, above: 0, mean: y[i]! };
    for (let before = runs.at(-1); before !== undefined && before.mean >= run.mean; before = runs.at(-1)) {
      runs.pop();
      const length = before.length + run.length;
      const apart = y[run.start]! - y[before.start]!;
      const above = (before.length * before.above + run.length * (apart + run.above)) / length;
      run = { start: before.start, length, above, mean: y[before.start]! + above };
    }
    runs.push(run);
  }
  return runs;
}

/**
 * The isotonic regression of y by the formula of Barlow et al. (1972), without a pool: entry j is the largest over k ≤ j of the least over l ≥ j
 * mean of y_k … y_l.
 */
function isotonic(y: Float64Array): Float64Array {
  const result = new Float64Array(y.length).fill(-Infinity);
  const means = new Float64Array(y.length);
  for (let k = 0; k < y.length; k++) {
    let sum = 0;
    for (let l = k; l < y.length; l++) {
      sum += y[l]!;
      means[l] = sum / (l - k + 1);
    }
    let least = Infinity;
    for (let j = y.length - 1; j >= k; j--) {
      least = Math.min(least, means[j]!);
      result[j] = Math.max(result[j]!, least);
    }
  }
  return result;
}

/**
 * r = indicator of the cone {u : u_1 ≤ u_2 ≤ … ≤ u_n}. prox_{γr}(y) is the isotonic regression of y for every γ, by pooling adjacent violators
 * in O(n); ρ(y)_i is y_i less the mean of its run. r* = indicator of the polar cone {p : p_k + … + p_n ≤ 0 for every k, with equality for k = 1}.
 *
 * @example
 * assert.deepEqual([...monotoneCone({}).prox(Float64Array.of(1, 3, 2, 0, 5), 1)], [1, 5 / 3, 5 / 3, 5 / 3, 5]);
 */
export const monotoneCone = defineFunction({
  type: TYPE,
  formula: '0 if u_1 <= u_2 <= ... <= u_n, else Infinity',
  parameters: {},
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', placeless: 'yes', indicator: 'yes' },
  examples: [{}],
  vectors: [
    {
      parameters: {},
      points: [
        ['inside', [-1, 0.5, 0.5, 2]],
        ['outside', [3, 2, 1, 0]],
        ['outside', [0.3, 5, 0.1, 4, 6, 5.5]],
        ['outside', [1, 0]],
        ['tie', [0.3, 0.3, 0.3]],
        ['zeros', [0, -0, 0]],
        ['large', [2 ** 30, 1, -(2 ** 30)]],
      ],
    },
  ],
  mutants: {
    sorted: {
      description: 'sorts the entries: monotone, but not the nearest such point',
      prox: (_, __, y) => y.slice().sort(),
    },
    'running-maximum': {
      description: 'raises what decreases to the entry before',
      prox(_, __, y) {
        let level = -Infinity;
        return y.map((v) => {
          level = Math.max(level, v);
          return level;
        });
      },
    },
    'pooled-once': {
      description: 'goes back over one run only when a mean falls below the run before',
      prox(_, __, y) {
        const u = y.slice();
        let start = 0;
        for (let i = 1; i < u.length; i++) {
          if (u[i]! >= u[i - 1]!) start = i;
          else {
            const mean = y.subarray(start, i + 1).reduce((a, b) => a + b, 0) / (i + 1 - start);
            u.fill(mean, start, i + 1);
          }
        }
        return u;
      },
    },
    'nonincreasing-cone': {
      description: 'the regression that decreases',
      prox: (_, __, y) => isotonic(y.map((v) => -v)).map((v) => -v),
    },
  },
  create(_, identity): ProximableFunction {
    const violation = (u: Float64Array): number => {
      if (u.every((entry, i) => i === 0 || u[i - 1]! <= entry)) return 0;
      const nearest = isotonic(u);
      return euclideanNorm(u.map((entry, i) => entry - nearest[i]!));
    };

    /** The distance of p to the polar cone, which is the norm of the projection onto the cone (Moreau 1962). */
    const polarViolation = (p: Float64Array): number => {
      checkVector(TYPE, p);
      const away = euclideanNorm(isotonic(p));
      return away <= (p.length + 3) * 2 ** -52 * euclideanNorm(p) ? 0 : away;
    };

    /** Writes the residual: the nearest point of the polar cone. */
    function residual(y: Float64Array, out: Float64Array): void {
      out.set(y);
      // The second pass removes the rounding that the first leaves of a far y.
      for (let pass = 0; pass < 2; pass++) {
        for (const { start, length, above } of runsOf(out)) {
          const first = out[start]!;
          for (let i = start; i < start + length; i++) out[i] = out[i]! - first - above;
        }
      }
    }

    return checkedFunction({
      convex: true,
      ...identity,
      ...onDomain(violation),
      prox(y, _, out) {
        for (const { start, length, mean } of runsOf(y)) out.fill(mean, start, start + length);
      },
      ...residualsOf(residual),
      conjugate: () => onDomain(polarViolation),
    });
  },
});
