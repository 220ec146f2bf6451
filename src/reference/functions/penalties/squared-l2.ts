import { coordinatewise, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { euclideanNorm } from '../numerics/vectors.js';
import { weight } from '../parameters/number.js';

function sumOfSquares(u: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < u.length; i++) sum += u[i]! * u[i]!;
  return sum;
}

/**
 * r(u) = (w/2)‖u‖². prox_{γr}(y) = y/(1 + γw), ρ(y) = γwy/(1 + γw), ∇r(u) = wu, L = L_i = w, r*(p) = ‖p‖²/(2w).
 *
 * @example
 * assert.deepEqual([...squaredL2({ weight: 1 }).prox(Float64Array.of(3), 2)], [1]);
 */
export const squaredL2 = defineFunction({
  type: 'squared-l2',
  formula: 'weight/2 * sum_i u_i^2',
  parameters: { weight },
  traits: { convex: 'yes', separable: 'yes', smooth: 'yes', conjugate: 'yes', placeless: 'yes' },
  roundings: { prox: 3, slope: 4, why: 'prox: γw, 1 +, ÷; slope: and wy' },
  examples: [{ weight: 2.5 }, { weight: 0 }],
  vectors: [{ parameters: { weight: 0.7 } }, { parameters: { weight: 0 } }],
  mutants: {
    'without-half': {
      description: 'the prox of w‖u‖² instead of (w/2)‖u‖²',
      prox: ({ weight }, step, y) => y.map((v) => v / (1 + 2 * step * weight)),
    },
    skewed: {
      description: 'a rotation mixed in: firmly nonexpansive where γw is near 1, and the gradient of nothing',
      prox: ({ weight }, step, y) =>
        y.map((v, i) => v / (1 + step * weight) + (i === 0 ? 0.2 : -0.2) * (y[1 - i]! ?? 0)),
    },
    'value-without-half': {
      description: 'r(u) = w‖u‖²',
      change: (honest) => ({ value: (u) => 2 * honest.value(u) }),
    },
  },
  create({ weight }, identity): ProximableFunction {
    const range: readonly [number, number] = weight === 0 ? [0, 0] : [-Infinity, Infinity];
    return coordinatewise({
      convex: true,
      ...identity,
      smooth: { lipschitz: weight, coordinateLipschitz: () => weight },
      subgradientRange: range,
      kinks: () => [0],
      value: (u) => (weight / 2) * sumOfSquares(u),
      gradient(u, out) {
        for (let i = 0; i < u.length; i++) out[i] = weight * u[i]!;
      },
      prox(y, step, out) {
        const divisor = 1 + step * weight;
        for (let i = 0; i < y.length; i++) out[i] = y[i]! / divisor;
      },
      residual(y, step, out) {
        const t = step * weight;
        const fraction = t / (1 + t);
        for (let i = 0; i < y.length; i++) out[i] = fraction * y[i]!;
      },
      dividedResidual(y, step, out) {
        const divisor = 1 + step * weight;
        for (let i = 0; i < y.length; i++) out[i] = (weight * y[i]!) / divisor;
      },
      conjugate: () => (weight > 0 ? { value: (p) => sumOfSquares(p) / (2 * weight) } : onDomain(euclideanNorm)),
    });
  },
});
