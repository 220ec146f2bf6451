import { checkVector } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { softThreshold } from '../numerics/thresholds.js';
import { euclideanNorm } from '../numerics/vectors.js';
import { weight } from '../parameters/number.js';
import { groups } from '../parameters/structure.js';
import { groupwise, shrunk } from './grouped-norm.js';

const TYPE = 'sparse-group';

/**
 * r(u) = α‖u‖₁ + β Σ_g ‖u_g‖₂ for groups g that partition the indices 0 … n − 1, the penalty of the sparse-group lasso (Simon et al. 2013).
 * With s = soft(y, γα), prox_{γr}(y)_g = (1 − γβ/‖s_g‖)s_g for ‖s_g‖ > γβ, else 0; ρ(y)_i = clip(y_i, ±γα) + γβs_i/‖s_g‖ or y_i;
 * r* = indicator of {p : ‖soft(p_g, α)‖ ≤ β for every g}.
 *
 * @example
 * const fn = sparseGroup({ l1Weight: 1, groupWeight: 5, groups: [[0, 2], [1]] });
 * assert.deepEqual([...fn.prox(Float64Array.of(7, 1, -9), 1)], [3, 0, -4]);
 */
export const sparseGroup = defineFunction({
  type: TYPE,
  formula: 'l1Weight * sum_i |u_i| + groupWeight * sum over groups g of |u_g|_2',
  parameters: { l1Weight: weight, groupWeight: weight, groups },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  examples: [
    { l1Weight: 0.5, groupWeight: 0.75, groups: [[0, 2], [1]] },
    { l1Weight: 1, groupWeight: 0, groups: [[1, 0]] },
    { l1Weight: 0, groupWeight: 1.5, groups: [[3], [1, 0, 2]] },
  ],
  // Points with a norm that is rational after soft thresholding: α is 0, or a group has one entry that is left.
  vectors: [
    {
      parameters: { l1Weight: 0, groupWeight: 0.7, groups: [[0, 2], [1]] },
      points: [
        ['between', [3, -2, 4]],
        ['tie', [0, 0.25, 0.25]],
      ],
    },
    {
      parameters: { l1Weight: 0.5, groupWeight: 0.7, groups: [[2], [0], [1]] },
      points: [
        ['between', [3, -2, 0.625]],
        ['sparse', [2 ** -30, -(2 ** -31), 0]],
        ['large', [2 ** 30, -(2 ** 29), 1]],
      ],
    },
    {
      parameters: { l1Weight: 0.5, groupWeight: 0.75, groups: [[0, 2, 3], [1]] },
      steps: [0.5, 1, 3],
      // soft(y, γ/2) is (3, −4) in the first group and 1 in the second.
      points: [['between', (step) => [3 + step / 2, 1 + step / 2, -4 - step / 2, step / 4]]],
    },
  ],
  mutants: {
    'norm-of-y': {
      description: 'the group is scaled by the norm of y instead of by that of what the soft threshold leaves',
      prox: ({ l1Weight, groupWeight, groups }, step, y) =>
        groupwise(groups, y, (own) => {
          const length = euclideanNorm(own);
          const share = length > step * groupWeight ? 1 - (step * groupWeight) / length : 0;
          return own.map((v) => share * softThreshold(v, step * l1Weight));
        }),
    },
    'group-first': {
      description: 'the group is shrunk first and its entries after that: the two proxes in the wrong order',
      prox: ({ l1Weight, groupWeight, groups }, step, y) =>
        groupwise(groups, y, (own) => shrunk(own, step * groupWeight).map((v) => softThreshold(v, step * l1Weight))),
    },
    'weighted-by-size': {
      description: 'the threshold of a group grows with the root of its size, as in the paper of the lasso',
      prox: ({ l1Weight, groupWeight, groups }, step, y) =>
        groupwise(groups, y, (own) =>
          shrunk(
            own.map((v) => softThreshold(v, step * l1Weight)),
            step * groupWeight * Math.sqrt(own.length),
          ),
        ),
    },
  },
  create({ l1Weight, groupWeight, groups }, identity): ProximableFunction {
    const parts = groups.map((group) => ({ group, entries: new Float64Array(group.length) }));
    const dimension = groups.reduce((sum, group) => sum + group.length, 0);

    /** ‖s_g‖ of the `entries` of a group after soft thresholding. */
    function normOf({ group, entries }: (typeof parts)[number], u: Float64Array, threshold: number): number {
      for (let j = 0; j < group.length; j++) entries[j] = softThreshold(u[group[j]!]!, threshold);
      return euclideanNorm(entries);
    }

    /** Computes every new entry, from the old one, its soft-thresholded value, and the norm of those values in its group. */
    function rescale(
      y: Float64Array,
      step: number,
      out: Float64Array,
      write: (entry: number, left: number, norm: number) => number,
    ): void {
      for (const part of parts) {
        const norm = normOf(part, y, step * l1Weight);
        for (let j = 0; j < part.group.length; j++) {
          const i = part.group[j]!;
          out[i] = write(y[i]!, part.entries[j]!, norm);
        }
      }
    }

    const clip = (entry: number, limit: number): number => Math.max(-limit, Math.min(limit, entry));

    return checkedFunction({
      convex: true,
      ...identity,
      dimension,
      kinks: (step) =>
        [0, l1Weight, l1Weight + groupWeight].flatMap((size) => (size === 0 ? [0] : [-step * size, step * size])),
      value(u) {
        let sum = 0;
        for (const part of parts) sum += groupWeight * normOf(part, u, 0);
        return u.reduce((total, entry) => total + l1Weight * Math.abs(entry), sum);
      },
      prox(y, step, out) {
        const threshold = step * groupWeight;
        rescale(y, step, out, (_, left, norm) => (norm > threshold ? (norm - threshold) * (left / norm) : left - left));
      },
      residual(y, step, out) {
        const threshold = step * groupWeight;
        rescale(y, step, out, (entry, left, norm) =>
          norm > threshold ? clip(entry, step * l1Weight) + threshold * (left / norm) : entry,
        );
      },
      dividedResidual(y, step, out) {
        const threshold = step * groupWeight;
        rescale(y, step, out, (entry, left, norm) =>
          norm > threshold ? clip(entry / step, l1Weight) + groupWeight * (left / norm) : entry / step,
        );
      },
      conjugate() {
        const excess = new Float64Array(parts.length);
        const violation = (p: Float64Array): number => {
          checkVector(TYPE, p, dimension);
          for (let g = 0; g < parts.length; g++) excess[g] = Math.max(0, normOf(parts[g]!, p, l1Weight) - groupWeight);
          return euclideanNorm(excess);
        };
        return onDomain(violation);
      },
    });
  },
});
