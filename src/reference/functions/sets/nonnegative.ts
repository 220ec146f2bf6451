import { checkVector, proxReceiver } from '../definition/arguments.js';
import { defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { distanceToBox } from '../numerics/vectors.js';

const TYPE = 'nonnegative';

/**
 * r = indicator of {u : u_i ≥ 0}. prox_{γr}(y)_i = max(y_i, 0), ρ(y)_i = min(y_i, 0), r* = indicator of {p : p_i ≤ 0}.
 *
 * @example
 * assert.deepEqual([...nonnegative({}).prox(Float64Array.of(-1, 2), 1)], [0, 2]);
 */
export const nonnegative = defineFunction({
  type: TYPE,
  formula: '0 if u_i >= 0 for all i, else Infinity',
  parameters: {},
  traits: { convex: 'yes', separable: 'yes', smooth: 'no', conjugate: 'yes', placeless: 'yes', indicator: 'yes' },
  symmetries: ['permutations'],
  roundings: { prox: 0, slope: 1, why: 'slope: ÷' },
  proxRounding: 'none',
  examples: [{}],
  vectors: [{ parameters: {} }],
  mutants: {
    magnitude: {
      description: '|y| instead of max(y, 0)',
      killedBy: 'prox-firmly-nonexpansive',
      prox: (_, __, y) => y.map(Math.abs),
    },
    'returns-its-input': {
      description: 'without out the result is written into y',
      killedBy: 'inputs-unchanged',
      change: () => ({
        prox(y, _, out = y) {
          for (let i = 0; i < y.length; i++) out[i] = Math.max(y[i]!, 0);
          return out;
        },
      }),
    },
  },
  create(_, identity): ProximableFunction {
    const violation = (u: Float64Array): number => {
      checkVector(TYPE, u);
      return distanceToBox(u, 0, Infinity);
    };
    const self: ProximableFunction = {
      convex: true,
      ...identity,
      subgradientRange: [-Infinity, 0],
      kinks: () => [0],
      ...onDomain(violation),
      prox(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out);
        for (let i = 0; i < y.length; i++) result[i] = Math.max(y[i]!, 0);
        return result;
      },
      residual(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out);
        for (let i = 0; i < y.length; i++) result[i] = Math.min(y[i]!, 0);
        return result;
      },
      dividedResidual(y, step, out) {
        const result = proxReceiver(TYPE, y, step, out);
        for (let i = 0; i < y.length; i++) result[i] = Math.min(y[i]!, 0) / step;
        return result;
      },
      conjugate: () => onDomain((p) => distanceToBox(p, -Infinity, 0)),
      coordinate: () => self,
    };
    return self;
  },
});
