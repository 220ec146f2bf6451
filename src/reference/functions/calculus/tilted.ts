import { checkedFunction, defineFunction } from '../definition/define-function.js';
import type { ConjugateFunction, ProximableFunction } from '../definition/proximable-function.js';
import { innerProduct, scratchVector } from '../numerics/vectors.js';
import { innerFunction } from '../parameters/function.js';
import { commonDimension, vector } from '../parameters/vector.js';

const TYPE = 'tilted';

/** r*(p − a). */
function translatedConjugate(conjugate: ConjugateFunction, slope: Float64Array): ConjugateFunction {
  const scratch = scratchVector();
  const moved = (p: Float64Array): Float64Array => {
    const difference = scratch(p.length);
    for (let i = 0; i < p.length; i++) difference[i] = p[i]! - slope[i]!;
    return difference;
  };
  const { violation, finiteValue } = conjugate;
  return {
    value: (p) => conjugate.value(moved(p)),
    ...(violation && { violation: (p: Float64Array) => violation(moved(p)) }),
    ...(finiteValue && { finiteValue: (p: Float64Array) => finiteValue(moved(p)) }),
  };
}

/**
 * r(u) + ⟨a, u⟩. prox(y) = prox_{γr}(y − γa), ρ(y)/γ = a + ρ_r(y − γa)/γ, ∇ = ∇r + a; its conjugate is r*(p − a).
 *
 * @example
 * assert.deepEqual([...tilted({ slope: [1], inner: zero({}) }).prox(Float64Array.of(3), 1)], [2]);
 */
export const tilted = defineFunction({
  type: TYPE,
  formula: 'inner(u) + sum_i slope_i * u_i',
  parameters: { slope: vector(), inner: innerFunction },
  traits: { convex: 'inherited', separable: 'inherited', smooth: 'inherited', conjugate: 'inherited' },
  examples: [
    { slope: [1.5, 1.5], inner: { type: 'l1', weight: 0.75 } },
    { slope: [0.5, -2], inner: { type: 'quadratic', curvature: [2, 1], center: 0.5 } },
    { slope: [0.25, -1, 3], inner: { type: 'l2-ball', radius: 2 } },
    { slope: [-0.5], inner: { type: 'huber', weight: 2, threshold: 0.5 } },
  ],
  vectors: [{ parameters: { slope: [0.25, -0.6], inner: { type: 'l1', weight: 0.7 } } }],
  mutants: {
    sign: {
      description: 'y + γa instead of y − γa',
      prox: ({ slope, inner }, step, y) =>
        inner.prox(
          y.map((v, i) => v + step * slope[i]!),
          step,
        ),
    },
    'step-dropped': {
      description: 'y − a instead of y − γa',
      prox: ({ slope, inner }, step, y) =>
        inner.prox(
          y.map((v, i) => v - slope[i]!),
          step,
        ),
    },
  },
  create({ slope, inner }, identity): ProximableFunction {
    const dimension = slope.length;
    commonDimension(TYPE, { slope, inner });
    const alike = slope.every((entry) => entry === slope[0]);
    const scratch = scratchVector();
    /** y − γa, where the prox of r is taken. */
    function moved(y: Float64Array, step: number): Float64Array {
      const difference = scratch(dimension);
      for (let i = 0; i < dimension; i++) difference[i] = y[i]! - step * slope[i]!;
      return difference;
    }
    return checkedFunction({
      convex: inner.convex,
      ...identity,
      dimension,
      ...(inner.accuracy !== undefined && { accuracy: inner.accuracy }),
      ...(inner.smooth && { smooth: inner.smooth }),
      ...(inner.subgradientRange &&
        alike && {
          subgradientRange: [inner.subgradientRange[0] + slope[0]!, inner.subgradientRange[1] + slope[0]!] as const,
        }),
      ...(inner.kinks &&
        alike && {
          // Those of r itself, and those of its prox, which stand at y − γa.
          kinks: (step: number) => inner.kinks!(step).flatMap((kink) => [kink, kink + step * slope[0]!]),
        }),
      value: (u) => inner.value(u) + innerProduct(slope, u),
      ...(inner.violation && {
        violation: (u: Float64Array) => inner.violation!(u),
        finiteValue: (u: Float64Array) => inner.finiteValue!(u) + innerProduct(slope, u),
      }),
      ...(inner.gradient && {
        gradient(u: Float64Array, out: Float64Array) {
          inner.gradient!(u, out);
          for (let i = 0; i < dimension; i++) out[i]! += slope[i]!;
        },
      }),
      prox: (y, step, out) => inner.prox(moved(y, step), step, out),
      residual(y, step, out) {
        inner.residual(moved(y, step), step, out);
        for (let i = 0; i < dimension; i++) out[i]! += step * slope[i]!;
      },
      dividedResidual(y, step, out) {
        inner.dividedResidual(moved(y, step), step, out);
        for (let i = 0; i < dimension; i++) out[i]! += slope[i]!;
      },
      ...(inner.conjugate && { conjugate: () => translatedConjugate(inner.conjugate!(), slope) }),
      ...(inner.coordinate && {
        coordinate: (index: number) => tilted({ slope: [slope[index]!], inner: inner.coordinate!(index) }),
      }),
    });
  },
});
