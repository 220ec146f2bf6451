import { coordinatewise, defineSmooth } from './definition/define-smooth.js';
import type { SmoothFunction } from './definition/smooth-function.js';

/**
 * d(x) = 0: the problem is r_γ alone. L = 0.
 *
 * @example
 * assert.equal(smooth.smoothZero({}).gradient(Float64Array.of(3))[0], 0);
 */
export const smoothZero = defineSmooth({
  type: 'zero',
  formula: '0',
  parameters: {},
  examples: [{}],
  create: () =>
    coordinatewise({
      convex: true,
      lipschitz: 0,
      asymptoticSlopes: [0, 0],
      valley: 0,
      term: () => 0,
      derivative: () => 0,
      same: (): SmoothFunction => smoothZero({}),
    }),
});
