import { rational } from '../../src/exact/arithmetic/rational.js';
import { type RationalProblem, rationalProblem } from '../../src/exact/problem/rational-problem.js';
import { slopes } from '../shared/functions.js';

/** d = ½x², r₁ = −u with θ₁ = 4/5, r₂ = 4u with θ₂ = 1/5: r = 0, G(x) = x, σ = 2, L = 1. 4/5 is no double, and is given as what it is. */
export const skewedDraws: RationalProblem = {
  ...rationalProblem(
    {
      smooth: { type: 'quadratic', curvature: 1, center: 0 },
      functions: slopes(-1, 4),
      probabilities: [1, 0],
    },
    1,
  ),
  probabilities: [rational(4n, 5n), rational(1n, 5n)],
};
