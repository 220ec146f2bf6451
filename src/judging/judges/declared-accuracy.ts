import { typesIn } from '../../claims/implementation/call.js';
import { unitRoundoff } from '../../claims/implementation/dtype.js';
import type { Implementation } from '../../claims/implementation/implementation.js';
import type {
  FunctionSpecification,
  ProximableFunction,
} from '../../reference/functions/definition/proximable-function.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import { oracleOf } from './oracle.js';
import { maximumNorm, ofAnything, parameterMagnitude } from './precision.js';
import { nestedMagnitude } from './specification-size.js';

/** Largest accuracy that is declared for a type anywhere in the specification; 0 if none is. */
function declaredAccuracy({ description }: Implementation, specification: FunctionSpecification): number {
  const { accuracy = {} } = description;
  return Math.max(...typesIn(specification).map((type) => accuracy[type] ?? 0));
}

/** Unit roundoff of the dtype, or the largest accuracy that is declared for a type in the specification when that is larger. */
export function declaredPrecision(
  { description }: Implementation,
  specification: FunctionSpecification,
  dtype = description.dtype,
): number {
  const { accuracy = {} } = description;
  return Math.max(unitRoundoff(dtype), ...typesIn(specification).map((type) => accuracy[type] ?? 0));
}

/**
 * ‖error‖ that declared accuracies allow in prox_{γr}(y): a(‖y‖ + ‖prox_{γr}(y)‖) with a the largest of them inside r. A wrapper takes the inner
 * prox at a point that its own numbers shift and scale, so for a wrapper (1 + γ)M√n is added, where M is the product over the levels of the
 * sizes of their numbers.
 */
export function declaredError(
  implementation: Implementation,
  specification: FunctionSpecification,
  target: ProximableFunction,
  step: number,
  y: Float64Array,
): number {
  const accuracy = declaredAccuracy(implementation, specification);
  if (accuracy === 0) return 0;
  const wrapped = typesIn(specification).length > 1;
  const moved = wrapped ? (1 + step) * nestedMagnitude(specification) * Math.sqrt(y.length) : 0;
  return accuracy * (Math.hypot(...y) + Math.hypot(...target.prox(y, step)) + moved);
}

/**
 * The error of y − prox_{γr}(y) that follows from an error e of the prox, if it is computed as γ∇r at the prox, as is usual for a differentiable r:
 * γ‖∇r(u + e) − ∇r(u)‖, which exceeds ‖e‖ if r is curved by more than 1/γ.
 */
function residualError(target: ProximableFunction, step: number, y: Float64Array, error: number): number {
  if (target.gradient === undefined || error === 0) return error;
  const u = target.prox(y, step);
  const at = target.gradient(u);
  const bends = [error, -error].map((shift) => {
    const moved = target.gradient!(u.map((value) => value + shift));
    return step * maximumNorm(moved.map((value, i) => value - at[i]!));
  });
  return Math.max(error, ...bends);
}

/** The allowed error of P_k, P or P̂ of an implementation at one point, or of x − P if the implementation is asked for that. */
export interface MappingTolerance {
  /** By rounding alone, entry by entry. */
  readonly rounding: number;
  /** By the accuracies that the implementation declares: Σ_k w_k times those of the components. */
  readonly declared: number;
  /** Both. */
  readonly error: number;
  /** The same as a relative precision, with the size that it is relative to, for judging optimality. */
  readonly precision: number;
  readonly magnitude: number;
  readonly normwise: boolean;
}

/** Tolerance of Σ_k w_k P_k(x): w = θ for P, the shares of a mini-batch for P̂, one 1 for P_k. */
export function mappingTolerance(
  implementation: Implementation,
  problem: ProblemSpecification,
  step: number,
  x: Float64Array,
  weights: readonly number[] = problem.probabilities,
): MappingTolerance {
  return toleranceOf(implementation, problem, step, x, weights, (_target, _y, error) => error);
}

/** Tolerance of x − Σ_k w_k P_k(x), which for w = θ is γG(x) and may be computed without P. */
export function differenceTolerance(
  implementation: Implementation,
  problem: ProblemSpecification,
  step: number,
  x: Float64Array,
  weights: readonly number[] = problem.probabilities,
): MappingTolerance {
  return toleranceOf(implementation, problem, step, x, weights, (target, y, error) =>
    residualError(target, step, y, error),
  );
}

function toleranceOf(
  implementation: Implementation,
  problem: ProblemSpecification,
  step: number,
  x: Float64Array,
  weights: readonly number[],
  passedOn: (target: ProximableFunction, y: Float64Array, error: number) => number,
): MappingTolerance {
  const oracle = oracleOf(problem);
  const unit = unitRoundoff(implementation.description.dtype);
  const rounding = oracle.roundingError(step, x, unit);
  let declared = 0;
  if (implementation.description.accuracy !== undefined) {
    const y = oracle.forward(step, x);
    problem.functions.forEach((specification, k) => {
      if (weights[k] === 0) return;
      const target = oracle.functions[k]!;
      declared += weights[k]! * passedOn(target, y, declaredError(implementation, specification, target, step, y));
    });
  }
  // The forward step has its own rounding, so optimality is judged relative to the size of its summands.
  const magnitude = Math.max(parameterMagnitude(problem), rounding / (ofAnything * unit));
  return {
    rounding,
    declared,
    error: rounding + declared,
    magnitude,
    precision: unit + declared / (ofAnything * magnitude),
    normwise: declared > 0,
  };
}

/** Share of each of K components in a mini-batch. */
export function sharesOf(indices: readonly number[], components: number): number[] {
  return Array.from({ length: components }, (_, k) => indices.filter((index) => index === k).length / indices.length);
}
