import { fromDouble, multinomialLaw, one, type Rational, rational, square, sum, two } from '../../src/library/exact.js';
import type { SmoothProblemCase } from '../../src/library/testing.js';
import { rationalProblemOf } from './case-categories.js';
import {
  coordinateConstants,
  type ExactIterate,
  exactIterate,
  largestOf,
  type ProvedAlgorithm,
} from './exact-iteration.js';
import type { Iteration } from './iteration.js';

/** Every outcome of one mini-batch at one x, with its probability, at the schedule of a theorem. */
export interface ConditionalLaw {
  readonly iterate: ExactIterate;
  /** γ. */
  readonly step: Rational;
  /** L > 0 of Assumption 1. */
  readonly lipschitz: Rational;
  /** L_i of Assumption 2. */
  readonly coordinateLipschitz: readonly Rational[];
  /** √T, and T. */
  readonly root: Rational;
  readonly iterations: Rational;
  readonly outcomes: readonly { readonly probability: Rational; readonly iteration: Iteration }[];
  /** E[(P_k(x) − P(x))_i²]/γ² of one draw: the smallest σ_i² that Assumption 2(d) allows at this x. */
  readonly variances: readonly Rational[];
  expectation(value: (iteration: Iteration) => Rational): Rational;
}

/** B = 1 and γ = 1/(L√T) for SPGM, B = T and γ = 1/(2‖L‖₁√T) for signProx, as in Theorems 1 and 2. */
export function conditionalLaw(input: SmoothProblemCase, algorithm: ProvedAlgorithm): ConditionalLaw {
  const x = Array.from(input.x, fromDouble);
  const problem = rationalProblemOf(input);
  const { probabilities } = problem;
  const root = rational(BigInt(input.root));
  const iterations = square(root);
  const constants = coordinateConstants(problem);
  // Without curvature any constants are valid; the schedules need positive ones.
  const flat = constants.every(({ n }) => n === 0n);
  const coordinateLipschitz = flat ? constants.map(() => one) : constants;
  const lipschitz = largestOf(coordinateLipschitz);
  const scale = algorithm === 'spgm' ? lipschitz : two.mul(sum(coordinateLipschitz));
  const step = one.div(scale.mul(root));
  const iterate = exactIterate(problem, step, x, algorithm, input.signOfZero);
  const miniBatch = algorithm === 'spgm' ? 1 : input.root ** 2;
  const size = rational(BigInt(miniBatch));
  const outcomes = multinomialLaw(probabilities, miniBatch).map(({ counts, probability }) => ({
    probability,
    iteration: iterate.iteration(counts.map((count) => rational(BigInt(count)).div(size))),
  }));
  const draws = probabilities.map((_, k) =>
    iterate.mappingOf(probabilities.map((__, j) => rational(j === k ? 1n : 0n))),
  );
  return {
    iterate,
    step,
    lipschitz,
    coordinateLipschitz,
    root,
    iterations,
    outcomes,
    variances: iterate.mapping.map((mean, i) =>
      sum(draws.map((draw, k) => probabilities[k]!.mul(square(draw[i]!.sub(mean))))),
    ),
    expectation: (value) => sum(outcomes.map((outcome) => outcome.probability.mul(value(outcome.iteration)))),
  };
}
