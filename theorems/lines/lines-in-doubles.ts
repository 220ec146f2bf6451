import { type ProblemSpecification, parseProblem } from '../../src/library/algorithms.js';
import type { Claim } from '../../src/library/claims.js';
import {
  certifiedSmoothTypes,
  claimMaker,
  maximumNorm,
  parameterMagnitude,
  proofFamilies,
  propertyClaim,
  propertyPart,
  type SmoothProblemCase,
  signFamilies,
  signOf,
  smoothProblemCase,
} from '../../src/library/testing.js';
import { floating, type Measured } from './arithmetic.js';
import type { FixedConvention, ProvedAlgorithm } from './exact-iteration.js';
import type { Iteration, PointOfObjective } from './iteration.js';
import { judgeLines } from './judge-lines.js';
import { meetsZero, type PathwiseLines, runsAt } from './line-claim.js';

/** Allowed error of an evaluation of d, r, their gradients or P, as a multiple of the unit roundoff times the size of its terms. */
const evaluation = 8 * 2 ** -53;

/** One iteration in doubles, each quantity with an error bound from the size of the numbers in its computation. */
function floatingIteration(
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
  /** Size of the summands of a gradient: bounded slopes by the parameters, those of parabolas by L times the reach. */
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
  // For d and r, a rounded point is an exact point; for lines that state how it follows from x, it has an error.
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

/** Proofs whose lines are checked in floating point, one part per proof. */
export interface LinesInDoubles extends Pick<Claim, 'id' | 'version' | 'source' | 'statement' | 'hypotheses'> {
  readonly proofs: readonly PathwiseLines[];
}

/**
 * A claim that the lines of proofs hold in doubles, within a running error bound: on all certified families, of which the rationals of
 * `pathwiseClaim` cover only the piecewise quadratic ones. A check with a tolerance is not an exact proof, so this is a separate claim.
 */
export const linesInDoubles = claimMaker(
  ({ proofs, ...rest }: LinesInDoubles): Claim =>
    propertyClaim({
      ...rest,
      method: 'every line on generated instances of the certified families, in doubles within a running error bound',
      requires: { referenceOnly: true },
      success: 'holds',
      parts: (_implementation, { depth }) =>
        proofs.map(({ id, algorithm, constants, lines }) => {
          const signs = algorithm === 'sign-prox';
          const families = {
            smoothTypes: certifiedSmoothTypes,
            families: (signs ? signFamilies : proofFamilies).certified,
          };
          // Assumption 1 allows coupled problems, Assumption 2 does not.
          const coupled = { ...families, smoothTypes: ['least-squares'], dimension: 2 };
          return propertyPart<SmoothProblemCase>({
            ...runsAt[depth],
            name: id,
            arbitrary: signs ? smoothProblemCase(families) : [smoothProblemCase(families), smoothProblemCase(coupled)],
            judge({ problem, x, indices, step, signOfZero }) {
              const measured = floatingIteration(problem, step, x, indices, algorithm, signOfZero);
              return judgeLines(lines(measured, constants), floating, meetsZero(measured));
            },
            classify: ({ problem }) => [`d = ${problem.smooth.type}`],
            mustReach: [...certifiedSmoothTypes, ...(signs ? [] : ['least-squares'])].map((type) => `d = ${type}`),
          });
        }),
    }),
);
