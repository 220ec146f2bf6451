import { checkedFunction, defineFunction } from '../definition/define-function.js';
import type { ConjugateFunction, ProximableFunction, SmoothnessConstants } from '../definition/proximable-function.js';
import { dampedUp, quotientUp } from '../numerics/rounded-up.js';
import { innerProduct, scratchVector } from '../numerics/vectors.js';
import { innerFunction, requireConvex } from '../parameters/function.js';
import { positiveNumber } from '../parameters/number.js';
import { mapConstants } from './derived-traits.js';

const TYPE = 'moreau-envelope';

/** r*(p) + (μ/2)‖p‖². */
function regularizedConjugate(conjugate: ConjugateFunction, smoothing: number): ConjugateFunction {
  const { violation, finiteValue } = conjugate;
  return {
    value: (p) => conjugate.value(p) + (smoothing / 2) * innerProduct(p, p),
    ...(violation && { violation }),
    ...(finiteValue && { finiteValue: (p: Float64Array) => finiteValue(p) + (smoothing / 2) * innerProduct(p, p) }),
  };
}

/** 1/μ, or L/(1 + μL) where r is L-smooth. */
function envelopeConstants(inner: ProximableFunction, smoothing: number): SmoothnessConstants | undefined {
  const constant = (lipschitz: number): number =>
    lipschitz < Infinity ? dampedUp(lipschitz, smoothing) : quotientUp(1, smoothing);
  const { lipschitz, coordinateLipschitz } = inner.smooth ?? {};
  const constants = {
    lipschitz: lipschitz ?? Infinity,
    ...(inner.coordinate && { coordinateLipschitz: (index: number) => coordinateLipschitz?.(index) ?? Infinity }),
  };
  return mapConstants(constants, constant);
}

/**
 * e(u) = min_v r(v) + ‖v − u‖²/(2μ) for convex r, attained at v = prox_{μr}(u). ∇e(u) = ρ_r(u)/μ at the step μ, L = 1/μ.
 * With v = prox_{(γ+μ)r}(y) and g = ρ_r(y)/(γ + μ) at that step: prox_{γe}(y) = y − γg = v + μg, ρ(y)/γ = g.
 * e*(p) = r*(p) + (μ/2)‖p‖².
 *
 * @example
 * assert.equal(moreauEnvelope({ smoothing: 1, inner: l1({ weight: 1 }) }).value(Float64Array.of(3)), 2.5);
 */
export const moreauEnvelope = defineFunction({
  type: TYPE,
  formula: 'min_v inner(v) + |v - u|^2 / (2 smoothing)',
  parameters: { smoothing: positiveNumber, inner: innerFunction },
  traits: { convex: 'yes', separable: 'inherited', smooth: 'yes', conjugate: 'inherited' },
  examples: [
    { smoothing: 0.5, inner: { type: 'l1', weight: 0.75 } },
    { smoothing: 2, inner: { type: 'quadratic', curvature: [2, 1], center: 0.5 } },
    { smoothing: 1.5, inner: { type: 'box', lower: -1, upper: [0.5, 'Infinity'] } },
    { smoothing: 0.7, inner: { type: 'simplex', total: 2 } },
  ],
  vectors: [
    { parameters: { smoothing: 0.3, inner: { type: 'l1', weight: 0.7 } } },
    { parameters: { smoothing: 0.3, inner: { type: 'box', lower: -1, upper: 0.3 } } },
  ],
  mutants: {
    'smoothing-dropped': {
      description: 'the inner prox has the step γ instead of γ + μ',
      prox({ smoothing, inner }, step, y) {
        const u = inner.prox(y, step);
        return y.map((v, i) => v + (step / (step + smoothing)) * (u[i]! - v));
      },
    },
    'weights-swapped': {
      description: 'μ/(γ + μ) where γ/(γ + μ) belongs',
      prox({ smoothing, inner }, step, y) {
        const u = inner.prox(y, step + smoothing);
        return y.map((v, i) => v + (smoothing / (step + smoothing)) * (u[i]! - v));
      },
    },
  },
  create({ smoothing, inner }, identity): ProximableFunction {
    requireConvex(TYPE, 'inner', inner);
    const { dimension } = inner;
    const smooth = envelopeConstants(inner, smoothing);
    const pointOf = scratchVector();
    const slopeOf = scratchVector();
    return checkedFunction({
      convex: true,
      ...identity,
      ...(dimension !== undefined && { dimension }),
      ...(inner.accuracy !== undefined && { accuracy: inner.accuracy }),
      ...(smooth && { smooth }),
      ...(inner.subgradientRange && { subgradientRange: inner.subgradientRange }),
      ...(inner.kinks && {
        kinks: (step: number) => [...inner.kinks!(smoothing), ...inner.kinks!(step + smoothing)],
      }),
      value(u) {
        const point = inner.prox(u, smoothing, pointOf(u.length));
        const slope = inner.dividedResidual(u, smoothing, slopeOf(u.length));
        const innerValue = inner.finiteValue === undefined ? inner.value(point) : inner.finiteValue(point);
        return innerValue + (smoothing / 2) * innerProduct(slope, slope);
      },
      gradient: (u, out) => inner.dividedResidual(u, smoothing, out),
      prox(y, step, out) {
        const slope = inner.dividedResidual(y, step + smoothing, slopeOf(y.length));
        if (step <= smoothing) {
          for (let i = 0; i < y.length; i++) out[i] = y[i]! - step * slope[i]!;
          return;
        }
        // For large steps the result is near v, and an ulp of y may be far more than one of it.
        inner.prox(y, step + smoothing, out);
        for (let i = 0; i < out.length; i++) out[i]! += smoothing * slope[i]!;
      },
      residual(y, step, out) {
        inner.dividedResidual(y, step + smoothing, out);
        for (let i = 0; i < out.length; i++) out[i]! *= step;
      },
      dividedResidual: (y, step, out) => inner.dividedResidual(y, step + smoothing, out),
      ...(inner.conjugate && { conjugate: () => regularizedConjugate(inner.conjugate!(), smoothing) }),
      ...(inner.coordinate && {
        coordinate: (index: number) => moreauEnvelope({ smoothing, inner: inner.coordinate!(index) }),
      }),
    });
  },
});
