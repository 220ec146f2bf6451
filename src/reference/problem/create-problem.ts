import { ParameterError } from '../functions/definition/parameter-error.js';
import { parseFunction } from '../functions/definition/parse.js';
import type { ProximableFunction } from '../functions/definition/proximable-function.js';
import { specificationOf } from '../functions/parameters/function.js';
import { probabilities as probabilityVector } from '../functions/parameters/vector.js';
import { parseSmooth } from '../smooth/definition/parse.js';
import type { SmoothFunction } from '../smooth/definition/smooth-function.js';
import { problemAtStep } from './operators.js';
import type { LipschitzConstants, Problem } from './problem.js';

/** The parts of a problem. */
export interface ProblemParts {
  /** d. */
  readonly smooth: SmoothFunction;
  /** r_1 … r_K, convex, K ≥ 1. */
  readonly functions: readonly ProximableFunction[];
  /** θ of length K. */
  readonly probabilities: ArrayLike<number>;
}

/**
 * f = d + r_γ for the given d, r_k and θ.
 * @throws ParameterError when there is no function, one is not convex, θ has another length, a negative entry or a sum other
 * than 1, or two parts fix different dimensions.
 * @example
 * const problem = createProblem({ smooth: smooth.smoothZero({}), functions: [l1({ weight: 1 })], probabilities: [1] });
 * assert.equal(problem.at(0.5).gradientMapping(Float64Array.of(2))[0], 1);
 */
export function createProblem({ smooth, functions, probabilities: given }: ProblemParts): Problem {
  if (functions.length === 0) throw new ParameterError('problem', 'functions', [], 'at least one function');
  functions.forEach(({ type, convex }, k) => {
    if (!convex) throw new ParameterError('problem', `functions[${k}]`, type, 'a convex function');
  });
  const probabilities = probabilityVector.read(given, { owner: 'problem', path: 'probabilities' });
  if (probabilities.length !== functions.length) {
    throw new ParameterError('problem', 'probabilities', given, `${functions.length} numbers, one for each function`);
  }
  const dimension = forcedDimension(smooth, functions);
  const problem: Problem = {
    smooth,
    functions,
    probabilities,
    ...(dimension !== undefined && { dimension }),
    separable: smooth.coordinate !== undefined && functions.every(({ coordinate }) => coordinate !== undefined),
    specification: {
      smooth: { type: smooth.type, ...smooth.parameters },
      functions: functions.map(specificationOf),
      probabilities: Array.from(probabilities),
    },
    lipschitz: (n) => lipschitzConstants(problem, n),
    at: (step) => problemAtStep(problem, step),
  };
  return problem;
}

/**
 * Reads the JSON form of a problem, `{ "smooth": …, "functions": […], "probabilities": […] }`.
 * @throws ParameterError naming the parameter, its value and the allowed range.
 * @example
 * const problem = parseProblem({
 *   smooth: { type: 'cosine', weight: 1 },
 *   functions: [{ type: 'linear', coefficients: [0.5] }],
 *   probabilities: [1],
 * });
 * assert.equal(problem.lipschitz(1).lipschitz, 1);
 */
export function parseProblem(json: unknown): Problem {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new ParameterError('problem', 'specification', json, 'an object with smooth, functions and probabilities');
  }
  const { smooth, functions, probabilities } = json as Record<string, unknown>;
  if (!Array.isArray(functions)) {
    throw new ParameterError('problem', 'functions', functions, 'a non-empty array of functions of the vocabulary');
  }
  return createProblem({
    smooth: parseSmooth(smooth, 'smooth'),
    functions: functions.map((item, k) => parseFunction(item, `functions[${k}]`)),
    probabilities: probabilities as ArrayLike<number>,
  });
}

function forcedDimension(smooth: SmoothFunction, functions: readonly ProximableFunction[]): number | undefined {
  let dimension = smooth.dimension;
  functions.forEach((component, k) => {
    if (component.dimension === undefined) return;
    if (dimension !== undefined && component.dimension !== dimension) {
      const place = `dimension of functions[${k}]`;
      throw new ParameterError('problem', place, component.dimension, `${dimension}, as fixed by the parts before it`);
    }
    dimension = component.dimension;
  });
  return dimension;
}

function lipschitzConstants({ smooth, functions, separable }: Problem, dimension: number): LipschitzConstants {
  const constants = [smooth.lipschitz, ...functions.map((component) => component.smooth?.lipschitz)];
  const certified = constants.filter((constant) => constant !== undefined);
  if (certified.length < constants.length) return {};
  const coordinates = [smooth, ...functions.map((component) => component.smooth)];
  const bySummand = coordinates.map((part) => part?.coordinateLipschitz?.bind(part));
  const perCoordinate = bySummand.filter((constant) => constant !== undefined);
  const majorants = coordinates.map((part, j) => majorantOf(part, certified[j]!, dimension));
  return {
    lipschitz: Math.max(...certified),
    majorant: Float64Array.from({ length: dimension }, (_, i) => Math.max(...majorants.map((part) => part[i]!))),
    ...(separable &&
      perCoordinate.length === bySummand.length && {
        coordinateLipschitz: Float64Array.from({ length: dimension }, (_, i) =>
          Math.max(...perCoordinate.map((constant) => constant(i))),
        ),
      }),
  };
}

/** Λ of one part: its coordinate constants, a majorant of its own, or L in every entry, whichever has the smallest sum. */
export function majorantOf(
  part: { coordinateLipschitz?(index: number): number; majorant?(): Float64Array } | undefined,
  lipschitz: number,
  dimension: number,
): Float64Array {
  const constant = (i: number): number => part?.coordinateLipschitz?.(i) ?? lipschitz;
  const plain = Float64Array.from({ length: dimension }, (_, i) => constant(i));
  const own = part?.majorant?.();
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  return own !== undefined && total(own) < total(plain) ? own : plain;
}
