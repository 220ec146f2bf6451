import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { euclideanNorm } from '../numerics/vectors.js';
import { weight as nonnegativeNumber } from '../parameters/number.js';

/**
 * r = indicator of {u : ‖u‖₂ = R}, not convex for R > 0: judges of implementations accept it, problems do not. prox_{γr}(y) = Ry/‖y‖ for every
 * γ; at y = 0 every point of the sphere is nearest, and `prox` chooses (R, 0, …, 0). ρ(y) = (‖y‖ − R)y/‖y‖. `value` allows the rounding of the
 * norm.
 *
 * @example
 * assert.deepEqual([...sphere({ radius: 5 }).prox(Float64Array.of(0.75, -1), 1)], [3, -4]);
 */
export const sphere = defineFunction({
  type: 'sphere',
  formula: '0 if |u|_2 = radius, else Infinity',
  parameters: { radius: nonnegativeNumber },
  traits: { convex: 'no', separable: 'no', smooth: 'no', conjugate: 'no', indicator: 'yes' },
  drawn: { radius: 'positive' },
  overflow: {
    parameters: (radius) => ({ radius }),
    prox: (y, norm, radius) => y.map((entry) => radius * (entry / norm)),
  },
  examples: [{ radius: 1.5 }, { radius: 0.25 }],
  mutants: {
    'onto-ball': {
      description: 'points inside of the sphere stay where they are',
      prox: ({ radius }, _, y) => y.map((v) => (Math.hypot(...y) <= radius ? v : (radius * v) / Math.hypot(...y))),
    },
    'zero-at-zero': {
      description: 'the origin stays where it is, against a division by 0',
      prox: ({ radius }, _, y) => y.map((v) => (radius * v) / (Math.hypot(...y) || 1)),
    },
    'unit-sphere': {
      description: 'y/‖y‖ whatever the radius is',
      prox: ({ radius }, _, y) =>
        Math.hypot(...y) === 0 ? y.map((_, i) => (i === 0 ? radius : 0)) : y.map((v) => v / Math.hypot(...y)),
    },
    'signs-lost': {
      description: 'the point with entries ≥ 0',
      change: (honest) => ({ prox: (y, step) => honest.prox(y, step).map(Math.abs) }),
    },
  },
  create({ radius }, identity): ProximableFunction {
    const violation = (u: Float64Array): number => {
      const away = Math.abs(euclideanNorm(u) - radius);
      return away <= (u.length + 3) * 2 ** -52 * radius ? 0 : away;
    };

    /** Writes `size` of the norm of y times the direction of y, which is that of the first axis at 0. */
    function along(y: Float64Array, out: Float64Array, size: (norm: number) => number): void {
      const norm = euclideanNorm(y);
      const length = size(norm);
      if (norm === 0) out.fill(0)[0] = length;
      else for (let i = 0; i < y.length; i++) out[i] = length * (y[i]! / norm);
    }

    return checkedFunction({
      convex: false,
      ...identity,
      kinks: () => [0, -radius, radius],
      ...onDomain(violation),
      prox: (y, _, out) => along(y, out, () => radius),
      residual: (y, _, out) => along(y, out, (norm) => norm - radius),
      dividedResidual: (y, step, out) => along(y, out, (norm) => (norm - radius) / step),
    });
  },
});
