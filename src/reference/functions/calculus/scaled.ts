import { requireStep } from '../definition/arguments.js';
import { defineFunction } from '../definition/define-function.js';
import type { ConjugateFunction, ProximableFunction } from '../definition/proximable-function.js';
import { productUp } from '../numerics/rounded-up.js';
import { scratchVector } from '../numerics/vectors.js';
import { innerFunction } from '../parameters/function.js';
import { positiveNumber } from '../parameters/number.js';
import { mapConstants } from './derived-traits.js';

const TYPE = 'scaled';

/** (cr)*(p) = c r*(p/c). */
function scaledConjugate(conjugate: ConjugateFunction, factor: number): ConjugateFunction {
  const scratch = scratchVector();
  const divided = (p: Float64Array): Float64Array => {
    const quotient = scratch(p.length);
    for (let i = 0; i < p.length; i++) quotient[i] = p[i]! / factor;
    return quotient;
  };
  const { violation, finiteValue } = conjugate;
  return {
    value: (p) => factor * conjugate.value(divided(p)),
    ...(violation && { violation: (p: Float64Array) => factor * violation(divided(p)) }),
    ...(finiteValue && { finiteValue: (p: Float64Array) => factor * finiteValue(divided(p)) }),
  };
}

/**
 * c·r(u), c > 0. prox_{γ(cr)} is the prox of r at step γc; ∇ = c∇r, constants cL; (cr)*(p) = c r*(p/c).
 *
 * @example
 * assert.deepEqual([...scaled({ factor: 2, inner: l1({ weight: 1 }) }).prox(Float64Array.of(3), 1)], [1]);
 */
export const scaled = defineFunction({
  type: TYPE,
  formula: 'factor * inner(u)',
  parameters: { factor: positiveNumber, inner: innerFunction },
  traits: {
    convex: 'inherited',
    separable: 'inherited',
    smooth: 'inherited',
    conjugate: 'inherited',
    indicator: 'inherited',
  },
  examples: [
    { factor: 2.5, inner: { type: 'l1', weight: 0.75 } },
    { factor: 0.5, inner: { type: 'quadratic', curvature: [2, 1], center: 0.5 } },
    { factor: 3, inner: { type: 'box', lower: -1, upper: 'Infinity' } },
    { factor: 0.25, inner: { type: 'total-variation-2d', weight: 2, shape: [2, 3], variant: 'isotropic' } },
  ],
  vectors: [{ parameters: { factor: 0.3, inner: { type: 'l1', weight: 1.5 } } }],
  mutants: {
    'factor-dropped': {
      description: 'the step of the inner prox is γ instead of γc',
      prox: ({ inner }, step, y) => inner.prox(y, step),
    },
    'result-too': {
      description: 'the result is multiplied by the factor',
      prox: ({ factor, inner }, step, y) => inner.prox(y, step).map((v) => factor * v),
    },
    'twice-once': {
      description: 'of two factors one inside of the other, only the outer one counts',
      prox: ({ factor, inner }, step, y) =>
        inner.prox(y, inner.type === TYPE ? (step * factor) / Number(inner.parameters['factor']) : step * factor),
    },
  },
  create({ factor, inner }, identity): ProximableFunction {
    const smooth = inner.smooth && mapConstants(inner.smooth, (constant) => productUp(factor, constant));
    return {
      convex: inner.convex,
      ...identity,
      ...(inner.dimension !== undefined && { dimension: inner.dimension }),
      ...(inner.accuracy !== undefined && { accuracy: inner.accuracy }),
      ...(smooth && { smooth }),
      ...(inner.subgradientRange && {
        subgradientRange: [factor * inner.subgradientRange[0], factor * inner.subgradientRange[1]] as const,
      }),
      ...(inner.kinks && { kinks: (step: number) => inner.kinks!(step * factor) }),
      value: (u) => factor * inner.value(u),
      ...(inner.violation && {
        violation: (u: Float64Array) => inner.violation!(u),
        finiteValue: (u: Float64Array) => factor * inner.finiteValue!(u),
      }),
      ...(inner.gradient && {
        gradient(u: Float64Array, out?: Float64Array) {
          const result = inner.gradient!(u, out);
          for (let i = 0; i < result.length; i++) result[i]! *= factor;
          return result;
        },
      }),
      prox: (y, step, out) => inner.prox(y, requireStep(TYPE, step) * factor, out),
      residual: (y, step, out) => inner.residual(y, requireStep(TYPE, step) * factor, out),
      dividedResidual(y, step, out) {
        const result = inner.dividedResidual(y, requireStep(TYPE, step) * factor, out);
        for (let i = 0; i < result.length; i++) result[i]! *= factor;
        return result;
      },
      ...(inner.conjugate && { conjugate: () => scaledConjugate(inner.conjugate!(), factor) }),
      ...(inner.coordinate && { coordinate: (index: number) => scaled({ factor, inner: inner.coordinate!(index) }) }),
    };
  },
});
