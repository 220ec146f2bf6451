import type { SmoothFunction } from '../smooth/definition/smooth-function.js';
import type { Component } from './distinct-coordinates.js';
import { quadraticPart } from './quadratic-part.js';

/** One dimension of f = d + r_γ at one step. */
export interface CoordinateProblem {
  readonly smooth: SmoothFunction;
  readonly components: readonly Component[];
  readonly step: number;
  /** Lower bound of the second derivative of d, as a modulus: d + (c/2)u² is convex. 0 for convex d. */
  readonly concavity: number;
  /** r_γ − (a/2)u² is convex. */
  readonly curvature: number;
}

/** f at u = P⁰(y), with everything a lower bound nearby needs. `…Error` bounds the rounding of the field before it. */
export interface PointOfObjective {
  readonly y: number;
  readonly u: number;
  /** r_γ(u), and d(u). */
  readonly regularizer: number;
  readonly smooth: number;
  /** d(u) + r_γ(u). */
  readonly value: number;
  readonly valueError: number;
  /** τ̄ = ρ(y)/γ, a subgradient of r_γ at u. */
  readonly regularizerSlope: number;
  readonly regularizerSlopeError: number;
  /** d′(u) + τ̄. */
  readonly slope: number;
  readonly slopeError: number;
  /** prox_{γr_k}(y) and ρ_k(y)/γ. */
  readonly images: readonly number[];
  readonly residuals: readonly number[];
}

/** Relative rounding of a value, slope or prox that is accurate to a few units in the last place, with a margin. */
export const ROUNDING = 2 ** -47;

/** Prepares one dimension; undefined when d is not convex and has no Lipschitz constant. */
export function coordinateProblem(
  smooth: SmoothFunction,
  components: readonly Component[],
  step: number,
): CoordinateProblem | undefined {
  const concavity = smooth.convex ? 0 : smooth.lipschitz;
  if (concavity === undefined) return undefined;
  // Each prox contracts by 1/(1 + γa_k), so r_γ keeps the curvature a with 1/(1 + γa) = Σθ_k/(1 + γa_k).
  let numerator = 0;
  let denominator = 0;
  for (const { function: fn, probability } of components) {
    const { curvature } = quadraticPart(fn);
    numerator += (probability * curvature) / (1 + step * curvature);
    denominator += probability / (1 + step * curvature);
  }
  return { smooth, components, step, concavity, curvature: numerator / denominator };
}

/**
 * f at P⁰(y). r_γ(P⁰(y)) = (1/γ)[Σθ_k env_k(y) − ½(y − P⁰(y))²] is computed as Σθ_k r_k(p_k) + (γ/2)Var_θ(τ_k), the same
 * without the cancellation.
 */
export function objectiveAt({ smooth, components, step }: CoordinateProblem, y: number): PointOfObjective {
  const point = Float64Array.of(y);
  const scratch = new Float64Array(1);
  let u = 0;
  let mean = 0;
  let values = 0;
  let accuracy = ROUNDING;
  let valueScale = 0;
  let slopeScale = 0;
  const images: number[] = [];
  const residuals: number[] = [];
  for (const { function: fn, probability } of components) {
    const image = fn.prox(point, step, scratch)[0]!;
    // A prox that rounding put outside the domain counts as the nearest point inside.
    const value = (fn.finiteValue ?? fn.value).call(fn, scratch);
    const residual = fn.dividedResidual(point, step, scratch)[0]!;
    images.push(image);
    residuals.push(residual);
    u += probability * image;
    mean += probability * residual;
    values += probability * value;
    accuracy = Math.max(accuracy, fn.accuracy ?? 0);
    valueScale += probability * (Math.abs(value) + Math.abs(residual) * (Math.abs(image) + Math.abs(y)));
    slopeScale += probability * Math.abs(residual);
  }
  const variance = components.reduce((sum, { probability }, k) => sum + probability * (residuals[k]! - mean) ** 2, 0);
  const regularizer = values + (step / 2) * variance;
  point[0] = u;
  const d = smooth.value(point);
  const derivative = smooth.gradient(point, scratch)[0]!;
  const shift = Math.abs(u) + Math.abs(y);
  return {
    y,
    u,
    regularizer,
    smooth: d,
    value: d + regularizer,
    valueError: accuracy * (valueScale + step * variance + Math.abs(d) + Math.abs(derivative) * shift),
    regularizerSlope: mean,
    regularizerSlopeError: accuracy * slopeScale,
    slope: derivative + mean,
    slopeError: accuracy * (slopeScale + Math.abs(derivative)),
    images,
    residuals,
  };
}
