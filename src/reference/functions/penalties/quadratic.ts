import { checkedFunction, defineFunction } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { commonDimension, entry, numberOrVector, type ScalarOrVector } from '../parameters/vector.js';

const TYPE = 'quadratic';

function largestEntry(parameter: ScalarOrVector): number {
  return typeof parameter === 'number' ? parameter : parameter.reduce((a, b) => Math.max(a, b));
}

/**
 * r(u) = ½ Σ a_i(u_i − c_i)², a_i ≥ 0. prox_{γr}(y)_i = (y_i + γa_i c_i)/(1 + γa_i), ρ(y)_i = γa_i(y_i − c_i)/(1 + γa_i),
 * ∇r(u)_i = a_i(u_i − c_i), L_i = a_i, r*(p) = Σ p_i c_i + p_i²/(2a_i) with p_i = 0 where a_i = 0.
 *
 * @example
 * assert.deepEqual([...quadratic({ curvature: 1, center: 2 }).prox(Float64Array.of(0), 1)], [1]);
 */
export const quadratic = defineFunction({
  type: TYPE,
  formula: '1/2 * sum_i curvature_i * (u_i - center_i)^2',
  parameters: { curvature: numberOrVector({ minimum: 0 }), center: numberOrVector() },
  traits: { convex: 'yes', separable: 'yes', smooth: 'yes', conjugate: 'yes' },
  roundings: { prox: 6, slope: 5, why: 'prox: γa, 1 +, ÷, y − c, ×, −; slope: γa, 1 +, y − c, ×, ÷' },
  examples: [
    { curvature: 2, center: -0.5 },
    { curvature: [0.5, 0, 3], center: [1, 2, -1] },
    { curvature: 1.5, center: [0.25, -3] },
  ],
  vectors: [
    { parameters: { curvature: 0.3, center: -1.5 } },
    { parameters: { curvature: [0, 0.5, 2], center: [1, -0.1, 0.25] } },
  ],
  mutants: {
    'centre-dropped': {
      description: 'shrinks towards 0 instead of the centre',
      prox: ({ curvature }, step, y) => y.map((v, i) => v / (1 + step * entry(curvature, i))),
    },
    'centre-sign': {
      description: 'the centre is subtracted with the wrong sign',
      prox: ({ curvature, center }, step, y) =>
        y.map((v, i) => {
          const t = step * entry(curvature, i);
          return (v - t * entry(center, i)) / (1 + t);
        }),
    },
  },
  create({ curvature, center }, identity): ProximableFunction {
    const dimension = commonDimension(TYPE, { curvature, center });
    const alike = typeof curvature === 'number' && (typeof center === 'number' || curvature === 0);
    const range: readonly [number, number] = curvature === 0 ? [0, 0] : [-Infinity, Infinity];
    /** Distance of p to {p : p_i = 0 where a_i = 0}. */
    const violation = (p: Float64Array): number => {
      let squares = 0;
      for (let i = 0; i < p.length; i++) if (entry(curvature, i) === 0) squares += p[i]! * p[i]!;
      return Math.sqrt(squares);
    };
    const finiteValue = (p: Float64Array): number => {
      let sum = 0;
      for (let i = 0; i < p.length; i++) {
        const a = entry(curvature, i);
        if (a > 0) sum += p[i]! * (entry(center, i) + p[i]! / (2 * a));
      }
      return sum;
    };
    return checkedFunction({
      convex: true,
      ...identity,
      ...(dimension !== undefined && { dimension }),
      smooth: { lipschitz: largestEntry(curvature), coordinateLipschitz: (index) => entry(curvature, index) },
      ...(alike && { subgradientRange: range }),
      ...(typeof center === 'number' && { kinks: () => [center] }),
      value(u) {
        let sum = 0;
        for (let i = 0; i < u.length; i++) {
          const difference = u[i]! - entry(center, i);
          sum += entry(curvature, i) * difference * difference;
        }
        return sum / 2;
      },
      gradient(u, out) {
        for (let i = 0; i < u.length; i++) out[i] = entry(curvature, i) * (u[i]! - entry(center, i));
      },
      prox(y, step, out) {
        for (let i = 0; i < y.length; i++) {
          const t = step * entry(curvature, i);
          const difference = y[i]! - entry(center, i);
          // Start from the nearer of y and c: exact for a = 0 and for y = c, and never an ulp of the farther one off.
          out[i] = t <= 1 ? y[i]! - (t / (1 + t)) * difference : entry(center, i) + difference / (1 + t);
        }
      },
      residual(y, step, out) {
        for (let i = 0; i < y.length; i++) {
          const t = step * entry(curvature, i);
          out[i] = (t / (1 + t)) * (y[i]! - entry(center, i));
        }
      },
      dividedResidual(y, step, out) {
        for (let i = 0; i < y.length; i++) {
          const a = entry(curvature, i);
          out[i] = (a * (y[i]! - entry(center, i))) / (1 + step * a);
        }
      },
      conjugate: () => ({
        value: (p) => (violation(p) === 0 ? finiteValue(p) : Infinity),
        ...((typeof curvature === 'number' ? curvature === 0 : curvature.includes(0)) && { violation, finiteValue }),
      }),
      coordinate: (index) => quadratic({ curvature: entry(curvature, index), center: entry(center, index) }),
    });
  },
});
