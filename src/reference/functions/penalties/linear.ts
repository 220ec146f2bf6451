import { checkedFunction, defineFunction, onDomain } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { distanceToBox } from '../numerics/vectors.js';
import { vector } from '../parameters/vector.js';

/**
 * r(u) = ⟨a, u⟩. prox_{γr}(y) = y − γa, ρ(y) = γa, ∇r = a, L = 0, r* = indicator of {a}.
 *
 * @example
 * assert.deepEqual([...linear({ coefficients: [1, -1] }).prox(Float64Array.of(0, 0), 0.5)], [-0.5, 0.5]);
 */
export const linear = defineFunction({
  type: 'linear',
  formula: 'sum_i coefficients_i * u_i',
  parameters: { coefficients: vector() },
  traits: { convex: 'yes', separable: 'yes', smooth: 'yes', conjugate: 'yes' },
  roundings: { prox: 2, slope: 0, why: 'prox: γa, −' },
  examples: [{ coefficients: [0.75] }, { coefficients: [0.75, -2, 0] }],
  vectors: [{ parameters: { coefficients: [0.5, -1.25, 0, 3] } }],
  mutants: {
    direction: {
      description: 'climbs along the slope instead of descending',
      prox: ({ coefficients }, step, y) => y.map((v, i) => v + step * coefficients[i]!),
    },
  },
  create({ coefficients }, identity): ProximableFunction {
    const dimension = coefficients.length;
    const alike = coefficients.every((coefficient) => coefficient === coefficients[0]);
    return checkedFunction({
      convex: true,
      ...identity,
      dimension,
      smooth: { lipschitz: 0, coordinateLipschitz: () => 0 },
      ...(alike && { subgradientRange: [coefficients[0]!, coefficients[0]!] as const }),
      kinks: () => [],
      value(u) {
        let sum = 0;
        for (let i = 0; i < dimension; i++) sum += coefficients[i]! * u[i]!;
        return sum;
      },
      gradient: (_, out) => out.set(coefficients),
      prox(y, step, out) {
        for (let i = 0; i < dimension; i++) out[i] = y[i]! - step * coefficients[i]!;
      },
      residual(_, step, out) {
        for (let i = 0; i < dimension; i++) out[i] = step * coefficients[i]!;
      },
      dividedResidual: (_, __, out) => out.set(coefficients),
      conjugate: () => onDomain((p) => distanceToBox(p, coefficients, coefficients)),
      coordinate: (index) => linear({ coefficients: [coefficients[index]!] }),
    });
  },
});
