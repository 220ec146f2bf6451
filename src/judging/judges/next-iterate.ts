import { unitRoundoff } from '../../claims/implementation/dtype.js';
import type { Implementation, StepRequest } from '../../claims/implementation/implementation.js';
import type { AlgorithmName } from '../../reference/algorithms/algorithm.js';
import { differenceTolerance, mappingTolerance, sharesOf } from './declared-accuracy.js';
import { type Judgement, judgeVector } from './judgement.js';
import { oracleOf } from './oracle.js';
import { maximumNorm, ofAnything } from './precision.js';
import { judgeSignStep } from './sign-step.js';
import { nestedMagnitude } from './specification-size.js';

/** A direction whose signs are taken, with the absolute rounding error of each entry. */
export interface Direction {
  readonly direction: Float64Array;
  readonly error: number;
}

/** ∇d(x) + Σ_k w_k ∇r_k(x) for weights of a mini-batch or θ, with its rounding errors. */
export function gradientAt(
  { problem, x }: Pick<StepRequest, 'problem' | 'x'>,
  weights: readonly number[],
  precision: number,
): Direction {
  const oracle = oracleOf(problem);
  // As for single gradients ∇d and ∇r_k, the scale is the size of their numbers; γ does not occur in them.
  const sizes = problem.functions.map((specification, k) => {
    const magnitude = weights[k] === 0 ? 0 : 1 + nestedMagnitude(specification);
    return magnitude * (magnitude + maximumNorm(x));
  });
  return {
    direction: oracle.gradient(weights, x)!,
    error: oracle.roundingError(1, x, precision) + ofAnything * precision * Math.max(...sizes),
  };
}

/** ∇f̂(x) of the mini-batch, with its rounding errors. */
export function batchGradient(request: StepRequest, precision: number): Direction {
  return gradientAt(request, sharesOf(request.indices, request.problem.functions.length), precision);
}

const descended = (x: Float64Array, step: number, slope: Float64Array): Float64Array =>
  x.map((value, i) => value - step * slope[i]!);

type Judge = (implementation: Implementation, request: StepRequest, next: Float64Array) => Judgement;

/** x⁺ = x − γ(∇d(x) + Σ_k w_k ∇r_k(x)). */
const judgeGradientStep =
  (weightsOf: (request: StepRequest) => readonly number[]): Judge =>
  (implementation, request, next) => {
    const { step, x } = request;
    const { dtype } = implementation.description;
    const precision = unitRoundoff(dtype);
    const { direction, error } = gradientAt(request, weightsOf(request), precision);
    return judgeVector('x⁺', next, descended(x, step, direction), () => step * error, dtype);
  };

const judges: Readonly<Record<AlgorithmName, Judge>> = {
  spgm(implementation, { problem, step, x, indices }, next) {
    const oracle = oracleOf(problem);
    const { error } = mappingTolerance(implementation, problem, step, x, sharesOf(indices, oracle.functions.length));
    return judgeVector('x_t', next, oracle.miniBatch(indices, step, x), () => error, implementation.description.dtype);
  },
  'sign-prox'(implementation, { problem, step, x, indices }, next) {
    const oracle = oracleOf(problem);
    const batch = oracle.miniBatch(indices, step, x);
    const shares = sharesOf(indices, oracle.functions.length);
    return judgeSignStep({
      name: 'signProx',
      x,
      step,
      next,
      precision: unitRoundoff(implementation.description.dtype),
      direction: x.map((value, i) => value - batch[i]!),
      error: differenceTolerance(implementation, problem, step, x, shares).error,
    });
  },
  'gradient-descent': judgeGradientStep(({ problem }) => problem.probabilities),
  sgd: judgeGradientStep(({ problem, indices }) => sharesOf(indices, problem.functions.length)),
  'sign-sgd'(implementation, request, next) {
    const { x, step } = request;
    const precision = unitRoundoff(implementation.description.dtype);
    return judgeSignStep({ name: 'signSGD', x, step, next, precision, ...batchGradient(request, precision) });
  },
};

/** Judges one iteration of an algorithm: the next iterate after x with the mini-batch, by the formula of the paper. */
export function judgeNext(implementation: Implementation, request: StepRequest, next: Float64Array): Judgement {
  return judges[request.algorithm](implementation, request, next);
}

/** The right x⁺ of an algorithm whose iterates may grow without end. */
export function rightNext({ algorithm, problem, step, x, indices }: StepRequest): Float64Array {
  const oracle = oracleOf(problem);
  if (algorithm === 'spgm') return oracle.miniBatch(indices, step, x);
  const weights = algorithm === 'sgd' ? sharesOf(indices, problem.functions.length) : problem.probabilities;
  return descended(x, step, oracle.gradient(weights, x)!);
}
