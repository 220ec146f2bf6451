import { ParameterError } from '../definition/arguments.js';
import { checkedFunction, defineFunction, onDomain, residualsOf } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { distanceToBox } from '../numerics/vectors.js';
import { commonDimension, entry, numberOrVector } from '../parameters/vector.js';

const TYPE = 'box';

/**
 * r = indicator of {u : l_i ≤ u_i ≤ h_i}; bounds may be infinite. prox_{γr}(y)_i = min(max(y_i, l_i), h_i) for every γ,
 * ρ(y)_i = y_i − that, r*(p) = Σ max(l_i p_i, h_i p_i).
 *
 * @example
 * assert.deepEqual([...box({ lower: 0, upper: 1 }).prox(Float64Array.of(-1, 0.5, 2), 1)], [0, 0.5, 1]);
 */
export const box = defineFunction({
  type: TYPE,
  formula: '0 if lower_i <= u_i <= upper_i for all i, else Infinity',
  parameters: { lower: numberOrVector({ infinite: true }), upper: numberOrVector({ infinite: true }) },
  traits: { convex: 'yes', separable: 'yes', smooth: 'no', conjugate: 'yes', indicator: 'yes' },
  roundings: { prox: 0, slope: 2, why: 'slope: −, ÷' },
  proxRounding: 'none',
  drawn: { upper: 'at-least-lower' },
  examples: [
    { lower: -0.5, upper: 1.25 },
    { lower: ['-Infinity', 0.5, -1], upper: [2, 0.5, 'Infinity'] },
    { lower: 0.25, upper: [1, 'Infinity'] },
  ],
  vectors: [
    { parameters: { lower: -1, upper: 0.3 } },
    { parameters: { lower: [-Infinity, 0.1], upper: [0.5, Infinity] } },
  ],
  mutants: {
    'wraps-round': {
      description: 'what is above the upper end comes back at the lower one',
      prox: ({ lower, upper }, _, y) =>
        y.map((v, i) => {
          const [low, high] = [entry(lower, i), entry(upper, i)];
          return v > high ? low : Math.max(v, low);
        }),
    },
    open: {
      description: 'the value is +∞ at the ends of the interval, where every projection from outside lies',
      change: (honest, { lower, upper }) => ({
        value: (u) => (u.some((v, i) => v === entry(lower, i) || v === entry(upper, i)) ? Infinity : honest.value(u)),
      }),
    },
    'one-bound-for-all': {
      description: 'of two bounds in different forms, the first entry of the vector serves every coordinate',
      prox({ lower, upper }, _, y) {
        const mixed = typeof lower !== typeof upper;
        return y.map((v, i) => Math.min(Math.max(v, entry(lower, mixed ? 0 : i)), entry(upper, mixed ? 0 : i)));
      },
    },
    'infinity-is-zero': {
      description: 'an infinite bound, which is not a JSON number, is read as 0',
      prox({ lower, upper }, _, y) {
        const read = (bound: number): number => (Number.isFinite(bound) ? bound : 0);
        return y.map((v, i) => Math.min(Math.max(v, read(entry(lower, i))), read(entry(upper, i))));
      },
    },
  },
  create({ lower, upper }, identity): ProximableFunction {
    const dimension = commonDimension(TYPE, { lower, upper });
    const vectors = typeof lower !== 'number' || typeof upper !== 'number';
    for (let i = 0; i < (dimension ?? 1); i++) {
      const low = entry(lower, i);
      const high = entry(upper, i);
      if (low === Infinity)
        throw new ParameterError(TYPE, vectors ? `lower[${i}]` : 'lower', low, 'less than Infinity');
      if (!(low <= high && high > -Infinity)) {
        throw new ParameterError(TYPE, vectors ? `upper[${i}]` : 'upper', high, `> -Infinity and >= lower (${low})`);
      }
    }
    const clip = (value: number, i: number): number => Math.min(Math.max(value, entry(lower, i)), entry(upper, i));
    /** Whether ⟨p, ·⟩ is unbounded along coordinate i. */
    const unbounded = (p: Float64Array, i: number): boolean =>
      (p[i]! > 0 && entry(upper, i) === Infinity) || (p[i]! < 0 && entry(lower, i) === -Infinity);
    const bounded = [lower, upper].every((end) =>
      typeof end === 'number' ? Number.isFinite(end) : end.every(Number.isFinite),
    );
    const supportViolation = (p: Float64Array): number => {
      let squares = 0;
      for (let i = 0; i < p.length; i++) if (unbounded(p, i)) squares += p[i]! * p[i]!;
      return Math.sqrt(squares);
    };
    const support = (p: Float64Array): number => {
      let sum = 0;
      for (let i = 0; i < p.length; i++) {
        if (p[i] !== 0 && !unbounded(p, i)) sum += p[i]! * (p[i]! > 0 ? entry(upper, i) : entry(lower, i));
      }
      return sum;
    };
    return checkedFunction({
      convex: true,
      ...identity,
      ...(dimension !== undefined && { dimension }),
      ...(!vectors && {
        subgradientRange: [lower === -Infinity ? 0 : -Infinity, upper === Infinity ? 0 : Infinity] as const,
        kinks: () => [lower, upper].filter(Number.isFinite),
      }),
      ...onDomain((u) => distanceToBox(u, lower, upper)),
      prox(y, _, out) {
        for (let i = 0; i < y.length; i++) out[i] = clip(y[i]!, i);
      },
      ...residualsOf((y, out) => {
        for (let i = 0; i < y.length; i++) out[i] = y[i]! - clip(y[i]!, i);
      }),
      conjugate: () => (bounded ? { value: support } : onDomain(supportViolation, support)),
      coordinate: (index) => box({ lower: entry(lower, index), upper: entry(upper, index) }),
    });
  },
});
