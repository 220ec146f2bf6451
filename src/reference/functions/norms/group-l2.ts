import { checkVector, proxReceiver } from '../definition/arguments.js';
import { defineFunction } from '../definition/define-function.js';
import { onDomain } from '../definition/on-domain.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { euclideanNorm } from '../numerics/euclidean-norm.js';
import { groups } from '../parameters/groups.js';
import { weight } from '../parameters/number.js';

const TYPE = 'group-l2';

/**
 * r(u) = w Σ_g ‖u_g‖₂ for groups g that part the indices 0 … n − 1. prox_{γr}(y)_g = (1 − γw/‖y_g‖)y_g for ‖y_g‖ > γw, else 0;
 * ρ(y)_g = γwy_g/‖y_g‖ or y_g; r* = indicator of {p : ‖p_g‖ ≤ w for every g}.
 *
 * @example
 * assert.deepEqual([...groupL2({ weight: 5, groups: [[0, 2], [1]] }).prox(Float64Array.of(6, 1, 8), 1)], [3, 0, 4]);
 */
export const groupL2 = defineFunction({
  type: TYPE,
  formula: 'weight * sum over groups g of |u_g|_2',
  parameters: { weight, groups },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'yes', placeless: 'yes' },
  examples: [
    { weight: 0.75, groups: [[0, 2], [1]] },
    { weight: 1.5, groups: [[3], [1, 0, 2]] },
    { weight: 0, groups: [[0]] },
  ],
  create({ weight, groups }, identity): ProximableFunction {
    const parts = groups.map((group) => ({ group, entries: new Float64Array(group.length) }));
    const dimension = groups.reduce((sum, group) => sum + group.length, 0);

    function normOf({ group, entries }: (typeof parts)[number], u: Float64Array): number {
      for (let j = 0; j < group.length; j++) entries[j] = u[group[j]!]!;
      return euclideanNorm(entries);
    }

    /** Writes into every group what becomes of its entries, from an entry and the norm of the group. */
    function rescale(y: Float64Array, out: Float64Array, write: (entry: number, norm: number) => number): void {
      for (const part of parts) {
        const norm = normOf(part, y);
        for (let j = 0; j < part.group.length; j++) out[part.group[j]!] = write(part.entries[j]!, norm);
      }
    }

    return {
      ...identity,
      convex: true,
      dimension,
      kinks: (step) => [0, -step * weight, step * weight],
      value(u) {
        checkVector(TYPE, u, dimension);
        let sum = 0;
        for (const part of parts) sum += normOf(part, u);
        return weight * sum;
      },
      prox(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out, dimension);
        const threshold = step * weight;
        rescale(y, result, (entry, norm) => (norm > threshold ? (norm - threshold) * (entry / norm) : entry - entry));
        return result;
      },
      residual(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out, dimension);
        const threshold = step * weight;
        rescale(y, result, (entry, norm) => (norm > threshold ? threshold * (entry / norm) : entry));
        return result;
      },
      dividedResidual(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out, dimension);
        const threshold = step * weight;
        rescale(y, result, (entry, norm) => (norm > threshold ? weight * (entry / norm) : entry / step));
        return result;
      },
      conjugate() {
        const excess = new Float64Array(parts.length);
        const violation = (p: Float64Array): number => {
          checkVector(TYPE, p, dimension);
          for (let g = 0; g < parts.length; g++) excess[g] = Math.max(0, normOf(parts[g]!, p) - weight);
          return euclideanNorm(excess);
        };
        return onDomain(violation);
      },
    };
  },
});
