import { maximum, type Rational, square, sum, zero } from '../../../src/exact/arithmetic/rational.js';
import { type PiecewiseQuadratic, slopeOfPiece, valueAt } from '../../../src/exact/functions/piecewise-quadratic.js';
import { type RationalProblem, smoothTerm } from '../../../src/exact/problem/rational-problem.js';

const mean = (theta: readonly Rational[], values: readonly Rational[]): Rational =>
  sum(values.map((value, k) => theta[k]!.mul(value)));

function varianceOf(theta: readonly Rational[], values: readonly Rational[]): Rational {
  const center = mean(theta, values);
  return mean(
    theta,
    values.map((value) => square(value.sub(center))),
  );
}

/** r_k′ just below u. */
const slopeBelow = (pieces: PiecewiseQuadratic, u: Rational): Rational =>
  slopeOfPiece(pieces.find(({ to }) => !to?.lt(u))!, u);

/** h_k(u): r_k′ just above u. */
const slopeAbove = (pieces: PiecewiseQuadratic, u: Rational): Rational =>
  slopeOfPiece(pieces.findLast(({ from }) => !from?.gt(u))!, u);

/** f̄(u) = d(u) + Σθ_k r_k(u), for r_k that are finite at u. */
export function plainObjective(problem: RationalProblem, u: readonly Rational[]): Rational {
  const { coordinates, probabilities } = problem;
  const regularizers = u.map((entry, i) =>
    mean(
      probabilities,
      coordinates[i]!.functions.map((pieces) => valueAt(pieces, entry)!),
    ),
  );
  return smoothTerm(problem).value(u).add(sum(regularizers));
}

/** Var_θ h_k(u), summed over the coordinates. */
export function varianceAt({ coordinates, probabilities }: RationalProblem, u: readonly Rational[]): Rational {
  return sum(
    coordinates.map(({ functions }, i) =>
      varianceOf(
        probabilities,
        functions.map((pieces) => slopeAbove(pieces, u[i]!)),
      ),
    ),
  );
}

/**
 * σ₀² = sup_u Var_θ h_k(u) for r_k that are affine at both ends, the sum of the suprema of the coordinates. Between kinks the h_k are affine and their variance is a convex parabola: the
 * supremum is met beside a kink, or anywhere where there is none.
 */
export function largestVariance({ coordinates, probabilities }: RationalProblem): Rational {
  const suprema = coordinates.map(({ functions }) => {
    const kinks = functions.flatMap((pieces) => pieces.flatMap(({ to }) => to ?? []));
    return (kinks.length === 0 ? [zero] : kinks)
      .flatMap((u) => [slopeBelow, slopeAbove].map((slope) => functions.map((pieces) => slope(pieces, u))))
      .map((slopes) => varianceOf(probabilities, slopes))
      .reduce(maximum);
  });
  return sum(suprema);
}
