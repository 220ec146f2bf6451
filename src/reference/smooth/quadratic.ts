import { commonDimension, entry, numberOrVector } from '../functions/parameters/vector.js';
import { defineSmooth } from './definition/define-smooth.js';
import type { SmoothFunction } from './definition/smooth-function.js';

/**
 * d(x) = ½ Σ a_i (x_i − c_i)², each of a, c a number or a vector of length n. Curvatures may be negative: d is then non-convex
 * and unbounded below. ∇d = a∘(x − c), L_i = |a_i|, L = max |a_i|.
 *
 * @example
 * assert.equal(smooth.smoothQuadratic({ curvature: 1, center: 2 }).gradient(Float64Array.of(0))[0], -2);
 */
export const smoothQuadratic = defineSmooth({
  type: 'quadratic',
  formula: '1/2 * sum_i curvature_i * (x_i - center_i)^2',
  parameters: { curvature: numberOrVector(), center: numberOrVector() },
  examples: [
    { curvature: 2, center: -0.5 },
    { curvature: -1, center: 0.25 },
    { curvature: [0.5, -3, 0], center: [1, 2, -1] },
    { curvature: 1.5, center: [0.25, -3] },
  ],
  create({ curvature, center }) {
    const dimension = commonDimension('quadratic', { curvature, center });
    const curvatures = typeof curvature === 'number' ? [curvature] : Array.from(curvature);
    const lowest = curvatures.reduce((least, a) => Math.min(least, a));
    return {
      convex: lowest >= 0,
      ...(lowest > 0 && { strongConvexity: lowest }),
      ...(dimension === undefined ? traitsOfOne(lowest, entry(center, 0)) : { dimension }),
      lipschitz: curvatures.reduce((largest, a) => Math.max(largest, Math.abs(a)), 0),
      value(x) {
        let sum = 0;
        for (let i = 0; i < x.length; i++) {
          const difference = x[i]! - entry(center, i);
          sum += 0.5 * entry(curvature, i) * difference * difference;
        }
        return sum;
      },
      gradient(x, out) {
        for (let i = 0; i < x.length; i++) out[i] = entry(curvature, i) * (x[i]! - entry(center, i));
      },
      coordinateLipschitz: (i) => Math.abs(entry(curvature, i)),
      infimum: () => (lowest >= 0 ? 0 : Number.NEGATIVE_INFINITY),
      coordinate: (i): SmoothFunction => smoothQuadratic({ curvature: entry(curvature, i), center: entry(center, i) }),
    };
  },
});

/** Asymptotic slopes and valley of ½a(u − c)². */
function traitsOfOne(a: number, c: number): Pick<SmoothFunction, 'asymptoticSlopes' | 'valley'> {
  if (a === 0) return { asymptoticSlopes: [0, 0], valley: c };
  return a > 0 ? { asymptoticSlopes: [-Infinity, Infinity], valley: c } : { asymptoticSlopes: [Infinity, -Infinity] };
}
