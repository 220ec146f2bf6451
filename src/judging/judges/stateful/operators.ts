import { unitRoundoff } from '../../../claims/implementation/dtype.js';
import type { Implementation } from '../../../claims/implementation/implementation.js';
import { fromDouble, maximum, type Rational, toDouble, zero } from '../../../exact/arithmetic/rational.js';
import { coordinateFunction } from '../../../exact/functions/coordinate-function.js';
import { evaluate } from '../../../exact/functions/piecewise-affine.js';
import { proximalMap } from '../../../exact/functions/piecewise-quadratic.js';
import { atStep, batchWeights, normalisedProblem, rationalGradient } from '../../../exact/problem/rational-problem.js';
import type { FunctionSpecification } from '../../../reference/functions/definition/proximable-function.js';
import type { ProblemSpecification } from '../../../reference/problem/problem.js';
import type { StatefulCase } from '../../arbitraries/stateful-case.js';
import { differenceTolerance, mappingTolerance, sharesOf } from '../declared-accuracy.js';
import { gradientAt } from '../next-iterate.js';
import { maximumNorm, ofAnything, parameterMagnitude } from '../precision.js';
import { cut, exactly, type Observation, type Uncertain } from './rule.js';

type Operators = Omit<Observation, 'x' | 'next' | 'step'>;

/** Whether a number is one over a power of two, as products and sums of doubles are. */
const isDyadic = ({ d }: Rational): boolean => (d & (d - 1n)) === 0n;

/** Whether ∇f̂ is given as it is: that of one linear r_k, without d. No program rounds it. */
const isGiven = ({ smooth, functions }: ProblemSpecification, indices: readonly number[]): boolean =>
  smooth.type === 'zero' && indices.length === 1 && functions[indices[0]!]!.type === 'linear';

const doubles = (u: readonly Rational[]): Float64Array => Float64Array.from(u, toDouble);

export const valuesOf = (u: readonly Uncertain[]): readonly Rational[] => u.map(({ value }) => value);

/** The problem itself or, for an algorithm with a smoothing μ, with the Moreau envelopes of the r_k in their place. */
function ofEnvelopes(
  problem: ProblemSpecification,
  { smoothing }: StatefulCase['hyperparameters'],
): ProblemSpecification {
  if (smoothing === undefined) return problem;
  return { ...problem, functions: problem.functions.map((inner) => ({ type: 'moreau-envelope', smoothing, inner })) };
}

/**
 * The operators of a case in rationals, for the mini-batch and the γ of an iteration, each with the allowed error of a good program. `at` says where
 * one is asked for at points that stand for others.
 */
export function exactOperators(
  implementation: Implementation,
  { problem: given, hyperparameters, x: { length } }: StatefulCase,
): (indices: readonly number[], step: number, at?: (u: readonly Uncertain[]) => readonly Rational[]) => Operators {
  const { dtype, stateDtype = dtype } = implementation.description;
  const precision = unitRoundoff(stateDtype);
  const problem = ofEnvelopes(given, hyperparameters);
  const exact = normalisedProblem(problem, length);
  // Proxes are computed on demand: not every r_k with a gradient has a rational prox.
  const proximal = new Map<number, ReturnType<typeof atStep>>();
  const operatorsAt = (step: number): ReturnType<typeof atStep> => {
    const known = proximal.get(step) ?? atStep(exact, fromDouble(step));
    proximal.set(step, known);
    return known;
  };
  const regularizer = hyperparameters['regularizer'] as FunctionSpecification | undefined;

  return (indices, step, at = valuesOf) => {
    const gradientBy = (weights: readonly Rational[], own: readonly number[], u: readonly Rational[]): Uncertain[] => {
      const { error } = gradientAt({ problem, x: doubles(u) }, own, precision);
      return rationalGradient(exact, weights, u).map((value) => ({
        value: isDyadic(value) ? value : cut(value),
        error,
      }));
    };
    const weights = batchWeights(indices, problem.functions.length);
    const shares = sharesOf(indices, problem.functions.length);
    return {
      stochasticGradient: (u) =>
        isGiven(problem, indices)
          ? rationalGradient(exact, weights, at(u)).map(exactly)
          : gradientBy(weights, shares, at(u)),
      gradient: (u) => gradientBy(exact.probabilities, problem.probabilities, at(u)),
      stochasticMapping(point) {
        const u = at(point);
        const error = differenceTolerance(implementation, problem, step, doubles(u), shares).error / step;
        return operatorsAt(step)
          .residualMapping(weights, u)
          .map((value) => ({ value, error }));
      },
      mean(y) {
        const at = y.map(({ value }) => value);
        const { error } = mappingTolerance(implementation, problem, step, doubles(at));
        // P_k changes by at most (1 + γL) times the change of its point.
        const lipschitz = exact.coordinates.map(({ smooth }) => smooth.lipschitz).reduce(maximum, zero);
        const passedOn = (1 + step * toDouble(lipschitz)) * maximumNorm(y.map((each) => each.error));
        return operatorsAt(step)
          .weightedMean(exact.probabilities, at)
          .map((value) => ({ value, error: error + passedOn }));
      },
      regularized: (y) =>
        y.map((forward, i) => {
          const size = Math.max(1, Math.abs(toDouble(forward.value))) + (1 + step) * parameterMagnitude(regularizer);
          return {
            value: evaluate(proximalMap(coordinateFunction(regularizer!, i), fromDouble(step)), forward.value),
            error: forward.error + ofAnything * precision * size,
          };
        }),
    };
  };
}
