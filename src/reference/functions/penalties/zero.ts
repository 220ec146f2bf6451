import { coordinatewise, defineFunction, onDomain } from '../definition/define-function.js';
import { euclideanNorm } from '../numerics/vectors.js';

/**
 * r(u) = 0. prox_{γr}(y) = y, ρ(y) = 0, ∇r = 0, L = 0, r* = indicator of {0}.
 *
 * @example
 * assert.deepEqual([...zero({}).prox(Float64Array.of(3), 1)], [3]);
 */
export const zero = defineFunction({
  type: 'zero',
  formula: '0',
  parameters: {},
  traits: { convex: 'yes', separable: 'yes', smooth: 'yes', conjugate: 'yes', placeless: 'yes' },
  roundings: { prox: 0, slope: 0, why: 'nothing is computed' },
  proxRounding: 'none',
  examples: [{}],
  vectors: [{ parameters: {} }],
  mutants: {
    shrinks: {
      description: 'y/(1 + γ) instead of y',
      prox: (_, step, y) => y.map((v) => v / (1 + step)),
    },
  },
  create: (_, identity) =>
    coordinatewise({
      convex: true,
      ...identity,
      smooth: { lipschitz: 0, coordinateLipschitz: () => 0 },
      subgradientRange: [0, 0],
      kinks: () => [],
      value: () => 0,
      gradient: (_, out) => out.fill(0),
      prox: (y, _, out) => out.set(y),
      residual: (_, __, out) => out.fill(0),
      dividedResidual: (_, __, out) => out.fill(0),
      conjugate: () => onDomain(euclideanNorm),
    }),
});
