import { ParameterError } from '../definition/arguments.js';
import { checkedFunction, defineFunction, isIndicator } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { euclideanNorm, scratchVector } from '../numerics/vectors.js';
import { innerFunction, requireConvex } from '../parameters/function.js';
import { weight } from '../parameters/number.js';

const TYPE = 'distance';

/** y + s(v − y) with the nearest point v of the set, and s from γw and the distance of y. */
function towards(inner: ProximableFunction, y: Float64Array, shareOf: (distance: number) => number): Float64Array {
  const nearest = inner.prox(y, 1);
  const share = shareOf(euclideanNorm(inner.residual(y, 1)));
  return y.map((entry, i) => entry + share * (nearest[i]! - entry));
}

/**
 * r(u) = w·dist(u, C) = w min_{v ∈ C} ‖v − u‖₂ for the indicator `inner` of a convex set C. With v = P_C(y) and d = ‖y − v‖, prox_{γr}(y) = v for
 * d ≤ γw, else y − (γw/d)(y − v); ρ(y) = min(1, γw/d)(y − v) (Combettes and Pesquet 2011, table 1).
 *
 * @throws ParameterError for an inner function that is not the indicator of a convex set by its definition
 * @example
 * const inner = nonnegative({});
 * assert.deepEqual([...distance({ weight: 1, inner }).prox(Float64Array.of(-3, 2), 2)], [-1, 2]);
 */
export const distance = defineFunction({
  type: TYPE,
  formula: 'weight * min_v |v - u|_2 over all v with inner(v) = 0',
  parameters: { weight, inner: innerFunction },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'no' },
  examples: [
    { weight: 0.75, inner: { type: 'l2-ball', radius: 1 } },
    { weight: 2, inner: { type: 'box', lower: -1, upper: [0.5, 'Infinity'] } },
    { weight: 1, inner: { type: 'simplex', total: 2 } },
    { weight: 0, inner: { type: 'nonnegative' } },
  ],
  // Points whose distance from the set is rational.
  vectors: [
    {
      parameters: { weight: 2, inner: { type: 'box', lower: -1, upper: 1 } },
      points: [
        ['inside', [0.5, -0.3]],
        ['boundary', [1, -1]],
        ['outside', [4, -5]],
        ['outside', [1.75, 0.3, -2]],
        ['large', [3 * 2 ** 30, 4 * 2 ** 30].map((v) => v + 1)],
      ],
    },
    {
      parameters: { weight: 0.75, inner: { type: 'l2-ball', radius: 2.5 } },
      points: [
        ['inside', [0.3, -0.4]],
        ['outside', [3, -4]],
        ['outside', [2, -3, 6]],
      ],
    },
    {
      parameters: { weight: 1.5, inner: { type: 'nonnegative' } },
      points: [
        ['outside', [-3, 2, -4]],
        ['zeros', [0, -0]],
      ],
    },
    {
      parameters: { weight: 1, inner: { type: 'psd-cone', shape: [2, 2] } },
      points: [
        ['outside', [1, 2, 2, 1]],
        ['outside', [-3, 0, 0, -4]],
      ],
    },
  ],
  mutants: {
    'step-dropped': {
      description: 'moves by w instead of γw',
      prox: ({ weight, inner }, _, y) => towards(inner, y, (away) => (away <= weight ? 1 : weight / away)),
    },
    'beyond-the-set': {
      description: 'moves by γw, also where the set is nearer',
      prox: ({ weight, inner }, step, y) => towards(inner, y, (away) => (away === 0 ? 0 : (step * weight) / away)),
    },
    'half-squared-distance': {
      description: 'the prox of (w/2)dist²: goes a part of the way, however far it is',
      prox: ({ weight, inner }, step, y) => towards(inner, y, () => (step * weight) / (1 + step * weight)),
    },
    projection: {
      description: 'goes the whole way, as for the indicator itself',
      prox: ({ inner }, _, y) => inner.prox(y, 1),
    },
  },
  create({ weight, inner }, identity): ProximableFunction {
    requireConvex(TYPE, 'inner', inner);
    if (!isIndicator(inner)) throw new ParameterError(TYPE, 'inner', inner.type, 'the indicator of a set');
    const { dimension } = inner;
    const residualOf = scratchVector();
    /** y − P_C(y). */
    const awayFrom = (y: Float64Array): Float64Array => inner.residual(y, 1, residualOf(y.length));
    return checkedFunction({
      convex: true,
      ...identity,
      ...(dimension !== undefined && { dimension }),
      ...(inner.accuracy !== undefined && { accuracy: inner.accuracy }),
      ...(inner.kinks && {
        kinks: (step: number) =>
          inner.kinks!(step).flatMap((kink) => [kink - step * weight, kink, kink + step * weight]),
      }),
      value: (u) => weight * euclideanNorm(awayFrom(u)),
      prox(y, step, out) {
        const away = awayFrom(y);
        const [far, move] = [euclideanNorm(away), step * weight];
        if (2 * move < far) {
          for (let i = 0; i < y.length; i++) out[i] = y[i]! - move * (away[i]! / far);
          return;
        }
        // Near the set, an ulp of y may be far more than one of the result.
        inner.prox(y, 1, out);
        if (move < far) for (let i = 0; i < y.length; i++) out[i]! += (far - move) * (away[i]! / far);
      },
      residual(y, step, out) {
        const away = awayFrom(y);
        const [far, move] = [euclideanNorm(away), step * weight];
        for (let i = 0; i < out.length; i++) out[i] = far <= move ? away[i]! : move * (away[i]! / far);
      },
      dividedResidual(y, step, out) {
        const away = awayFrom(y);
        const far = euclideanNorm(away);
        for (let i = 0; i < out.length; i++) {
          out[i] = far <= step * weight ? away[i]! / step : weight * (away[i]! / far);
        }
      },
    });
  },
});
