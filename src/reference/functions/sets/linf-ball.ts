import { checkVector } from '../definition/arguments.js';
import { coordinatewise, defineFunction, onDomain, residualsOf } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { distanceToBox } from '../numerics/vectors.js';
import { weight as nonnegativeNumber } from '../parameters/number.js';

const TYPE = 'linf-ball';

/**
 * r = indicator of {u : |u_i| ≤ R}. prox_{γr}(y)_i = clip(y_i, ±R) for every γ, ρ(y)_i = y_i − that; r*(p) = R‖p‖₁.
 *
 * @example
 * assert.deepEqual([...linfBall({ radius: 1 }).prox(Float64Array.of(3, -0.5), 1)], [1, -0.5]);
 */
export const linfBall = defineFunction({
  type: TYPE,
  formula: '0 if |u_i| <= radius for all i, else Infinity',
  parameters: { radius: nonnegativeNumber },
  traits: { convex: 'yes', separable: 'yes', smooth: 'no', conjugate: 'yes', indicator: 'yes' },
  drawn: { radius: 'positive' },
  examples: [{ radius: 1.5 }, { radius: 0 }],
  mutants: {
    rescaled: {
      description: 'scales the whole vector to ‖u‖_∞ = R',
      prox({ radius }, _, y) {
        const size = Math.max(...y.map(Math.abs));
        return y.map((v) => (size > radius ? (radius * v) / size : v));
      },
    },
  },
  create({ radius }, identity): ProximableFunction {
    const clip = (value: number): number => Math.max(-radius, Math.min(radius, value));
    return coordinatewise({
      convex: true,
      ...identity,
      subgradientRange: [-Infinity, Infinity],
      kinks: () => [-radius, radius],
      ...onDomain((u) => distanceToBox(u, -radius, radius)),
      prox(y, _, out) {
        for (let i = 0; i < y.length; i++) out[i] = clip(y[i]!);
      },
      ...residualsOf((y, out) => {
        for (let i = 0; i < y.length; i++) out[i] = y[i]! - clip(y[i]!);
      }),
      conjugate: () => ({
        value(p) {
          checkVector(TYPE, p);
          let sum = 0;
          for (let i = 0; i < p.length; i++) sum += Math.abs(p[i]!);
          return radius * sum;
        },
      }),
    });
  },
});
