import {
  integerRoot,
  maximum,
  minimum,
  one,
  type Rational,
  rational,
  square,
  sum,
  toDouble,
  zero,
} from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import { evaluate, mergeKnots } from '../functions/piecewise-affine.js';
import {
  ends,
  type Piece,
  type PiecewiseQuadratic,
  slopeOfPiece,
  valueAt,
  valueOfPiece,
} from '../functions/piecewise-quadratic.js';
import {
  type CoordinateParts,
  componentMappings,
  type RationalProblem,
  type RationalProblemAtStep,
} from './rational-problem.js';

/**
 * L_i for every coordinate: the largest over d and the r_k.
 *
 * @example
 * const problem = atStep(
 *   rationalProblem({ smooth: { type: 'quadratic', curvature: 1, center: 0 }, functions: [{ type: 'zero' }], probabilities: [1] }, 1),
 *   rational(1n, 2n),
 * );
 * assert.deepEqual(coordinateLipschitz(problem.problem).map(toDouble), [1]);
 */
export function coordinateLipschitz({ coordinates }: RationalProblem): Rational[] {
  return coordinates.map(({ smooth, functions }: CoordinateParts) =>
    functions.map(lipschitzOf).reduce((largest, constant) => maximum(largest, constant), smooth.lipschitz),
  );
}

/** The Lipschitz constant of r′. */
function lipschitzOf(pieces: PiecewiseQuadratic): Rational {
  const first = pieces[0]!;
  const smooth = pieces.every(
    (piece, j) => j === 0 || slopeOfPiece(piece, piece.from!).equals(slopeOfPiece(pieces[j - 1]!, piece.from!)),
  );
  if (!smooth || first.from !== undefined || pieces.at(-1)!.to !== undefined) {
    throw new NotRationalError('some r_k is not differentiable everywhere');
  }
  return pieces.reduce((largest, { a }) => maximum(largest, a), zero);
}

/**
 * σ_i², the largest variance of (P_k(x) − P(x))_i/γ over x. In y = x − γ∇d(x) the residuals ρ_k(y)/γ are piecewise affine, so their
 * variance is a convex parabola between two knots and largest at a knot. Every y is reached when γ times the Lipschitz constant of
 * d′ is below 1; otherwise the value at x⁰ is used, which is a lower bound.
 *
 * @throws NotRationalError when the variance is unbounded
 */
export function coordinateVariance(problem: RationalProblemAtStep, i: number, start: Rational): Rational {
  const { probabilities } = problem.problem;
  const { smooth, residualMaps } = problem.coordinates[i]!;
  const occurring = Array.from(probabilities.keys()).filter((k) => probabilities[k]!.n > 0n);
  const maps = occurring.map((k) => residualMaps[k]!);
  const mean = (values: readonly Rational[]): Rational =>
    sum(values.map((v, k) => probabilities[occurring[k]!]!.mul(v)));
  const at = (y: Rational): Rational => {
    const values = maps.map((map) => evaluate(map, y));
    const center = mean(values);
    return mean(values.map((value) => square(value.sub(center))));
  };
  for (const end of [0, -1]) {
    if (maps.some(({ slopes }) => !slopes.at(end)!.equals(maps[0]!.slopes.at(end)!))) {
      throw new NotRationalError('the variance of P_k(x) is not uniformly bounded');
    }
  }
  const reached = problem.step.mul(smooth.lipschitz).lt(one);
  const here = start.sub(problem.step.mul(smooth.derivative(start)));
  return [here, ...(reached ? mergeKnots(maps) : [])].map(at).reduce(maximum);
}

/** An upper bound of inf f in one coordinate, the infimum itself if `exact`. */
export interface UpperInfimum {
  readonly upper: Rational;
  readonly exact: boolean;
}

/**
 * inf f of d + r_γ in one coordinate: exact if f is piecewise quadratic; else the smallest value that the full proximal-gradient method reaches
 * from x⁰, which is only an upper bound.
 *
 * @throws NotRationalError when f is unbounded below
 */
export function coordinateInfimum(problem: RationalProblemAtStep, i: number, start: Rational): UpperInfimum {
  const { smooth, regularizer } = problem.coordinates[i]!;
  if (smooth.pieces !== undefined) return { upper: leastValue(smooth.pieces, regularizer), exact: true };
  return { upper: descend(problem, i, start), exact: false };
}

function leastValue(first: PiecewiseQuadratic, second: PiecewiseQuadratic): Rational {
  const least = overlaps(first, second).map((piece) => {
    const { from, to, a, b } = piece;
    const falls = (end: 'from' | 'to'): boolean => {
      if (piece[end] !== undefined) return false;
      const slope = end === 'to' ? b : b.neg();
      return a.s < 0n && a.n > 0n ? true : a.n === 0n && slope.lt(zero);
    };
    if (falls('from') || falls('to')) throw new NotRationalError('f is unbounded below');
    const vertex = a.gt(zero) ? b.div(a).neg() : (from ?? to ?? zero);
    const lowest = [from, to].filter((end) => end !== undefined);
    const inside = !(from?.gt(vertex) || to?.lt(vertex));
    return [...lowest, ...(inside ? [vertex] : [])].map((u) => valueOfPiece(piece, u)).reduce(minimum);
  });
  return least.reduce(minimum);
}

/** The sum of two piecewise quadratics, interval by interval. */
function overlaps(first: PiecewiseQuadratic, second: PiecewiseQuadratic): Piece[] {
  return first.flatMap((p) =>
    second.flatMap((q) => {
      const from = p.from && q.from ? maximum(p.from, q.from) : (p.from ?? q.from);
      const to = p.to && q.to ? minimum(p.to, q.to) : (p.to ?? q.to);
      if (from !== undefined && to !== undefined && from.gt(to)) return [];
      return [{ ...ends(from, to), a: p.a.add(q.a), b: p.b.add(q.b), c: p.c.add(q.c) }];
    }),
  );
}

/** Iterations of the descent, and the grid 2⁻ᵍ on which it moves so that denominators stay short. */
const descentSteps = 64;
const grid = 2 ** 24;

function descend(problem: RationalProblemAtStep, i: number, start: Rational): Rational {
  const { smooth, regularizer } = problem.coordinates[i]!;
  const value = (x: Rational): Rational => smooth.value(x).add(valueAt(regularizer, x)!);
  let x = start;
  let least = value(x);
  for (let t = 0; t < descentSteps; t++) {
    const mappings = componentMappings(problem.coordinates[i]!, problem.step, x);
    const mapping = sum(mappings.map((entry, k) => problem.problem.probabilities[k]!.mul(entry)));
    const next = toDouble(x.sub(problem.step.mul(mapping)));
    x = rational(BigInt(Math.round(next * grid)), BigInt(grid));
    least = minimum(least, value(x));
  }
  return least;
}

/** Lower bounds of everything that a bound increases with. If they are `exact`, they give the theorem's own bound. */
export interface LowerConstants {
  readonly coordinateLipschitz: readonly Rational[];
  /** σ_i². */
  readonly variance: readonly Rational[];
  /** f(x⁰) − f*. */
  readonly gap: Rational;
  /** False if a variance or f* may be only a bound. */
  readonly exact: boolean;
}

/**
 * The constants of Assumptions 1 and 2 of one problem at one step, from below.
 *
 * @example
 * const problem = atStep(
 *   rationalProblem({ smooth: { type: 'quadratic', curvature: 1, center: 0 }, functions: [{ type: 'zero' }], probabilities: [1] }, 1),
 *   rational(1n, 2n),
 * );
 * const { gap, variance } = lowerConstants(problem, [two]);
 * assert.deepEqual([gap, ...variance].map(toDouble), [2, 0]);
 */
export function lowerConstants(problem: RationalProblemAtStep, start: readonly Rational[]): LowerConstants {
  const infima = start.map((x, i) => coordinateInfimum(problem, i, x));
  const objective = problem.objective(start)!;
  const reached = problem.coordinates.every(({ smooth }) => problem.step.mul(smooth.lipschitz).lt(one));
  return {
    coordinateLipschitz: coordinateLipschitz(problem.problem),
    variance: start.map((x, i) => coordinateVariance(problem, i, x)),
    gap: objective.sub(sum(infima.map(({ upper }) => upper))),
    exact: reached && infima.every(({ exact }) => exact),
  };
}

/** Binary digits after the point of a square root that is not rational. */
const rootDigits = 64n;

/**
 * √q rounded down to a multiple of 2⁻⁶⁴, exact when q is the square of a rational.
 *
 * @example
 * assert.equal(squareRootBelow(rational(4n, 9n)).toFraction(), '2/3');
 * assert.ok(square(squareRootBelow(two)).lt(two));
 */
export function squareRootBelow({ n, d }: Rational): Rational {
  const [root, rootD] = [integerRoot(n), integerRoot(d)];
  if (root * root === n && rootD * rootD === d) return rational(root, rootD);
  return rational(integerRoot((n << (2n * rootDigits)) / d), 1n << rootDigits);
}
