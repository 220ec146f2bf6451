import { checkCounts, checkIndices } from './arguments.js';
import type { MiniBatch } from './mini-batch.js';
import type { Problem } from './problem.js';

/** Gradients of f = d + Σ θ_k r_k for differentiable r_k, with their own workspace. `out` must not be x. */
export interface GradientOracle {
  /** ∇f(x) = ∇d(x) + Σ θ_k ∇r_k(x). */
  full(x: Float64Array, out: Float64Array): void;
  /**
   * ∇f̂(x) = ∇d(x) + (1/B) Σ_b ∇r_{k_b}(x), equation (3): summed in the order of the batch, then divided by B, then added to ∇d, as the stochastic
   * gradient mapping does, so that the two agree bit for bit where the mathematics says they are equal.
   */
  stochastic(x: Float64Array, batch: MiniBatch, out: Float64Array): void;
}

/** @throws TypeError when some r_k has no gradient; methods throw a ParameterError for a batch that is not one of this problem */
export function gradientOracle(problem: Problem, dimension: number): GradientOracle {
  const { smooth, probabilities } = problem;
  const gradients = problem.functions.map((r, k) => {
    if (r.gradient === undefined)
      throw new TypeError(`functions[${k}] must be differentiable, ${r.type} has no gradient`);
    return r.gradient.bind(r);
  });
  const workspace = new Float64Array(dimension);
  const accumulate = (component: number, weight: number, x: Float64Array, sum: Float64Array) => {
    gradients[component]!(x, workspace);
    for (let i = 0; i < dimension; i++) sum[i]! += weight * workspace[i]!;
  };
  const finish = (divisor: number, x: Float64Array, sum: Float64Array) => {
    smooth.gradient(x, workspace);
    for (let i = 0; i < dimension; i++) sum[i] = workspace[i]! + sum[i]! / divisor;
  };
  return {
    full(x, out) {
      out.fill(0);
      for (let k = 0; k < gradients.length; k++) accumulate(k, probabilities[k]!, x, out);
      finish(1, x, out);
    },
    stochastic(x, batch, out) {
      out.fill(0);
      if ('counts' in batch) {
        const size = checkCounts(batch.counts, gradients.length);
        for (let k = 0; k < gradients.length; k++) {
          if (batch.counts[k] !== 0) accumulate(k, batch.counts[k]!, x, out);
        }
        finish(size, x, out);
      } else {
        checkIndices(batch, gradients.length);
        for (let b = 0; b < batch.length; b++) accumulate(batch[b]!, 1, x, out);
        finish(batch.length, x, out);
      }
    },
  };
}
