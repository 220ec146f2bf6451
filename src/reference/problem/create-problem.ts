import { enclosedInfimum } from '../certified/infimum.js';
import { noiseConstants } from '../certified/variance.js';
import { proximalAverage } from '../functions/calculus/proximal-average.js';
import { ParameterError } from '../functions/definition/arguments.js';
import { parseFunction } from '../functions/definition/parse.js';
import type { ProximableFunction } from '../functions/definition/proximable-function.js';
import { specificationOf } from '../functions/parameters/function.js';
import { probabilities as probabilityVector } from '../functions/parameters/vector.js';
import { parseSmooth } from '../smooth/definition/parse.js';
import type { SmoothFunction } from '../smooth/definition/smooth-function.js';
import {
  checkComponent,
  checkCounts,
  checkDimension,
  checkIndices,
  checkPoint,
  checkStep,
  receiver,
} from './arguments.js';
import { type GradientOracle, gradientOracle } from './gradients.js';
import type { LipschitzConstants, Problem, ProblemAtStep, ProblemConstants } from './problem.js';

type Operator = 'prox' | 'dividedResidual';

/**
 * The operators of f = d + r_γ at one step. All of them start from y = x − γ∇d(x). A mini-batch evaluates each component that
 * occurs in it once, adds it as often as it occurs, in the order of the indices, and divides the sum by B; the gradient mapping
 * then adds ∇d(x). (Sign-)SGD code that averages ∇r_{k_b} in this order gives the same bits when the r_k are linear. Sums
 * over components (P, G and the forms from counts) run in the order of k. Nothing is allocated after the first call.
 */
function problemAtStep(problem: Problem, step: number): ProblemAtStep {
  checkStep(step);
  const { smooth, functions, probabilities, dimension: fixed } = problem;
  const components = functions.length;
  const evaluated = new Uint8Array(components);
  let gradient = new Float64Array(0);
  let y = new Float64Array(0);
  let images: Float64Array[] = [];
  let regularizer: ProximableFunction | undefined;
  let gradients: (GradientOracle & { readonly dimension: number }) | undefined;
  const constants = new Map<number, ProblemConstants>();
  const infima = new Map<number, ReturnType<ProblemAtStep['infimum']>>();

  /** Sets ∇d(x) and y, and forgets the images of the last point. */
  function moveTo(x: Float64Array): void {
    moveWith(writeGradient, x);
  }

  /** `moveTo` with whatever writes ∇d(x); returns what that does. */
  function moveWith<T>(write: (x: Float64Array, out: Float64Array) => T, x: Float64Array): T {
    checkPoint(x, fixed);
    if (x.length !== y.length) {
      gradient = new Float64Array(x.length);
      y = new Float64Array(x.length);
      images = Array.from({ length: components }, () => new Float64Array(x.length));
    }
    const written = write(x, gradient);
    for (let i = 0; i < y.length; i++) y[i] = x[i]! - step * gradient[i]!;
    evaluated.fill(0);
    return written;
  }

  const writeGradient = (x: Float64Array, out: Float64Array): unknown => smooth.gradient(x, out);

  function valueAndGradient(x: Float64Array, out: Float64Array): number {
    if (smooth.valueAndGradient !== undefined) return smooth.valueAndGradient(x, out);
    smooth.gradient(x, out);
    return smooth.value(x);
  }

  function oracle(dimension: number): GradientOracle {
    if (gradients?.dimension !== dimension) gradients = { dimension, ...gradientOracle(problem, dimension) };
    return gradients;
  }

  function average(): ProximableFunction {
    regularizer ??= proximalAverage({ functions, probabilities, step });
    return regularizer;
  }

  /** prox or divided residual of one component at y. */
  function image(operator: Operator, component: number): Float64Array {
    const result = images[component]!;
    if (evaluated[component] === 0) {
      functions[component]![operator](y, step, result);
      evaluated[component] = 1;
    }
    return result;
  }

  function sumOverBatch(operator: Operator, indices: ArrayLike<number>, out: Float64Array): void {
    out.fill(0);
    for (let b = 0; b < indices.length; b++) {
      const term = image(operator, indices[b]!);
      for (let i = 0; i < out.length; i++) out[i] = out[i]! + term[i]!;
    }
  }

  /** Components of weight 0 are not evaluated. */
  function weightedSum(operator: Operator, weights: ArrayLike<number>, out: Float64Array): void {
    out.fill(0);
    for (let k = 0; k < components; k++) {
      const weight = weights[k]!;
      if (weight === 0) continue;
      const term = image(operator, k);
      for (let i = 0; i < out.length; i++) out[i] = out[i]! + weight * term[i]!;
    }
  }

  function divide(out: Float64Array, divisor: number): Float64Array {
    for (let i = 0; i < out.length; i++) out[i] = out[i]! / divisor;
    return out;
  }

  function addGradient(out: Float64Array): Float64Array {
    for (let i = 0; i < out.length; i++) out[i] = gradient[i]! + out[i]!;
    return out;
  }

  return {
    problem,
    step,
    get regularizer() {
      return average();
    },
    proximalGradient(component, x, out) {
      checkComponent(component, components);
      const result = receiver(x, out);
      moveTo(x);
      return functions[component]!.prox(y, step, result);
    },
    mean(x, out) {
      const result = receiver(x, out);
      moveTo(x);
      weightedSum('prox', probabilities, result);
      return result;
    },
    meanAndObjective(x, out) {
      receiver(x, out);
      const value = moveWith(valueAndGradient, x);
      weightedSum('prox', probabilities, out);
      return value + average().value(x);
    },
    miniBatch(indices, x, out) {
      checkIndices(indices, components);
      const result = receiver(x, out);
      moveTo(x);
      sumOverBatch('prox', indices, result);
      return divide(result, indices.length);
    },
    miniBatchFromCounts(counts, x, out) {
      const draws = checkCounts(counts, components);
      const result = receiver(x, out);
      moveTo(x);
      weightedSum('prox', counts, result);
      return divide(result, draws);
    },
    gradientMapping(x, out) {
      const result = receiver(x, out);
      moveTo(x);
      weightedSum('dividedResidual', probabilities, result);
      return addGradient(result);
    },
    stochasticGradientMapping(indices, x, out) {
      checkIndices(indices, components);
      const result = receiver(x, out);
      moveTo(x);
      sumOverBatch('dividedResidual', indices, result);
      return addGradient(divide(result, indices.length));
    },
    stochasticGradientMappingFromCounts(counts, x, out) {
      const draws = checkCounts(counts, components);
      const result = receiver(x, out);
      moveTo(x);
      weightedSum('dividedResidual', counts, result);
      return addGradient(divide(result, draws));
    },
    gradient(x, out) {
      const result = receiver(x, out);
      oracle(x.length).full(x, result);
      return result;
    },
    subgradient(x, out) {
      const result = receiver(x, out);
      const r = components === 1 ? functions[0]! : average();
      if (r.accuracy !== undefined)
        throw new TypeError(`${r.type} has an iterative prox, from which no subgradient is known`);
      // In coordinates that are alone the shortest step is exact; where they are sorted or summed it would be lost in the sizes.
      const size = x.reduce((most, entry) => Math.max(most, Math.abs(entry)), 1);
      const ofRegularizer = r.dividedResidual(x, r.coordinate ? shortestStep : nearbyStep * size);
      smooth.gradient(x, result);
      for (let i = 0; i < result.length; i++) result[i]! += ofRegularizer[i]!;
      return result;
    },
    stochasticGradient(batch, x, out) {
      const result = receiver(x, out);
      oracle(x.length).stochastic(x, batch, result);
      return result;
    },
    fixedObjective(x) {
      checkPoint(x, fixed);
      return functions.reduce((sum, r, k) => sum + probabilities[k]! * r.value(x), smooth.value(x));
    },
    objective(x) {
      checkPoint(x, fixed);
      return smooth.value(x) + average().value(x);
    },
    infimum(dimension) {
      checkDimension(dimension, fixed);
      if (!infima.has(dimension)) infima.set(dimension, enclosedInfimum(problem, step, dimension));
      return infima.get(dimension);
    },
    constants(dimension) {
      checkDimension(dimension, fixed);
      const known = constants.get(dimension) ?? {
        ...problem.lipschitz(dimension),
        ...noiseConstants(problem, step, dimension),
      };
      constants.set(dimension, known);
      return known;
    },
  };
}

/** A step at which the proximal point is x up to rounding: the subgradient there is one at x. */
const shortestStep = 2 ** -300;
/** The same relative to x, where coordinates are not separate. */
const nearbyStep = 2 ** -30;

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

/** Λ of one part: its coordinate constants, its own majorant, or L in every entry, whichever has the smallest sum. */
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
