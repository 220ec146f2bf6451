import { fromDouble, one, type Rational, rational, sum, zero } from '../../exact/arithmetic/rational.js';
import { slopeOfPiece } from '../../exact/functions/piecewise-quadratic.js';
import { proximalPoints } from '../../exact/functions/proximal-points.js';
import {
  atStep,
  batchWeights,
  type RationalProblemAtStep,
  rationalProblem,
} from '../../exact/problem/rational-problem.js';
import type { AlgorithmName } from '../../reference/algorithms/algorithm.js';
import type { VectorRequest } from './vector-request.js';

type Point = readonly Rational[];

const conventions = ['zero', 'positive', 'negative'] as const;
type Convention = (typeof conventions)[number];
const signOfZero: Readonly<Record<Convention, Rational>> = { zero, positive: one, negative: one.neg() };

/** A right answer: one point, or the iterates of a run. */
export interface Answer {
  readonly signOfZero?: Convention;
  readonly points: readonly Point[];
}

/**
 * A direction of this size or more keeps its sign in any sensible order of operations: x, parameters and terms are at most 4 and γ is at least
 * 0.1, for every component that is drawn, so a few roundings of x − P̂(x), divided by γ, stay under 8·2⁻⁵³·4/0.1 < 2⁻⁴⁴.
 */
const clearSign = rational(1n, 1n << 40n);

/** Every right answer in exact arithmetic: one, or one for each value of sgn(0) if that matters. */
export function exactAnswers(request: VectorRequest): readonly Answer[] {
  const x = request.x.map(fromDouble);
  const step = fromDouble(request.step);
  if (request.method === 'prox') {
    return proximalPoints(request.function, step, x).map((point) => ({ points: [point] }));
  }
  const problem = atStep(rationalProblem(request.problem, x.length), step);
  const { probabilities } = problem.problem;
  const weightsOf = (indices: readonly number[]): Point => batchWeights(indices, probabilities.length);
  switch (request.method) {
    case 'proximal-gradient':
      return [{ points: [problem.proximalGradient(request.component, x)] }];
    case 'mean':
      return [{ points: [problem.weightedMean(probabilities, x)] }];
    case 'mini-batch':
      return [{ points: [problem.weightedMean(weightsOf(request.indices), x)] }];
    case 'gradient-mapping':
      return [{ points: [problem.literalMapping(probabilities, x)] }];
    case 'step': {
      const { algorithm, indices, workers } = request;
      const batches = workers?.map(weightsOf) ?? [indices === undefined ? probabilities : weightsOf(indices)];
      return distinct((convention) => [iterate(algorithm, problem, batches, x, convention)]);
    }
    case 'run':
      return distinct((convention) => {
        const points: Point[] = [];
        for (const indices of request.indices) {
          const from = points.at(-1) ?? x;
          points.push(iterate(request.algorithm, problem, [weightsOf(indices)], from, convention));
        }
        return points;
      });
  }
}

/** One answer when sgn(0) does not matter, else one for each of its values. */
function distinct(answer: (convention: Convention) => readonly Point[]): readonly Answer[] {
  const [first, ...others] = conventions.map((convention) => ({
    signOfZero: convention,
    points: answer(convention),
  }));
  const same = (points: readonly Point[]): boolean =>
    points.every((point, t) => point.every((value, i) => value.equals(first!.points[t]![i]!)));
  return others.every(({ points }) => same(points)) ? [{ points: first!.points }] : [first!, ...others];
}

/** One iteration, as printed; `batches` holds the weights of the mini-batch, or of each worker's. */
function iterate(
  algorithm: AlgorithmName,
  problem: RationalProblemAtStep,
  batches: readonly Point[],
  x: Point,
  convention: Convention,
): Point {
  const batch = batches[0]!;
  const signs = (direction: Point): Point => direction.map((value) => signOf(value, convention));
  const descend = (direction: Point): Point => x.map((value, i) => value.sub(problem.step.mul(direction[i]!)));
  switch (algorithm) {
    case 'gradient-descent':
    case 'sgd':
      return descend(gradient(problem, batch, x));
    case 'sign-sgd':
      return descend(signs(gradient(problem, batch, x)));
    case 'spgm':
      return problem.weightedMean(batch, x);
    case 'sign-prox':
      return descend(signs(problem.literalMapping(batch, x)));
    case 'majority-vote': {
      const votes = batches.map((weights) => signs(problem.literalMapping(weights, x)));
      return descend(signs(x.map((_, i) => sum(votes.map((vote) => vote[i]!)))));
    }
  }
}

/** ∇d(x) + Σ_k w_k ∇r_k(x). */
function gradient({ problem }: RationalProblemAtStep, weights: Point, x: Point): Point {
  return x.map((value, i) => {
    const { smooth, functions } = problem.coordinates[i]!;
    const slopes = functions.map((pieces) => slopeOfPiece(pieces.find(({ to }) => !to?.lt(value))!, value));
    return smooth.derivative(value).add(sum(slopes.map((slope, k) => slope.mul(weights[k]!))));
  });
}

function signOf(value: Rational, convention: Convention): Rational {
  if (value.n === 0n) return signOfZero[convention];
  if (value.abs().lt(clearSign)) throw new RangeError(`the sign of ${value.toFraction()} is too close to call`);
  return value.gt(zero) ? one : one.neg();
}
