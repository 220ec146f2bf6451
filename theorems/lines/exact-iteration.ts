import type { SignConvention } from '../../src/library/algorithms.js';
import {
  atStep,
  maximum,
  type Rational,
  type RationalProblem,
  type RationalProblemAtStep,
  rational,
  slopeOfPiece,
  smoothTerm,
  valueOfPiece,
  zero,
} from '../../src/library/exact.js';
import { sum } from './arithmetic.js';
import type { Iteration, PointOfObjective } from './iteration.js';

/** L_i in each coordinate: the largest curvature of d and of every r_k, which is the smallest constant that Assumption 2 allows. */
export function coordinateConstants({ coordinates }: RationalProblem): Rational[] {
  return coordinates.map(({ smooth, functions }) =>
    functions.flat().reduce((largest, { a }) => maximum(largest, a), smooth.lipschitz),
  );
}

/** The largest of the numbers; 0 for none. */
export function largestOf(values: readonly Rational[]): Rational {
  return values.reduce(maximum, zero);
}

/** d and r_γ with their gradients at a point; every r_k must be differentiable. */
export function pointOf({ coordinates, problem }: RationalProblemAtStep, point: readonly Rational[]): PointOfObjective {
  const parts = point.map((u, i) => {
    const piece = coordinates[i]!.regularizer.find(({ to }) => !to?.lt(u))!;
    return { value: valueOfPiece(piece, u), slope: slopeOfPiece(piece, u) };
  });
  const d = smoothTerm(problem);
  return {
    point,
    smooth: d.value(point),
    smoothGradient: d.gradient(point),
    regularizer: sum(...parts.map(({ value }) => value)),
    regularizerGradient: parts.map(({ slope }) => slope),
  };
}

const valuesAtZero = { zero: 0, positive: 1, negative: -1 } as const;
/** The deterministic conventions; a random sign is one of the last two values. */
export type FixedConvention = Exclude<SignConvention, 'random'>;

export function exactSign(value: Rational, signOfZero: FixedConvention): number {
  return value.n === 0n ? valuesAtZero[signOfZero] : Number(value.s);
}

/** The algorithms of §5. */
export type ProvedAlgorithm = 'spgm' | 'sign-prox';

/** The part of an iteration at x that all mini-batches share; `iteration` completes it with the weights c_k/B of one. */
export interface ExactIterate {
  readonly x: PointOfObjective;
  readonly full: PointOfObjective;
  readonly mapping: readonly Rational[];
  readonly lipschitz: Rational;
  readonly coordinateLipschitz: readonly Rational[];
  /** Whether r_γ has curvature, and whether two of its pieces meet at x or x̃. */
  readonly curved: boolean;
  readonly atKink: boolean;
  /** Ĝ(x). */
  mappingOf(weights: readonly Rational[]): Rational[];
  iteration(weights: readonly Rational[]): Iteration;
}

/** One iterate in rationals; everything that does not depend on the mini-batch is computed once. */
export function exactIterate(
  problem: RationalProblem,
  stepSize: Rational,
  x: readonly Rational[],
  algorithm: ProvedAlgorithm,
  signOfZero: FixedConvention,
): ExactIterate {
  const problemAtStep = atStep(problem, stepSize);
  const coordinateLipschitz = coordinateConstants(problem);
  const mapping = problemAtStep.residualMapping(problem.probabilities, x);
  const full = problemAtStep.weightedMean(problem.probabilities, x);
  const shared = {
    x: pointOf(problemAtStep, x),
    full: pointOf(problemAtStep, full),
    mapping,
    lipschitz: largestOf(coordinateLipschitz),
    coordinateLipschitz,
  };
  const regularizers = problemAtStep.coordinates.map(({ regularizer }) => regularizer);
  const knots = regularizers.map((pieces) => pieces.flatMap(({ to }) => to ?? []));
  return {
    ...shared,
    curved: regularizers.some((pieces) => pieces.some(({ a }) => a.n !== 0n)),
    atKink: [x, full].some((point) => point.some((u, i) => knots[i]!.some((knot) => knot.equals(u)))),
    mappingOf: (weights) => problemAtStep.residualMapping(weights, x),
    iteration(weights) {
      const stochasticMapping = problemAtStep.residualMapping(weights, x);
      const stochasticSigns = stochasticMapping.map((entry) => exactSign(entry, signOfZero));
      const miniBatchMean = problemAtStep.weightedMean(weights, x);
      const next =
        algorithm === 'spgm'
          ? miniBatchMean
          : x.map((value, i) => value.sub(stepSize.mul(rational(BigInt(stochasticSigns[i]!)))));
      return {
        ...shared,
        step: stepSize,
        stochasticMapping,
        miniBatchMean,
        mappingSigns: mapping.map((entry) => exactSign(entry, signOfZero)),
        stochasticSigns,
        next: pointOf(problemAtStep, next),
      };
    },
  };
}
