import type { Interval } from '../certified/interval.js';
import { ParameterError } from '../functions/definition/parameter-error.js';
import { parseFunction } from '../functions/definition/parse.js';
import type { FunctionSpecification, ProximableFunction } from '../functions/definition/proximable-function.js';
import { specificationOf } from '../functions/parameters/function.js';
import { probabilities as probabilityVector } from '../functions/parameters/vector.js';
import { parseSmooth } from '../smooth/definition/parse.js';
import type { SmoothFunction, SmoothSpecification } from '../smooth/definition/smooth-function.js';
import { problemAtStep } from './operators.js';

/** The JSON form of a problem: d, the components r_1 … r_K and their probabilities θ. */
export interface ProblemSpecification {
  readonly smooth: SmoothSpecification;
  readonly functions: readonly FunctionSpecification[];
  readonly probabilities: readonly number[];
}

/** Constants that do not depend on the step. Absent means not certified, and whoever needs it must say `silent`. */
export interface LipschitzConstants {
  /** L of Assumption 1(b),(c): the largest over d and every r_k. */
  readonly lipschitz?: number;
  /** (L_1 … L_n) of Assumption 2(b),(c); only for separable problems. */
  readonly coordinateLipschitz?: Float64Array;
  /** (Λ_1 … Λ_n) with −diag Λ ⪯ ∇²d ⪯ diag Λ and 0 ⪯ ∇²r_k ⪯ diag Λ, separable or not; equal to (L_1 … L_n) where that exists. */
  readonly majorant?: Float64Array;
}

/** Constants of f = d + r_γ at one step. A noise constant is absent also when it is infinite. */
export interface ProblemConstants extends LipschitzConstants {
  /** σ with E‖P_k(x) − P(x)‖² ≤ γ²σ² for all x: exact where P_k − P is constant in x, else a certified supremum. */
  readonly sigma?: number;
  /** (σ_1 … σ_n) of Assumption 2(d). */
  readonly coordinateSigma?: Float64Array;
  /** True when sigma is attained, false when it is only an upper end. */
  readonly sigmaExact?: boolean;
  /** Bound S with ‖P_k(x) − P(x)‖ ≤ γS for every k with θ_k > 0 and every x. */
  readonly deviation?: number;
}

/**
 * f = d + r_γ at a fixed step γ. The regulariser r_γ of equation (9) is the proximal average of the r_k with parameter γ, so f,
 * its infimum and σ all move with the step. Index k is 0-based. Methods write into `out` when given and reuse private
 * workspaces, so one instance serves one computation at a time.
 */
export interface ProblemAtStep {
  readonly problem: Problem;
  readonly step: number;
  /** r_γ of equation (9). */
  readonly regularizer: ProximableFunction;
  /** P_k(x) = prox_{γ r_k}(x − γ∇d(x)), equation (7). */
  proximalGradient(component: number, x: Float64Array, out?: Float64Array): Float64Array;
  /** P(x) = Σ θ_k P_k(x), equation (8). */
  mean(x: Float64Array, out?: Float64Array): Float64Array;
  /** P̂(x) = (1/B) Σ_b P_{k_b}(x), equation (10), summed in the order of the indices. */
  miniBatch(indices: ArrayLike<number>, x: Float64Array, out?: Float64Array): Float64Array;
  /** P̂(x) from the counts (c_1 … c_K) of the components in the batch: O(K) instead of O(B) prox calls. */
  miniBatchFromCounts(counts: ArrayLike<number>, x: Float64Array, out?: Float64Array): Float64Array;
  /** G(x) = (x − P(x))/γ = ∇d(x) + Σθ_k ρ_k(y)/γ, Definition 1, in the γ-divided residual form. */
  gradientMapping(x: Float64Array, out?: Float64Array): Float64Array;
  /** Ĝ(x) = (x − P̂(x))/γ = ∇d(x) + (1/B)Σ_b ρ_{k_b}(y)/γ in the γ-divided residual form, averaged in the order of the indices. */
  stochasticGradientMapping(indices: ArrayLike<number>, x: Float64Array, out?: Float64Array): Float64Array;
  stochasticGradientMappingFromCounts(counts: ArrayLike<number>, x: Float64Array, out?: Float64Array): Float64Array;
  /** f(x) = d(x) + r_γ(x); +∞ outside the domain of r_γ. */
  objective(x: Float64Array): number;
  /** inf f over Rⁿ, enclosed; −∞ when unbounded below; undefined when no certificate is available (non-separable problems). */
  infimum(dimension: number): Interval | undefined;
  constants(dimension: number): ProblemConstants;
}

export interface Problem {
  readonly smooth: SmoothFunction;
  readonly functions: readonly ProximableFunction[];
  /** θ: non-negative, sums to 1 within 2⁻⁴⁰; used as given. */
  readonly probabilities: Float64Array;
  /** n, when a parameter fixes it. */
  readonly dimension?: number;
  /** True when d and every r_k are sums of one-dimensional functions. */
  readonly separable: boolean;
  readonly specification: ProblemSpecification;
  lipschitz(dimension: number): LipschitzConstants;
  /** A new instance with workspaces and computed constants of its own: keep it for as long as the step stays. */
  at(step: number): ProblemAtStep;
}

/** What a problem is made of. */
export interface ProblemParts {
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
function majorantOf(
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
