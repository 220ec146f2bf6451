import { quotientUp } from '../functions/numerics/rounded-up.js';
import { positiveNumber, weight } from '../functions/parameters/number.js';
import { coordinatewise, defineSmooth } from './definition/define-smooth.js';
import type { SmoothFunction } from './definition/smooth-function.js';

/**
 * Geman and McClure's bounded penalty d(x) = w Σ x_i²/(s² + x_i²), w ≥ 0, s > 0 (w = s = 1: Σ x_i²/(1 + x_i²), L = 2):
 * non-convex, quasiconvex, tends to w in each coordinate. With t = x/s, φ′ = (2w/s)·t/(1 + t²)² and
 * φ″ = (2w/s²)(1 − 3t²)/(1 + t²)³, whose modulus is largest at 0: L = L_i = 2w/s².
 *
 * @example
 * assert.equal(smooth.gemanMcClure({ weight: 1, scale: 1 }).value(Float64Array.of(1)), 0.5);
 */
export const gemanMcClure = defineSmooth({
  type: 'geman-mcclure',
  formula: 'weight * sum_i x_i^2 / (scale^2 + x_i^2)',
  parameters: { weight, scale: positiveNumber },
  examples: [
    { weight: 1, scale: 1 },
    { weight: 3, scale: 0.5 },
  ],
  create: (parameters) =>
    coordinatewise({
      convex: parameters.weight === 0,
      lipschitz: quotientUp(quotientUp(2 * parameters.weight, parameters.scale), parameters.scale),
      asymptoticSlopes: [0, 0],
      valley: 0,
      term(u) {
        const t = u / parameters.scale;
        // 1/(1 + 1/t²) keeps its value where t² overflows; at t = 0 it is 1/∞ = 0.
        return parameters.weight / (1 + 1 / (t * t));
      },
      derivative(u) {
        const t = u / parameters.scale;
        const q = 1 + t * t;
        return (2 * parameters.weight * (t / q)) / (parameters.scale * q);
      },
      same: (): SmoothFunction => gemanMcClure(parameters),
    }),
});
