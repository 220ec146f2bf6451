import { type Rational, sum } from '../arithmetic/rational.js';
import { slopeOfPiece } from '../functions/piecewise-quadratic.js';
import { type RationalProblem, smoothTerm } from './rational-problem.js';

/** ∇d(x) + Σ_k w_k ∇r_k(x) for r_k without kinks: equation (3) where w are the weights of a mini-batch. */
export function rationalGradient(
  problem: RationalProblem,
  weights: readonly Rational[],
  x: readonly Rational[],
): Rational[] {
  return smoothTerm(problem)
    .gradient(x)
    .map((slope, i) => {
      const terms = problem.coordinates[i]!.functions.map((pieces, k) =>
        weights[k]!.mul(slopeOfPiece(pieces.find(({ to }) => !to?.lt(x[i]!))!, x[i]!)),
      );
      return slope.add(sum(terms));
    });
}
