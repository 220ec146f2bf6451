import { ParameterError } from '../definition/arguments.js';
import { checkedFunction, defineFunction } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { scratchVector } from '../numerics/vectors.js';
import { innerFunction, requireConvex } from '../parameters/function.js';
import { domainInterval } from './derived-traits.js';

const TYPE = 'conjugate';

/**
 * r*(u) = sup_v ⟨u, v⟩ − r(v) for a convex r whose conjugate is known. By Moreau's identity
 * y = prox_{γr*}(y) + γ prox_{r/γ}(y/γ): prox_{γr*}(y) = γρ_r(y/γ) at the step 1/γ, ρ(y)/γ = prox_{r/γ}(y/γ). r** = r.
 *
 * @example
 * assert.deepEqual([...conjugate({ inner: l1({ weight: 1 }) }).prox(Float64Array.of(3, -0.25), 0.5)], [1, -0.25]);
 */
export const conjugate = defineFunction({
  type: TYPE,
  formula: 'sup_v sum_i u_i v_i - inner(v)',
  parameters: { inner: innerFunction },
  traits: { convex: 'yes', separable: 'inherited', smooth: 'no', conjugate: 'yes' },
  examples: [
    { inner: { type: 'l1', weight: 0.75 } },
    { inner: { type: 'quadratic', curvature: [2, 1], center: 0.5 } },
    { inner: { type: 'box', lower: -1, upper: 'Infinity' } },
    { inner: { type: 'simplex', total: 2 } },
    { inner: { type: 'huber', weight: 2, threshold: 0.5 } },
  ],
  vectors: [
    { parameters: { inner: { type: 'l1', weight: 0.7 } } },
    { parameters: { inner: { type: 'huber', weight: 0.7, threshold: 0.5 } } },
    { parameters: { inner: { type: 'box', lower: -1, upper: 0.3 } } },
  ],
  mutants: {
    'step-not-inverted': {
      description: 'Moreau’s identity with γ where 1/γ belongs',
      prox({ inner }, step, y) {
        const dual = inner.prox(
          y.map((v) => v / step),
          step,
        );
        return y.map((v, i) => v - step * dual[i]!);
      },
    },
    'result-not-scaled': {
      description: 'y − prox_{r/γ}(y/γ) without the factor γ',
      prox({ inner }, step, y) {
        const dual = inner.prox(
          y.map((v) => v / step),
          1 / step,
        );
        return y.map((v, i) => v - dual[i]!);
      },
    },
    'argument-not-scaled': {
      description: 'y − γ prox_{r/γ}(y)',
      prox({ inner }, step, y) {
        const dual = inner.prox(y, 1 / step);
        return y.map((v, i) => v - step * dual[i]!);
      },
    },
  },
  create({ inner }, identity): ProximableFunction {
    requireConvex(TYPE, 'inner', inner);
    if (inner.conjugate === undefined) {
      throw new ParameterError(TYPE, 'inner', inner.type, 'a function whose conjugate is known');
    }
    const known = inner.conjugate();
    const { dimension } = inner;
    const scratch = scratchVector();
    function divided(y: Float64Array, step: number): Float64Array {
      const quotient = scratch(y.length);
      for (let i = 0; i < y.length; i++) quotient[i] = y[i]! / step;
      return quotient;
    }
    const { violation, finiteValue } = known;
    return checkedFunction({
      convex: true,
      ...identity,
      ...(dimension !== undefined && { dimension }),
      ...(inner.accuracy !== undefined && { accuracy: inner.accuracy }),
      // The subgradients of r* make up the domain of those of r.
      ...(inner.subgradientRange && inner.coordinate && { subgradientRange: domainInterval(inner.coordinate(0)) }),
      ...(inner.kinks && {
        kinks: (step: number) =>
          inner.kinks!(1 / step).flatMap((kink) => [
            step * kink,
            inner.dividedResidual(new Float64Array(dimension ?? 1).fill(kink), 1 / step)[0]!,
          ]),
      }),
      value: (u) => known.value(u),
      ...(violation && { violation }),
      ...(finiteValue && { finiteValue }),
      prox: (y, step, out) => inner.dividedResidual(divided(y, step), 1 / step, out),
      residual(y, step, out) {
        inner.prox(divided(y, step), 1 / step, out);
        for (let i = 0; i < out.length; i++) out[i]! *= step;
      },
      dividedResidual: (y, step, out) => inner.prox(divided(y, step), 1 / step, out),
      conjugate: () => ({
        value: (p) => inner.value(p),
        ...(inner.violation && {
          violation: (p: Float64Array) => inner.violation!(p),
          finiteValue: (p: Float64Array) => inner.finiteValue!(p),
        }),
      }),
      ...(inner.coordinate && { coordinate: (index: number) => conjugate({ inner: inner.coordinate!(index) }) }),
    });
  },
});
