import { checkedFunction, defineFunction, onDomain, residualsOf } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { euclideanNorm } from '../numerics/vectors.js';
import { count } from '../parameters/number.js';

/** The places of the entries of y from the largest in size to the smallest; those of one size in their order. */
const bySize = (y: Float64Array): number[] =>
  Array.from(y.keys()).sort((a, b) => Math.abs(y[b]!) - Math.abs(y[a]!) || a - b);

/** y with the entries at the places kept and 0 elsewhere. */
function kept(y: Float64Array, places: readonly number[]): Float64Array {
  const u = new Float64Array(y.length);
  for (const i of places) u[i] = y[i]!;
  return u;
}

/**
 * r = indicator of {u : at most k entries are not 0}, not convex: judges of implementations accept it, problems do not. prox_{γr}(y) keeps k
 * largest entries in size and sets the others to 0, for every γ. Where the k-th and the next have one size several points are nearest, of which
 * `prox` chooses that with the first entries. ρ(y) is what it sets to 0.
 *
 * @example
 * assert.deepEqual([...l0Ball({ sparsity: 2 }).prox(Float64Array.of(1, -3, 2), 1)], [0, -3, 2]);
 */
export const l0Ball = defineFunction({
  type: 'l0-ball',
  formula: '0 if at most sparsity of the u_i are other than 0, else Infinity',
  parameters: { sparsity: count },
  traits: { convex: 'no', separable: 'no', smooth: 'no', conjugate: 'no', placeless: 'yes', indicator: 'yes' },
  examples: [{ sparsity: 1 }, { sparsity: 2 }],
  mutants: {
    'by-value': {
      description: 'keeps the largest entries instead of the largest in size',
      prox({ sparsity }, _, y) {
        const order = Array.from(y.keys()).sort((a, b) => y[b]! - y[a]!);
        return kept(y, order.slice(0, sparsity));
      },
    },
    'keeps-ties': {
      description: 'keeps every entry that is not smaller than the k-th: too many at a tie',
      prox({ sparsity }, _, y) {
        const least = Math.abs(y[bySize(y)[Math.min(sparsity, y.length) - 1]!]!);
        return y.map((v) => (Math.abs(v) >= least ? v : 0));
      },
    },
    'above-threshold': {
      description: 'keeps the entries that are larger than the next after the k-th: too few at a tie',
      prox({ sparsity }, _, y) {
        const next = bySize(y)[sparsity];
        return y.map((v) => (next === undefined || Math.abs(v) > Math.abs(y[next]!) ? v : 0));
      },
    },
    'one-too-few': {
      description: 'keeps k − 1 entries',
      prox: ({ sparsity }, _, y) => kept(y, bySize(y).slice(0, sparsity - 1)),
    },
  },
  create({ sparsity }, identity): ProximableFunction {
    const violation = (u: Float64Array): number =>
      euclideanNorm(
        u
          .map(Math.abs)
          .sort()
          .subarray(0, Math.max(0, u.length - sparsity)),
      );

    /** Writes `write` of every entry, and of whether it is kept: all above the k-th largest size, and the first of that size. */
    function eachEntry(y: Float64Array, out: Float64Array, write: (entry: number, kept: boolean) => number): void {
      const sizes = y.map(Math.abs).sort();
      const level = sparsity < y.length ? sizes[y.length - sparsity]! : -1;
      let left = sparsity;
      for (let i = 0; i < y.length; i++) if (Math.abs(y[i]!) > level) left--;
      for (let i = 0; i < y.length; i++) {
        const size = Math.abs(y[i]!);
        out[i] = write(y[i]!, size > level || (size === level && left-- > 0));
      }
    }

    return checkedFunction({
      convex: false,
      ...identity,
      ...onDomain(violation),
      prox: (y, _, out) => eachEntry(y, out, (entry, kept) => (kept ? entry : entry - entry)),
      ...residualsOf((y, out) => eachEntry(y, out, (entry, kept) => (kept ? entry - entry : entry))),
    });
  },
});
