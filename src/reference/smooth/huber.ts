import { positiveNumber, weight } from '../functions/parameters/number.js';
import { coordinatewise, defineSmooth } from './definition/define-smooth.js';
import type { SmoothFunction } from './definition/smooth-function.js';

/**
 * Huber's loss d(x) = w Σ h(x_i), h(u) = ½u² for |u| ≤ δ and δ(|u| − δ/2) beyond; w ≥ 0, δ > 0. Convex.
 * ∇d = w clip(x, ±δ), L = L_i = w.
 *
 * @example
 * assert.deepEqual([...smooth.smoothHuber({ weight: 1, threshold: 1 }).gradient(Float64Array.of(0.5, 3))], [0.5, 1]);
 */
export const smoothHuber = defineSmooth({
  type: 'huber',
  formula: 'weight * sum_i h(x_i), h(u) = u^2/2 if |u| <= threshold, else threshold * (|u| - threshold/2)',
  parameters: { weight, threshold: positiveNumber },
  examples: [
    { weight: 1, threshold: 1 },
    { weight: 2, threshold: 0.25 },
  ],
  create: (parameters) => {
    const { threshold } = parameters;
    const steepest = parameters.weight * threshold;
    return coordinatewise({
      convex: true,
      lipschitz: parameters.weight,
      asymptoticSlopes: [-steepest, steepest],
      valley: 0,
      term(u) {
        const a = Math.abs(u);
        return parameters.weight * (a <= threshold ? 0.5 * a * a : threshold * (a - threshold / 2));
      },
      derivative: (u) => parameters.weight * Math.max(-threshold, Math.min(u, threshold)),
      same: (): SmoothFunction => smoothHuber(parameters),
    });
  },
});
