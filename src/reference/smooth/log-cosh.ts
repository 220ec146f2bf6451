import { positiveNumber, weight } from '../functions/parameters/number.js';
import { coordinatewise, defineSmooth } from './definition/define-smooth.js';
import type { SmoothFunction } from './definition/smooth-function.js';

/**
 * d(x) = w Σ s² log cosh(x_i/s), w ≥ 0, s > 0: a smooth relative of Huber's loss. Convex. ∇d = w s tanh(x/s), L = L_i = w.
 *
 * @example
 * const [slope] = smooth.smoothLogCosh({ weight: 1, scale: 1 }).gradient(Float64Array.of(1));
 * assert.ok(Math.abs(slope - Math.tanh(1)) < 1e-15);
 */
export const smoothLogCosh = defineSmooth({
  type: 'log-cosh',
  formula: 'weight * sum_i scale^2 * log(cosh(x_i / scale))',
  parameters: { weight, scale: positiveNumber },
  examples: [
    { weight: 1, scale: 1 },
    { weight: 0.5, scale: 3 },
  ],
  create: (parameters) => {
    const { scale } = parameters;
    const steepest = parameters.weight * scale;
    return coordinatewise({
      convex: true,
      lipschitz: parameters.weight,
      asymptoticSlopes: [-steepest, steepest],
      valley: 0,
      term: (u) => steepest * scale * logCosh(u / scale),
      derivative: (u) => steepest * Math.tanh(u / scale),
      same: (): SmoothFunction => smoothLogCosh(parameters),
    });
  },
});

/** log cosh t without cancellation for small t (cosh t = 1 + 2 sinh²(t/2)) and without overflow for large t. */
function logCosh(t: number): number {
  const a = Math.abs(t);
  if (a > 1) return a - Math.LN2 + Math.log1p(Math.exp(-2 * a));
  const s = Math.sinh(a / 2);
  return Math.log1p(2 * s * s);
}
