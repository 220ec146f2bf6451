import { checkVector } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { euclideanNorm } from '../numerics/vectors.js';
import { weight } from '../parameters/number.js';
import { groups } from '../parameters/structure.js';
import { groupwise } from './grouped-norm.js';
import { linf } from './linf.js';

const TYPE = 'group-linf';

/**
 * r(u) = w Σ_g ‖u_g‖_∞ for groups g that partition the indices 0 … n − 1 (Quattoni et al. 2009). The prox takes each group by itself, as that
 * of w‖·‖_∞: what it takes from the group has the ℓ1 norm γw, or is the group. r* = indicator of {p : ‖p_g‖₁ ≤ w for every g}.
 *
 * @example
 * assert.deepEqual([...groupLinf({ weight: 1, groups: [[0, 2], [1]] }).prox(Float64Array.of(3, 5, 0.5), 1)], [2, 4, 0.5]);
 */
export const groupLinf = defineFunction({
  type: TYPE,
  formula: 'weight * sum over groups g of max_{i in g} |u_i|',
  parameters: { weight, groups },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  examples: [
    { weight: 0.75, groups: [[0, 2], [1]] },
    { weight: 1.5, groups: [[3], [1, 0, 2]] },
    { weight: 0, groups: [[0]] },
  ],
  mutants: {
    'as-one-group': {
      description: 'the prox of w‖y‖_∞ of the whole vector',
      prox: ({ weight }, step, y) => linf({ weight }).prox(y, step),
    },
    'clips-to-weight': {
      description: 'clips to γw, as the projection onto the dual ball of ℓ1 does',
      prox: ({ weight }, step, y) => y.map((v) => Math.max(-step * weight, Math.min(step * weight, v))),
    },
    'shrinks-largest': {
      description: 'cuts each group at its largest size less γw, right for one largest entry',
      prox: ({ weight, groups }, step, y) =>
        groupwise(groups, y, (entries) => {
          const level = Math.max(0, Math.max(...entries.map(Math.abs)) - step * weight);
          return entries.map((v) => Math.max(-level, Math.min(level, v)));
        }),
    },
  },
  create({ weight, groups }, identity): ProximableFunction {
    const dimension = groups.reduce((sum, group) => sum + group.length, 0);
    const inner = linf({ weight });
    const dual = inner.conjugate!();
    const partOf = (u: Float64Array, group: readonly number[]): Float64Array => Float64Array.from(group, (i) => u[i]!);

    return checkedFunction({
      convex: true,
      ...identity,
      dimension,
      kinks: (step) => [0, -step * weight, step * weight],
      value: (u) => groups.reduce((sum, group) => sum + inner.value(partOf(u, group)), 0),
      prox: (y, step, out) => out.set(groupwise(groups, y, (entries) => inner.prox(entries, step))),
      residual: (y, step, out) => out.set(groupwise(groups, y, (entries) => inner.residual(entries, step))),
      dividedResidual: (y, step, out) =>
        out.set(groupwise(groups, y, (entries) => inner.dividedResidual(entries, step))),
      conjugate() {
        const violation = (p: Float64Array): number => {
          checkVector(TYPE, p, dimension);
          return euclideanNorm(Float64Array.from(groups, (group) => dual.violation!(partOf(p, group))));
        };
        return onDomain(violation);
      },
    });
  },
});
