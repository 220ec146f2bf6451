import { checkVector, proxReceiver, receiver } from '../definition/arguments.js';
import { defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { euclideanNorm } from '../numerics/vectors.js';

const TYPE = 'zero';

/**
 * r(u) = 0. prox_{γr}(y) = y, ρ(y) = 0, ∇r = 0, L = 0, r* = indicator of {0}.
 *
 * @example
 * assert.deepEqual([...zero({}).prox(Float64Array.of(3), 1)], [3]);
 */
export const zero = defineFunction({
  type: TYPE,
  formula: '0',
  parameters: {},
  traits: { convex: 'yes', separable: 'yes', smooth: 'yes', conjugate: 'yes', placeless: 'yes' },
  symmetries: ['permutations', 'signs', 'shifts'],
  roundings: { prox: 0, slope: 0, why: 'nothing is computed' },
  proxRounding: 'none',
  examples: [{}],
  vectors: [{ parameters: {} }],
  mutants: {
    shrinks: {
      description: 'y/(1 + γ) instead of y',
      killedBy: 'calculus-identities',
      prox: (_, step, y) => y.map((v) => v / (1 + step)),
    },
  },
  create(_, identity): ProximableFunction {
    const self: ProximableFunction = {
      convex: true,
      ...identity,
      smooth: { lipschitz: 0, coordinateLipschitz: () => 0 },
      subgradientRange: [0, 0],
      kinks: () => [],
      value(u) {
        checkVector(TYPE, u);
        return 0;
      },
      gradient: (u, out) => receiver(TYPE, u, out).fill(0),
      prox(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out);
        result.set(y);
        return result;
      },
      residual: (y, step, out) => proxReceiver(TYPE, y, step, out).fill(0),
      dividedResidual: (y, step, out) => proxReceiver(TYPE, y, step, out).fill(0),
      conjugate: () => onDomain(euclideanNorm),
      coordinate: () => self,
    };
    return self;
  },
});
