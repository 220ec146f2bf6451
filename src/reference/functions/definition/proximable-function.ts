/** The JSON form of a function of the vocabulary: its type, then its parameters, e.g. `{ "type": "l1", "weight": 0.5 }`. */
export type FunctionSpecification = { readonly type: string; readonly [parameter: string]: unknown };

/** A conjugate r*(p) = sup_u ⟨p, u⟩ − r(u), written out from the literature and never derived from the prox of r. */
export interface ConjugateFunction {
  /** r*(p), +∞ outside the domain. */
  value(p: Float64Array): number;
  /** Euclidean distance from p to the domain of r*; absent when the domain is all of Rⁿ. */
  violation?(p: Float64Array): number;
  /** r*(p) at the nearest point of the domain: what `value` would be without the rounding that put p outside. */
  finiteValue?(p: Float64Array): number;
}

/** Constants of a differentiable function whose gradient is Lipschitz continuous on all of Rⁿ. */
export interface SmoothnessConstants {
  /** L with ‖∇r(u) − ∇r(v)‖ ≤ L‖u − v‖. */
  readonly lipschitz: number;
  /** L_i with |∇r(u)_i − ∇r(v)_i| ≤ L_i|u_i − v_i|; present only when r is a sum of one-dimensional functions. */
  coordinateLipschitz?(index: number): number;
}

/**
 * A function r whose proximal operator prox_{γr}(y) = argmin_u ½‖u − y‖² + γ r(u) (paper, equation 6) can be computed.
 *
 * Vectors are `Float64Array` of any length n ≥ 1 that the parameters allow. `out` may be the input itself; without `out` a new
 * array is returned; inputs are never written to unless they are passed as `out`. Step sizes γ are finite and positive.
 */
export interface ProximableFunction {
  /** The name in JSON, in kebab-case. */
  readonly type: string;
  /** The parameters under their vocabulary names, as plain JSON values: `{ type, ...parameters }` parses back to this function. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Whether r is convex; `l0`, `mcp` and `scad` are not, nor are functions built from them. */
  readonly convex: boolean;
  /** Length n forced by a vector parameter; absent when any length is accepted. */
  readonly dimension?: number;
  /** Constants of ∇r where r is differentiable with a Lipschitz continuous gradient; absent otherwise. */
  readonly smooth?: SmoothnessConstants;
  /** r(u), +∞ outside the domain. */
  value(u: Float64Array): number;
  /** prox_{γr}(y). */
  prox(y: Float64Array, step: number, out?: Float64Array): Float64Array;
  /** ρ(y) = y − prox_{γr}(y), computed without the cancellation of that difference. */
  residual(y: Float64Array, step: number, out?: Float64Array): Float64Array;
  /** ρ(y)/γ, a subgradient of r at prox_{γr}(y), computed without forming γ·(…) first: the form that serves signs. */
  dividedResidual(y: Float64Array, step: number, out?: Float64Array): Float64Array;
  /** ∇r(u), for differentiable r. */
  gradient?(u: Float64Array, out?: Float64Array): Float64Array;
  /** r*, if it is known in closed form. */
  conjugate?(): ConjugateFunction;
  /** Euclidean distance from u to the domain of r; absent when the domain is all of Rⁿ. A rounded prox of an indicator may be outside by rounding. */
  violation?(u: Float64Array): number;
  /** r at the nearest point of its domain (0 for an indicator); present exactly when `violation` is. */
  finiteValue?(u: Float64Array): number;
  /** The i-th one-dimensional summand (dimension 1) when r is separable; absent otherwise. */
  coordinate?(index: number): ProximableFunction;
  /** Closure of the set of subgradients of a one-dimensional or coordinatewise identical r: [inf ∂r, sup ∂r], ±∞ allowed. */
  readonly subgradientRange?: readonly [number, number];
  /**
   * Points of one coordinate, the others being 0, at which r or its prox changes formula for step γ; generators aim at and around
   * them.
   */
  kinks?(step: number): readonly number[];
  /** Relative accuracy of an iterative prox; absent means accurate to a few units in the last place. */
  readonly accuracy?: number;
}
