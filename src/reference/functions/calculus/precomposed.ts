import { checkedFunction, defineFunction } from '../definition/define-function.js';
import type { ConjugateFunction, ProximableFunction } from '../definition/proximable-function.js';
import { productUp } from '../numerics/rounded-up.js';
import { scratchVector } from '../numerics/vectors.js';
import { innerFunction } from '../parameters/function.js';
import { nonzeroNumber } from '../parameters/number.js';
import { mapConstants } from './derived-traits.js';

/**
 * r(αu), α ≠ 0. prox(y) = prox_{γα²r}(αy)/α, ρ(y)/γ = αρ_r(αy)/(γα²) at that step, ∇ = α∇r(αu), constants α²L; its conjugate is
 * r*(p/α).
 *
 * @example
 * assert.equal(precomposed({ factor: -2, inner: l1({ weight: 1 }) }).value(Float64Array.of(3)), 6);
 */
export const precomposed = defineFunction({
  type: 'precomposed',
  formula: 'inner(factor * u)',
  parameters: { factor: nonzeroNumber, inner: innerFunction },
  traits: {
    convex: 'inherited',
    separable: 'inherited',
    smooth: 'inherited',
    conjugate: 'inherited',
    indicator: 'inherited',
  },
  examples: [
    { factor: -2, inner: { type: 'elastic-net', l1Weight: 0.75, l2Weight: 0.5 } },
    { factor: 0.5, inner: { type: 'quadratic', curvature: [2, 1], center: 0.5 } },
    { factor: -1.5, inner: { type: 'box', lower: -1, upper: 'Infinity' } },
    { factor: 3, inner: { type: 'simplex', total: 2 } },
    { factor: -1, inner: { type: 'huber', weight: 2, threshold: 0.5 } },
  ],
  mutants: {
    'factor-not-squared': {
      description: 'the inner prox has the step γ|α| instead of γα²',
      prox: ({ factor, inner }, step, y) =>
        inner
          .prox(
            y.map((v) => factor * v),
            step * Math.abs(factor),
          )
          .map((v) => v / factor),
    },
    'sign-dropped': {
      description: '|α| in place of α',
      prox: ({ factor, inner }, step, y) =>
        inner
          .prox(
            y.map((v) => Math.abs(factor) * v),
            step * factor * factor,
          )
          .map((v) => v / Math.abs(factor)),
    },
  },
  create({ factor, inner }, identity): ProximableFunction {
    const { dimension } = inner;
    const squared = productUp(Math.abs(factor), Math.abs(factor));
    const smooth = inner.smooth && mapConstants(inner.smooth, (constant) => productUp(squared, constant));
    const scratch = scratchVector();
    function stretched(u: Float64Array): Float64Array {
      const product = scratch(u.length);
      for (let i = 0; i < u.length; i++) product[i] = factor * u[i]!;
      return product;
    }
    function divide(vector: Float64Array): Float64Array {
      for (let i = 0; i < vector.length; i++) vector[i]! /= factor;
      return vector;
    }
    function multiply(vector: Float64Array): Float64Array {
      for (let i = 0; i < vector.length; i++) vector[i]! *= factor;
      return vector;
    }

    /** r*(p/α). */
    function stretchedConjugate(conjugate: ConjugateFunction): ConjugateFunction {
      const quotientOf = scratchVector();
      const divided = (p: Float64Array): Float64Array => {
        const quotient = quotientOf(p.length);
        quotient.set(p);
        return divide(quotient);
      };
      const { violation, finiteValue } = conjugate;
      return {
        value: (p) => conjugate.value(divided(p)),
        ...(violation && { violation: (p: Float64Array) => Math.abs(factor) * violation(divided(p)) }),
        ...(finiteValue && { finiteValue: (p: Float64Array) => finiteValue(divided(p)) }),
      };
    }

    return checkedFunction({
      convex: inner.convex,
      ...identity,
      ...(dimension !== undefined && { dimension }),
      ...(inner.accuracy !== undefined && { accuracy: inner.accuracy }),
      ...(smooth && { smooth }),
      ...(inner.subgradientRange && {
        subgradientRange: [
          factor * inner.subgradientRange[factor > 0 ? 0 : 1],
          factor * inner.subgradientRange[factor > 0 ? 1 : 0],
        ] as const,
      }),
      ...(inner.kinks && {
        kinks: (step: number) => inner.kinks!(step * factor * factor).map((kink) => kink / factor),
      }),
      value: (u) => inner.value(stretched(u)),
      ...(inner.violation && {
        violation: (u: Float64Array) => inner.violation!(stretched(u)) / Math.abs(factor),
        finiteValue: (u: Float64Array) => inner.finiteValue!(stretched(u)),
      }),
      ...(inner.gradient && {
        gradient: (u: Float64Array, out: Float64Array) => multiply(inner.gradient!(stretched(u), out)),
      }),
      prox: (y, step, out) => divide(inner.prox(stretched(y), step * factor * factor, out)),
      residual: (y, step, out) => divide(inner.residual(stretched(y), step * factor * factor, out)),
      dividedResidual: (y, step, out) => multiply(inner.dividedResidual(stretched(y), step * factor * factor, out)),
      ...(inner.conjugate && { conjugate: () => stretchedConjugate(inner.conjugate!()) }),
      ...(inner.coordinate && {
        coordinate: (index: number) => precomposed({ factor, inner: inner.coordinate!(index) }),
      }),
    });
  },
});
