import { enclosedInfimum } from '../certified/infimum.js';
import { noiseConstants } from '../certified/variance.js';
import { proximalAverage } from '../functions/calculus/proximal-average.js';
import type { ProximableFunction } from '../functions/definition/proximable-function.js';
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
import type { Problem, ProblemAtStep, ProblemConstants } from './problem.js';

type Operator = 'prox' | 'dividedResidual';

/**
 * The operators of f = d + r_γ at one step. All of them start from y = x − γ∇d(x). A mini-batch evaluates each component that
 * occurs in it once, adds it as often as it occurs, in the order of the indices, and divides the sum by B; the gradient mapping
 * then adds ∇d(x). (Sign-)SGD code that averages ∇r_{k_b} in this order gives the same bits when the r_k are linear. Sums
 * over components (P, G and the forms from counts) run in the order of k. Nothing is allocated after the first call.
 */
export function problemAtStep(problem: Problem, step: number): ProblemAtStep {
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
