import type { MiniBatch } from '../problem/mini-batch.js';
import type { ProblemAtStep } from '../problem/problem.js';

/** P̂(x), equation (10), of a batch given by indices or by counts. */
export function miniBatchMapping(problem: ProblemAtStep, batch: MiniBatch, x: Float64Array, out: Float64Array): void {
  if ('counts' in batch) problem.miniBatchFromCounts(batch.counts, x, out);
  else problem.miniBatch(batch, x, out);
}

/** Ĝ(x) = (x − P̂(x))/γ in the γ-divided residual form, of a batch given by indices or by counts. */
export function stochasticGradientMapping(
  problem: ProblemAtStep,
  batch: MiniBatch,
  x: Float64Array,
  out: Float64Array,
): void {
  if ('counts' in batch) problem.stochasticGradientMappingFromCounts(batch.counts, x, out);
  else problem.stochasticGradientMapping(batch, x, out);
}
