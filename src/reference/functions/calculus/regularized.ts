import { checkedFunction, defineFunction } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { sumUp } from '../numerics/rounded-up.js';
import { scratchVector } from '../numerics/vectors.js';
import { innerFunction } from '../parameters/function.js';
import { weight } from '../parameters/number.js';
import { commonDimension, entry, numberOrVector } from '../parameters/vector.js';
import { mapConstants } from './derived-traits.js';

const TYPE = 'regularized';

/**
 * r(u) + (ρ/2)‖u − c‖². With m = 1 + γρ, z = (y + γρc)/m and g = ρ_r(z)/σ at the step σ = γ/m: prox(y) = prox_{σr}(z),
 * ρ(y)/γ = (ρ(y − c) + g)/m; ∇ = ∇r + ρ(u − c), constants L + ρ.
 *
 * @example
 * assert.deepEqual([...regularized({ weight: 1, center: 0, inner: l1({ weight: 1 }) }).prox(Float64Array.of(3), 1)], [1]);
 */
export const regularized = defineFunction({
  type: TYPE,
  formula: 'inner(u) + weight/2 * sum_i (u_i - center_i)^2',
  parameters: { weight, center: numberOrVector(), inner: innerFunction },
  traits: { convex: 'inherited', separable: 'inherited', smooth: 'inherited', conjugate: 'no' },
  examples: [
    { weight: 1.5, center: 0.5, inner: { type: 'l1', weight: 0.75 } },
    { weight: 0.5, center: [1, -2], inner: { type: 'quadratic', curvature: [2, 1], center: 0.5 } },
    { weight: 2, center: [0.25, -1, 3], inner: { type: 'simplex', total: 1 } },
    { weight: 0, center: 1, inner: { type: 'nonnegative' } },
  ],
  mutants: {
    'centre-dropped': {
      description: 'regularised about 0',
      prox: ({ weight, inner }, step, y) =>
        inner.prox(
          y.map((v) => v / (1 + step * weight)),
          step / (1 + step * weight),
        ),
    },
    'step-not-divided': {
      description: 'the inner prox has the step γ instead of γ/(1 + γρ)',
      prox: ({ weight, center, inner }, step, y) =>
        inner.prox(
          y.map((v, i) => (v + step * weight * entry(center, i)) / (1 + step * weight)),
          step,
        ),
    },
    'after-the-prox': {
      description: 'the inner prox first, then the shrinking: right for ℓ1 about 0, wrong in general',
      prox: ({ weight, center, inner }, step, y) =>
        inner.prox(y, step).map((v, i) => (v + step * weight * entry(center, i)) / (1 + step * weight)),
    },
  },
  create({ weight, center, inner }, identity): ProximableFunction {
    const dimension = commonDimension(TYPE, { center, inner });
    const smooth = inner.smooth && mapConstants(inner.smooth, (constant) => sumUp(constant, weight));
    const alike = typeof center === 'number' || weight === 0;
    const scratch = scratchVector();

    /** z, from the nearer of y and c. */
    function between(y: Float64Array, t: number): Float64Array {
      const point = scratch(y.length);
      for (let i = 0; i < y.length; i++) {
        const difference = y[i]! - entry(center, i);
        point[i] = t <= 1 ? y[i]! - (t / (1 + t)) * difference : entry(center, i) + difference / (1 + t);
      }
      return point;
    }
    function penalty(u: Float64Array): number {
      let sum = 0;
      for (let i = 0; i < u.length; i++) sum += (u[i]! - entry(center, i)) ** 2;
      return (weight / 2) * sum;
    }

    return checkedFunction({
      convex: inner.convex,
      ...identity,
      ...(dimension !== undefined && { dimension }),
      ...(inner.accuracy !== undefined && { accuracy: inner.accuracy }),
      ...(smooth && { smooth }),
      // A domain with an end has subgradients up to infinity there already.
      ...(inner.subgradientRange &&
        alike && { subgradientRange: weight > 0 ? ([-Infinity, Infinity] as const) : inner.subgradientRange }),
      ...(inner.kinks &&
        typeof center === 'number' && {
          // Those of r itself, and those of its prox, which stand at z.
          kinks: (step: number) =>
            inner.kinks!(step / (1 + step * weight)).flatMap((kink) => [kink, kink + step * weight * (kink - center)]),
        }),
      value: (u) => inner.value(u) + penalty(u),
      ...(inner.violation && {
        violation: (u: Float64Array) => inner.violation!(u),
        finiteValue: (u: Float64Array) => inner.finiteValue!(u) + penalty(u),
      }),
      ...(inner.gradient && {
        gradient(u: Float64Array, out: Float64Array) {
          const point = scratch(u.length);
          point.set(u);
          inner.gradient!(point, out);
          for (let i = 0; i < point.length; i++) out[i]! += weight * (point[i]! - entry(center, i));
        },
      }),
      prox(y, step, out) {
        const t = step * weight;
        return inner.prox(between(y, t), step / (1 + t), out);
      },
      residual(y, step, out) {
        const t = step * weight;
        const point = between(y, t);
        for (let i = 0; i < y.length; i++) out[i] = (t / (1 + t)) * (y[i]! - entry(center, i));
        inner.residual(point, step / (1 + t), point);
        for (let i = 0; i < out.length; i++) out[i]! += point[i]!;
      },
      dividedResidual(y, step, out) {
        const t = step * weight;
        const point = between(y, t);
        for (let i = 0; i < y.length; i++) out[i] = (weight * (y[i]! - entry(center, i))) / (1 + t);
        inner.dividedResidual(point, step / (1 + t), point);
        for (let i = 0; i < out.length; i++) out[i]! += point[i]! / (1 + t);
      },
      ...(inner.coordinate && {
        coordinate: (index: number) =>
          regularized({ weight, center: entry(center, index), inner: inner.coordinate!(index) }),
      }),
    });
  },
});
