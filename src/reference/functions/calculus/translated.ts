import { checkVector } from '../definition/arguments.js';
import { checkedFunction, defineFunction } from '../definition/define-function.js';
import type { ConjugateFunction, ProximableFunction } from '../definition/proximable-function.js';
import { innerProduct, scratchVector } from '../numerics/vectors.js';
import { innerFunction } from '../parameters/function.js';
import { commonDimension, vector } from '../parameters/vector.js';

const TYPE = 'translated';

/** r*(p) + ⟨b, p⟩. */
function tiltedConjugate(conjugate: ConjugateFunction, shift: Float64Array): ConjugateFunction {
  const { violation, finiteValue } = conjugate;
  return {
    value: (p) => conjugate.value(p) + innerProduct(shift, p),
    ...(violation && { violation }),
    ...(finiteValue && { finiteValue: (p: Float64Array) => finiteValue(p) + innerProduct(shift, p) }),
  };
}

/**
 * r(u − b). prox(y) = b + prox_{γr}(y − b), ρ(y) = ρ_r(y − b), ∇ = ∇r(u − b); its conjugate is r*(p) + ⟨b, p⟩.
 *
 * @example
 * assert.deepEqual([...translated({ shift: [1], inner: l1({ weight: 1 }) }).prox(Float64Array.of(3), 1)], [2]);
 */
export const translated = defineFunction({
  type: TYPE,
  formula: 'inner(u - shift)',
  parameters: { shift: vector(), inner: innerFunction },
  traits: {
    convex: 'inherited',
    separable: 'inherited',
    smooth: 'inherited',
    conjugate: 'inherited',
    indicator: 'inherited',
  },
  examples: [
    { shift: [1.5, 1.5], inner: { type: 'l1', weight: 0.75 } },
    { shift: [0.5, -2], inner: { type: 'quadratic', curvature: [2, 1], center: 0.5 } },
    { shift: [0.25, -1, 3], inner: { type: 'simplex', total: 1 } },
    { shift: [-0.5], inner: { type: 'log-cosh', weight: 2, scale: 0.5 } },
  ],
  vectors: [{ parameters: { shift: [0.4, -2], inner: { type: 'huber', weight: 0.7, threshold: 0.5 } } }],
  mutants: {
    'not-moved-back': {
      description: 'the shift is subtracted and not added again',
      prox: ({ shift, inner }, step, y) =>
        inner.prox(
          y.map((v, i) => v - shift[i]!),
          step,
        ),
    },
    'norm-about-zero': {
      description: 'an ℓ2 norm about b is scaled by ‖y‖ instead of ‖y − b‖',
      prox({ shift, inner }, step, y) {
        const moved = y.map((v, i) => v - shift[i]!);
        if (inner.type !== 'l2') return inner.prox(moved, step).map((v, i) => v + shift[i]!);
        const length = Math.hypot(...y) || 1;
        return moved.map(
          (v, i) => Math.max(1 - (step * Number(inner.parameters['weight'])) / length, 0) * v + shift[i]!,
        );
      },
    },
  },
  create({ shift, inner }, identity): ProximableFunction {
    const dimension = shift.length;
    commonDimension(TYPE, { shift, inner });
    const alike = shift.every((entry) => entry === shift[0]);
    const scratch = scratchVector();
    function moved(u: Float64Array): Float64Array {
      checkVector(TYPE, u, dimension);
      const difference = scratch(dimension);
      for (let i = 0; i < dimension; i++) difference[i] = u[i]! - shift[i]!;
      return difference;
    }
    return checkedFunction({
      convex: inner.convex,
      ...identity,
      dimension,
      ...(inner.accuracy !== undefined && { accuracy: inner.accuracy }),
      ...(inner.smooth && { smooth: inner.smooth }),
      ...(inner.subgradientRange && { subgradientRange: inner.subgradientRange }),
      ...(inner.kinks && alike && { kinks: (step: number) => inner.kinks!(step).map((kink) => kink + shift[0]!) }),
      value: (u) => inner.value(moved(u)),
      ...(inner.violation && {
        violation: (u: Float64Array) => inner.violation!(moved(u)),
        finiteValue: (u: Float64Array) => inner.finiteValue!(moved(u)),
      }),
      ...(inner.gradient && {
        gradient: (u: Float64Array, out: Float64Array) => inner.gradient!(moved(u), out),
      }),
      prox(y, step, out) {
        inner.prox(moved(y), step, out);
        for (let i = 0; i < dimension; i++) out[i]! += shift[i]!;
      },
      residual: (y, step, out) => inner.residual(moved(y), step, out),
      dividedResidual: (y, step, out) => inner.dividedResidual(moved(y), step, out),
      ...(inner.conjugate && { conjugate: () => tiltedConjugate(inner.conjugate!(), shift) }),
      ...(inner.coordinate && {
        coordinate: (index: number) => translated({ shift: [shift[index]!], inner: inner.coordinate!(index) }),
      }),
    });
  },
});
