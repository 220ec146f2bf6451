import { fromDouble, one, type Rational, rational, sum } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import { coordinateFunction } from '../functions/coordinate-function.js';
import { numberOf, type Specification } from '../functions/parameters.js';
import { evaluate, type PiecewiseAffine } from '../functions/piecewise-affine.js';
import {
  conjugateOf,
  type PiecewiseQuadratic,
  proximalMap,
  slopeOfPiece,
  valueAt,
} from '../functions/piecewise-quadratic.js';
import { proximalAverage } from '../functions/proximal-average.js';
import { type CoordinateSmooth, coordinateSmooth } from '../functions/smooth.js';

/** d, the r_k and θ as JSON carries them. */
export interface ProblemJson {
  readonly smooth: Specification;
  readonly functions: readonly Specification[];
  readonly probabilities: readonly number[];
}

/** One dimension of a separable problem. */
export interface CoordinateParts {
  readonly smooth: CoordinateSmooth;
  /** The summands of r_1 … r_K. */
  readonly functions: readonly PiecewiseQuadratic[];
}

/** A string that is the same for coordinates with the same pieces; undefined if d has none. */
function keyOf({ smooth, functions }: CoordinateParts): string | undefined {
  if (smooth.pieces === undefined) return undefined;
  const write = (value?: Rational): string => (value === undefined ? '' : `${value.s * value.n}/${value.d}`);
  const writeAll = (pieces: PiecewiseQuadratic): string =>
    pieces.map(({ from, to, a, b, c }) => [from, to, a, b, c].map(write).join()).join(';');
  return [smooth.pieces, ...functions].map(writeAll).join('|');
}

/** A separable problem in rationals: an independent check of the floating-point one, with which it shares no code. */
export interface RationalProblem {
  readonly probabilities: readonly Rational[];
  readonly coordinates: readonly CoordinateParts[];
  /** Rows of an orthogonal Q: d(x) = Σφ_i((Qx)_i) with the φ_i of the coordinates, so that d couples coordinates that the r_k keep separate. I if absent. */
  readonly frame?: readonly (readonly Rational[])[];
}

/**
 * d and ∇d = Qᵀφ′(Qx).
 *
 * @example
 * const problem = atStep(
 *   rationalProblem({ smooth: { type: 'quadratic', curvature: 1, center: 0 }, functions: [{ type: 'zero' }], probabilities: [1] }, 1),
 *   rational(1n, 2n),
 * );
 * assert.equal(toDouble(smoothTerm(problem.problem).value([two])), 2);
 */
export function smoothTerm({ coordinates, frame }: RationalProblem) {
  const turned = (x: readonly Rational[]): readonly Rational[] =>
    frame?.map((row) => sum(row.map((entry, j) => entry.mul(x[j]!)))) ?? x;
  return {
    /** d(x). */
    value: (x: readonly Rational[]): Rational => sum(turned(x).map((entry, i) => coordinates[i]!.smooth.value(entry))),
    /** ∇d(x). */
    gradient(x: readonly Rational[]): Rational[] {
      const slopes = turned(x).map((entry, i) => coordinates[i]!.smooth.derivative(entry));
      return frame === undefined
        ? slopes
        : slopes.map((_, j) => sum(slopes.map((slope, i) => slope.mul(frame[i]![j]!))));
    },
  };
}

/**
 * Reads a problem for vectors of the given length, every double exactly.
 * @throws NotRationalError when a part has no rational form or θ does not sum to exactly 1
 *
 * @example
 * const terms = { smooth: { type: 'quadratic', curvature: 1, center: 0 }, functions: [{ type: 'zero' }] };
 * assert.equal(rationalProblem({ ...terms, probabilities: [1] }, 2).coordinates.length, 2);
 * assert.throws(() => rationalProblem({ ...terms, probabilities: [0.1] }, 2), /do not sum to exactly 1/);
 */
export function rationalProblem(json: ProblemJson, dimension: number): RationalProblem {
  const theta = json.probabilities.map(numberOf);
  if (!sum(theta).equals(one)) throw new NotRationalError('the probabilities do not sum to exactly 1');
  return withProbabilities(theta, json, dimension);
}

/**
 * Like `rationalProblem`, with θ divided by its sum: as doubles, 0.3 and 0.7 do not sum to exactly 1.
 * @throws NotRationalError when a part has no rational form
 */
export function normalisedProblem(json: ProblemJson, dimension: number): RationalProblem {
  const theta = json.probabilities.map(numberOf);
  const total = sum(theta);
  return withProbabilities(
    theta.map((entry) => entry.div(total)),
    json,
    dimension,
  );
}

function withProbabilities(
  probabilities: readonly Rational[],
  { smooth, functions }: ProblemJson,
  dimension: number,
): RationalProblem {
  // Coordinates with the same pieces are one object, so that what follows from it is computed once.
  const known = new Map<string, CoordinateParts>();
  return {
    probabilities,
    coordinates: Array.from({ length: dimension }, (_, i) => {
      const parts = {
        smooth: coordinateSmooth(smooth, i),
        functions: functions.map((component) => coordinateFunction(component, i)),
      };
      const key = keyOf(parts);
      if (key === undefined) return parts;
      if (!known.has(key)) known.set(key, parts);
      return known.get(key)!;
    }),
  };
}

/** One dimension of f = d + r_γ at a fixed step γ. */
export interface CoordinateAtStep {
  readonly smooth: CoordinateSmooth;
  /** prox_{γr_k} for every k. */
  readonly proximalMaps: readonly PiecewiseAffine[];
  /**
   * (y − prox_{γr_k}(y))/γ for every k by Moreau's decomposition, from the conjugates and not from the proxes: it is
   * prox_{r_k* /γ}(y/γ), a subgradient of r_k.
   */
  readonly residualMaps: readonly PiecewiseAffine[];
  /** r_γ of equation (9). */
  readonly regularizer: PiecewiseQuadratic;
}

/** The operators of f = d + r_γ at a fixed step, in rationals. Vectors are arrays of length n; k counts from 0. */
export interface RationalProblemAtStep {
  readonly problem: RationalProblem;
  readonly step: Rational;
  readonly coordinates: readonly CoordinateAtStep[];
  /** P_k(x) = prox_{γr_k}(x − γ∇d(x)), equation (7). */
  proximalGradient(component: number, x: readonly Rational[]): Rational[];
  /** Σw_k P_k(x): P(x) for the weights θ, P̂(x) for counts divided by B; equations (8) and (10). */
  weightedMean(weights: readonly Rational[], x: readonly Rational[]): Rational[];
  /** (x − Σw_k P_k(x))/γ as printed: the difference, then the division. */
  literalMapping(weights: readonly Rational[], x: readonly Rational[]): Rational[];
  /** ∇d(x) + Σw_k ρ_k(y)/γ, y = x − γ∇d(x): equal to the literal form when Σw_k = 1. */
  residualMapping(weights: readonly Rational[], x: readonly Rational[]): Rational[];
  /** f(x) = d(x) + r_γ(x); undefined where it is +∞. */
  objective(x: readonly Rational[]): Rational | undefined;
}

/**
 * The problem with its step γ: P_k, P, Ĝ, G and f = d + r_γ.
 *
 * @example
 * const problem = atStep(
 *   rationalProblem({ smooth: { type: 'quadratic', curvature: 1, center: 0 }, functions: [{ type: 'zero' }], probabilities: [1] }, 1),
 *   rational(1n, 2n),
 * );
 * assert.deepEqual(problem.residualMapping([one], [two]).map(toDouble), [2]);
 */
export function atStep(problem: RationalProblem, step: Rational): RationalProblemAtStep {
  const { probabilities } = problem;
  const partsAtStep = ({ smooth, functions }: CoordinateParts): CoordinateAtStep => {
    let regularizer: PiecewiseQuadratic | undefined;
    return {
      smooth,
      proximalMaps: functions.map((pieces) => proximalMap(pieces, step)),
      residualMaps: functions.map((pieces) => dividedResidualMap(pieces, step)),
      get regularizer() {
        regularizer ??= proximalAverage(functions, probabilities, step);
        return regularizer;
      },
    };
  };
  const known = new Map([...new Set(problem.coordinates)].map((parts) => [parts, partsAtStep(parts)]));
  const coordinates = problem.coordinates.map((parts) => known.get(parts)!);
  const d = smoothTerm(problem);
  const forward = (x: readonly Rational[], gradient = d.gradient(x)): Rational[] =>
    x.map((value, i) => value.sub(step.mul(gradient[i]!)));
  const weighted = (weights: readonly Rational[], maps: readonly PiecewiseAffine[], y: Rational): Rational =>
    sum(weights.flatMap((weight, k) => (weight.n === 0n ? [] : [weight.mul(evaluate(maps[k]!, y))])));
  const weightedMean = (weights: readonly Rational[], x: readonly Rational[]): Rational[] =>
    forward(x).map((y, i) => weighted(weights, coordinates[i]!.proximalMaps, y));

  return {
    problem,
    step,
    coordinates,
    proximalGradient: (component, x) => forward(x).map((y, i) => evaluate(coordinates[i]!.proximalMaps[component]!, y)),
    weightedMean,
    literalMapping: (weights, x) => weightedMean(weights, x).map((mean, i) => x[i]!.sub(mean).div(step)),
    residualMapping(weights, x) {
      const gradient = d.gradient(x);
      return forward(x, gradient).map((y, i) => gradient[i]!.add(weighted(weights, coordinates[i]!.residualMaps, y)));
    },
    objective(x) {
      let total = d.value(x);
      for (const [i, value] of x.entries()) {
        const regularizer = valueAt(coordinates[i]!.regularizer, value);
        if (regularizer === undefined) return undefined;
        total = total.add(regularizer);
      }
      return total;
    },
  };
}

/** y ↦ prox_{r* /γ}(y/γ). */
function dividedResidualMap(pieces: PiecewiseQuadratic, step: Rational): PiecewiseAffine {
  const { knots, slopes, offsets } = proximalMap(conjugateOf(pieces), one.div(step));
  return {
    knots: knots.map((knot) => knot.mul(step)),
    slopes: slopes.map((slope) => slope.div(step)),
    offsets,
  };
}

/**
 * The weights of a mini-batch: how often each of K components occurs, divided by B.
 *
 * @example
 * assert.deepEqual(batchWeights([0, 2, 2, 2], 3).map(toDouble), [0.25, 0, 0.75]);
 */
export function batchWeights(indices: ArrayLike<number>, components: number): Rational[] {
  const counts = new Array<bigint>(components).fill(0n);
  for (let b = 0; b < indices.length; b++) counts[indices[b]!]!++;
  return counts.map((count) => rational(count, BigInt(indices.length)));
}

/**
 * d′(x) + ρ_k(y)/γ in one dimension for every k: the values that Ĝ averages.
 *
 * @example
 * const problem = atStep(
 *   rationalProblem({ smooth: { type: 'quadratic', curvature: 1, center: 0 }, functions: [{ type: 'zero' }], probabilities: [1] }, 1),
 *   rational(1n, 2n),
 * );
 * assert.deepEqual(componentMappings(problem.coordinates[0], problem.step, two).map(toDouble), [2]);
 */
export function componentMappings({ smooth, residualMaps }: CoordinateAtStep, step: Rational, x: Rational): Rational[] {
  const slope = smooth.derivative(x);
  const y = x.sub(step.mul(slope));
  return residualMaps.map((map) => slope.add(evaluate(map, y)));
}

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

/** The exact values of the vocabulary's operators at one point, in one coordinate. */
export interface ExactCoordinate {
  readonly pieces: PiecewiseQuadratic;
  /** r(y); undefined where it is +∞. */
  value(y: number): Rational | undefined;
  /** prox_{γr}(y). */
  prox(y: number, step: number): Rational;
  /** (y − prox_{γr}(y))/γ, from the conjugate. */
  dividedResidual(y: number, step: number): Rational;
}

/**
 * One coordinate of a function, ready for comparisons with doubles.
 * @throws NotRationalError when the function has no piecewise quadratic form
 */
export function exactCoordinate(specification: Specification, index: number): ExactCoordinate {
  const pieces = coordinateFunction(specification, index);
  return {
    pieces,
    value: (y) => valueAt(pieces, fromDouble(y)),
    prox: (y, step) => evaluate(proximalMap(pieces, fromDouble(step)), fromDouble(y)),
    dividedResidual: (y, step) => evaluate(dividedResidualMap(pieces, fromDouble(step)), fromDouble(y)),
  };
}

/** The largest |r′| over the pieces, each extended to y: the sensitivity of r at y. */
export function steepnessNear(pieces: PiecewiseQuadratic, y: number): Rational {
  const at = fromDouble(y);
  return pieces.map((piece) => slopeOfPiece(piece, at).abs()).reduce((a, b) => (b.gt(a) ? b : a));
}
