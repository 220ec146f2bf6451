import { weight } from '../functions/parameters/number.js';
import { coordinatewise, defineSmooth } from './definition/define-smooth.js';
import type { SmoothFunction } from './definition/smooth-function.js';

/**
 * d(x) = w Σ (1 − cos x_i), w ≥ 0: non-convex and bounded, with a minimum at every multiple of 2π. ∇d = w sin x, L = L_i = w.
 * The value is computed as 2w sin²(x_i/2), which does not cancel near a minimum.
 *
 * @example
 * assert.equal(smooth.cosine({ weight: 1 }).gradient(Float64Array.of(Math.PI / 2))[0], 1);
 */
export const cosine = defineSmooth({
  type: 'cosine',
  formula: 'weight * sum_i (1 - cos(x_i))',
  parameters: { weight },
  examples: [{ weight: 1 }, { weight: 2.5 }],
  create: (parameters) =>
    coordinatewise({
      convex: parameters.weight === 0,
      lipschitz: parameters.weight,
      asymptoticSlopes: [0, 0],
      term(u) {
        const s = Math.sin(u / 2);
        return 2 * parameters.weight * s * s;
      },
      derivative: (u) => parameters.weight * Math.sin(u),
      same: (): SmoothFunction => cosine(parameters),
    }),
});
