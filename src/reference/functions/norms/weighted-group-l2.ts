import { ParameterError } from '../definition/arguments.js';
import { defineFunction } from '../definition/define-function.js';
import { euclideanNorm } from '../numerics/vectors.js';
import { groups } from '../parameters/structure.js';
import { vector } from '../parameters/vector.js';
import { groupedNorm, groupwise, shrunk } from './grouped-norm.js';

const TYPE = 'weighted-group-l2';

/**
 * r(u) = Σ_g w_g‖u_g‖₂ for groups g that partition the indices 0 … n − 1, the group lasso with a weight for each group: w_g = λ√|g| with the size |g|
 * of the group is that of Yuan and Lin (2006), and entries of a group of weight 0 are free. prox_{γr}(y)_g = (1 − γw_g/‖y_g‖)y_g for ‖y_g‖ > γw_g,
 * else 0; ρ(y)_g = γw_g y_g/‖y_g‖ or y_g; r* = indicator of {p : ‖p_g‖ ≤ w_g for every g}. A separate type: a library with `group-l2` need not offer
 * this.
 *
 * @example
 * const groups = [[0, 1, 2, 3], [4]];
 * const fn = weightedGroupL2({ groupWeights: groups.map((group) => Math.sqrt(group.length)), groups });
 * assert.deepEqual([...fn.prox(Float64Array.of(2, 2, 2, 2, 5), 1)], [1, 1, 1, 1, 4]);
 */
export const weightedGroupL2 = defineFunction({
  type: TYPE,
  formula: 'sum over groups g of groupWeights_g * |u_g|_2',
  parameters: { groupWeights: vector({ minimum: 0 }), groups },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  drawn: { groupWeights: 'one-per-group' },
  overflow: { parameters: (weight) => ({ groupWeights: [weight], groups: [[0, 1]] }), prox: (y) => y },
  examples: [
    { groupWeights: [0.75, 2], groups: [[0, 2], [1]] },
    { groupWeights: [1.5, 0, 0.5], groups: [[3], [1, 0], [4, 2]] },
    { groupWeights: [1], groups: [[0]] },
  ],
  // Points whose groups have rational norms; a group of weight 0 is free.
  vectors: [
    {
      parameters: { groupWeights: [0.7, 0, 2], groups: [[0, 3], [2], [1, 4]] },
      points: [
        ['between', [3, -5, 0.25, 4, 12]],
        ['between', [-12, 0.75, -2, 5, -1]],
        ['tie', [-3, 3, 3, -4, 4]],
        ['sparse', [2 ** -30, 0, 0, 0, -(2 ** -31)]],
        ['zeros', [0, -0, 0, 0, 0]],
        ['large', [3 * 2 ** 30, 1, -1, 4 * 2 ** 30, 0]],
      ],
    },
  ],
  mutants: {
    'weights-dropped': {
      description: 'every group has the weight 1',
      prox: ({ groups }, step, y) => groupwise(groups, y, (own) => shrunk(own, step)),
    },
    'weight-twice': {
      description: 'the weight is in the step and in the threshold: γw_g²',
      prox: ({ groupWeights, groups }, step, y) =>
        groupwise(groups, y, (own, g) => shrunk(own, step * groupWeights[g]! ** 2)),
    },
    'neighbouring-weight': {
      description: 'the weight of the next group, as of a list that begins at 1',
      prox: ({ groupWeights, groups }, step, y) =>
        groupwise(groups, y, (own, g) => shrunk(own, step * groupWeights[(g + 1) % groups.length]!)),
    },
    'divided-by-weight': {
      description: 'thresholds at γ/w_g, for weights that are the norms of a first estimate',
      prox: ({ groupWeights, groups }, step, y) =>
        groupwise(groups, y, (own, g) => shrunk(own, step / groupWeights[g]!)),
    },
    'weighted-by-size': {
      description: 'the root of the size of a group comes on top of its weight',
      prox: ({ groupWeights, groups }, step, y) =>
        groupwise(groups, y, (own, g) => shrunk(own, step * groupWeights[g]! * Math.sqrt(own.length))),
    },
    'value-without-weights': {
      description: 'the value is Σ_g ‖u_g‖₂',
      value: ({ groups }, u) =>
        groups.reduce((sum, group) => sum + euclideanNorm(Float64Array.from(group, (i) => u[i]!)), 0),
    },
  },
  create({ groupWeights, groups }, identity) {
    if (groupWeights.length !== groups.length) {
      throw new ParameterError(TYPE, 'length of groupWeights', groupWeights.length, `${groups.length}, one per group`);
    }
    return groupedNorm(identity, groups, groupWeights);
  },
});
