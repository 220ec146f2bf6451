import { rememberRecent } from '../../reference/functions/definition/parse.js';
import type { ProximableFunction } from '../../reference/functions/definition/proximable-function.js';
import { parseOnce } from '../../reference/functions/index.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import type { SmoothFunction } from '../../reference/smooth/definition/smooth-function.js';
import { parseSmooth } from '../../reference/smooth/index.js';
import { maximumNorm, ofAnything, parameterMagnitude } from './precision.js';

/**
 * The paper's formulas as printed, term by term, from only the values, gradients and proxes of d and the r_k: the oracle
 * for problems, algorithms and implementations under test. Slow and simple on purpose.
 */
export interface Oracle {
  readonly smooth: SmoothFunction;
  readonly functions: readonly ProximableFunction[];
  readonly probabilities: readonly number[];
  /** y = x − γ∇d(x). */
  forward(step: number, x: Float64Array): Float64Array;
  /** P_k(x) = prox_{γr_k}(x − γ∇d(x)), equation (7). */
  proximalGradient(component: number, step: number, x: Float64Array): Float64Array;
  /** P(x) = Σ_k θ_k P_k(x), equation (8). */
  mean(step: number, x: Float64Array): Float64Array;
  /** P̂(x) = (1/B) Σ_b P_{k_b}(x), equation (10). */
  miniBatch(indices: readonly number[], step: number, x: Float64Array): Float64Array;
  /** ∇d(x) + Σ_k w_k ∇r_k(x); undefined when some r_k with w_k ≠ 0 is not differentiable. */
  gradient(weights: readonly number[], x: Float64Array): Float64Array | undefined;
  /** Allowed absolute rounding error of P, P_k or P̂ at x: a multiple of u times the size of all summands. */
  roundingError(step: number, x: Float64Array, precision: number): number;
}

/** The oracle of a problem. */
export const oracleOf: (specification: ProblemSpecification) => Oracle = rememberRecent(createOracle, 8);

function createOracle(specification: ProblemSpecification): Oracle {
  const smooth = parseSmooth(specification.smooth);
  const functions = specification.functions.map(parseOnce);
  const { probabilities } = specification;
  const magnitude = Math.max(1, parameterMagnitude(specification));

  const weightedSum = (weights: readonly number[], vectors: readonly Float64Array[], length: number): Float64Array => {
    const sum = new Float64Array(length);
    weights.forEach((weight, k) => {
      if (weight !== 0) for (let i = 0; i < length; i++) sum[i]! += weight * vectors[k]![i]!;
    });
    return sum;
  };
  const forward = (step: number, x: Float64Array): Float64Array => {
    const gradient = smooth.gradient(x);
    return x.map((value, i) => value - step * gradient[i]!);
  };
  const proximalGradient = (component: number, step: number, x: Float64Array): Float64Array =>
    functions[component]!.prox(forward(step, x), step);

  return {
    smooth,
    functions,
    probabilities,
    forward,
    proximalGradient,
    mean: (step, x) =>
      weightedSum(
        probabilities,
        functions.map((_, k) => proximalGradient(k, step, x)),
        x.length,
      ),
    miniBatch: (indices, step, x) =>
      weightedSum(
        indices.map(() => 1 / indices.length),
        indices.map((k) => proximalGradient(k, step, x)),
        x.length,
      ),
    gradient(weights, x) {
      const gradients: Float64Array[] = [];
      for (const [k, weight] of weights.entries()) {
        const gradient = weight === 0 ? new Float64Array(x.length) : functions[k]!.gradient?.(x);
        if (gradient === undefined) return undefined;
        gradients.push(gradient);
      }
      const sum = weightedSum(weights, gradients, x.length);
      const data = smooth.gradient(x);
      return sum.map((value, i) => value + data[i]!);
    },
    roundingError(step, x, precision) {
      const size = Math.max(1, maximumNorm(x), maximumNorm(forward(step, x)));
      return ofAnything * precision * (size + (1 + step) * magnitude + step * gradientMagnitude(smooth, x, magnitude));
    },
  };
}

/** Size of the terms that ∇d(x) sums, which may cancel: for matrix terms Σ|a||b|, else the parameters times (1 + ‖x‖). */
function gradientMagnitude(smooth: SmoothFunction, x: Float64Array, magnitude: number): number {
  const size = maximumNorm(x);
  const matrix = smooth.parameters['matrix'] as { rows: number; columns: number; data: ArrayLike<number> } | undefined;
  if (matrix === undefined) return magnitude * (magnitude + size + 1);
  const entry = maximumNorm(matrix.data);
  const product = entry * matrix.columns * size;
  const target = (smooth.parameters['target'] ??
    smooth.parameters['intensities'] ??
    smooth.parameters['labels']) as ArrayLike<number>;
  const offset = maximumNorm(target);
  return smooth.type === 'phase-retrieval'
    ? 2 * matrix.rows * entry * product * (product * product + offset)
    : matrix.rows * entry * (product + offset);
}
