import { signOf } from '../../../reference/algorithms/sign.js';
import { parseProblem } from '../../../reference/problem/create-problem.js';
import type { ProblemSpecification } from '../../../reference/problem/problem.js';
import { maximumNorm, parameterMagnitude } from '../../judges/precision.js';
import { floating, type Measured } from './arithmetic.js';
import type { FixedConvention, ProvedAlgorithm } from './exact-iteration.js';
import type { Iteration, PointOfObjective } from './iteration.js';

/** Multiple of the unit roundoff that an evaluation of d, r, their gradients or P may be off, per unit of the size of its terms. */
const evaluation = 8 * 2 ** -53;

/** One iteration in doubles, each quantity with a bound on its error from the size of the numbers that it is computed from. */
export function floatingIteration(
  specification: ProblemSpecification,
  step: number,
  x: Float64Array,
  indices: readonly number[],
  algorithm: ProvedAlgorithm,
  signOfZero: FixedConvention,
): Iteration<Measured> {
  const problem = parseProblem(specification);
  const at = problem.at(step);
  const { lipschitz, coordinateLipschitz } = problem.lipschitz(x.length);
  const G = at.gradientMapping(x);
  const stochastic = at.stochasticGradientMapping(indices, x);
  const never = (): number => 0;
  const signs = (vector: Float64Array): number[] => Array.from(vector, (entry) => signOf(entry, signOfZero, never));
  const stochasticSigns = signs(stochastic);
  const miniBatchMean = at.miniBatch(indices, x);
  const next = algorithm === 'spgm' ? miniBatchMean : x.map((value, i) => value - step * stochasticSigns[i]!);
  const full = at.mean(x);

  const parameters = Math.max(1, parameterMagnitude(specification));
  const reach =
    Math.max(1, maximumNorm(x), maximumNorm(next), maximumNorm(miniBatchMean), maximumNorm(full)) + parameters;
  /** Size of the slopes that add up in a gradient: bounded ones by the parameters, those of parabolas by L times the reach. */
  const slope = parameters * parameters + lipschitz! * reach;
  const argument = reach + step * slope;
  const slopeError = evaluation * (slope + lipschitz! * argument);
  const valueError = evaluation * x.length * slope * argument;

  const within = (values: Float64Array, error: number): Measured[] => Array.from(values, (value) => ({ value, error }));
  const pointOf = (point: Float64Array, error: number): PointOfObjective<Measured> => ({
    point: within(point, error),
    smooth: { value: problem.smooth.value(point), error: valueError },
    smoothGradient: within(problem.smooth.gradient(point), slopeError),
    regularizer: { value: at.regularizer.value(point), error: valueError },
    regularizerGradient: within(at.regularizer.gradient!(point), slopeError),
  });
  // A rounded point is a point like any other to d and r, but to the lines that say how it follows from x it is off.
  const pointError = evaluation * argument;
  return {
    arithmetic: floating,
    step: floating.of(step),
    lipschitz: floating.of(lipschitz!),
    coordinateLipschitz: Array.from(coordinateLipschitz ?? [], floating.of),
    mapping: within(G, slopeError),
    stochasticMapping: within(stochastic, slopeError),
    miniBatchMean: within(miniBatchMean, pointError),
    mappingSigns: signs(G),
    stochasticSigns,
    x: pointOf(x, 0),
    next: pointOf(next, pointError),
    full: pointOf(full, pointError),
  };
}
