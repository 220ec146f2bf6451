import type { SmoothProblemCase } from '../../src/claims/arbitraries/smooth-problem-case.js';
import { slopes } from '../shared/functions.js';

/**
 * d = ½u², r_k = ±u with θ = (¾, ¼), x = 0: G = ½, but the mini-batch of one of each gives Ĝ = 0. With sgn(0) = 0 the iterate rests,
 * although two equalities of §5.2 count a full step ±γ.
 */
export const restingIterate: SmoothProblemCase = {
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(1, -1),
    probabilities: [0.75, 0.25],
  },
  x: Float64Array.of(0),
  indices: [0, 1],
  step: 0.5,
  root: 1,
  signOfZero: 'zero',
};
