import { checkVector } from '../definition/arguments.js';
import { checkedFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { euclideanNorm } from '../numerics/vectors.js';
import type { Groups } from '../parameters/structure.js';

/**
 * r(u) = Σ_g w_g‖u_g‖₂ for groups g that partition the indices 0 … n − 1, with a weight for each of them in their order.
 * prox_{γr}(y)_g = (1 − γw_g/‖y_g‖)y_g for ‖y_g‖ > γw_g, else 0; ρ(y)_g = γw_g y_g/‖y_g‖ or y_g;
 * r* = indicator of {p : ‖p_g‖ ≤ w_g for every g}.
 */
export function groupedNorm(
  identity: Pick<ProximableFunction, 'type' | 'parameters'>,
  groups: Groups,
  weights: Float64Array,
): ProximableFunction {
  const { type } = identity;
  const parts = groups.map((group, g) => ({ group, weight: weights[g]!, entries: new Float64Array(group.length) }));
  const dimension = groups.reduce((sum, group) => sum + group.length, 0);

  function normOf({ group, entries }: (typeof parts)[number], u: Float64Array): number {
    for (let j = 0; j < group.length; j++) entries[j] = u[group[j]!]!;
    return euclideanNorm(entries);
  }

  /** Computes the new entries of every group, each from the old entry, the norm of the group and its weight. */
  function rescale(
    y: Float64Array,
    out: Float64Array,
    write: (entry: number, norm: number, weight: number) => number,
  ): void {
    for (const part of parts) {
      const norm = normOf(part, y);
      for (let j = 0; j < part.group.length; j++) out[part.group[j]!] = write(part.entries[j]!, norm, part.weight);
    }
  }

  return checkedFunction({
    convex: true,
    ...identity,
    dimension,
    kinks: (step) => [0, ...[...new Set(weights)].flatMap((weight) => [-step * weight, step * weight])],
    value(u) {
      let sum = 0;
      for (const part of parts) sum += part.weight * normOf(part, u);
      return sum;
    },
    prox(y, step, out) {
      rescale(y, out, (entry, norm, weight) => {
        const threshold = step * weight;
        return norm > threshold ? (norm - threshold) * (entry / norm) : entry - entry;
      });
    },
    residual(y, step, out) {
      rescale(y, out, (entry, norm, weight) => {
        const threshold = step * weight;
        return norm > threshold ? threshold * (entry / norm) : entry;
      });
    },
    dividedResidual: (y, step, out) =>
      rescale(y, out, (entry, norm, weight) => (norm > step * weight ? weight * (entry / norm) : entry / step)),
    conjugate() {
      const excess = new Float64Array(parts.length);
      const violation = (p: Float64Array): number => {
        checkVector(type, p, dimension);
        for (let g = 0; g < parts.length; g++) excess[g] = Math.max(0, normOf(parts[g]!, p) - weights[g]!);
        return euclideanNorm(excess);
      };
      return onDomain(violation);
    },
  });
}

/** A vector with every group replaced by the result of `change`, which gets the number of the group. */
export function groupwise(
  groups: Groups,
  y: Float64Array,
  change: (entries: Float64Array, g: number) => Float64Array,
): Float64Array {
  const u = y.slice();
  groups.forEach((group, g) => {
    const changed = change(
      Float64Array.from(group, (i) => y[i]!),
      g,
    );
    group.forEach((i, j) => {
      u[i] = changed[j]!;
    });
  });
  return u;
}

/** (1 − t/‖u‖)u, or 0 where ‖u‖ ≤ t. */
export function shrunk(u: Float64Array, threshold: number): Float64Array {
  const norm = euclideanNorm(u);
  return u.map((entry) => (norm > threshold ? (1 - threshold / norm) * entry : 0));
}
