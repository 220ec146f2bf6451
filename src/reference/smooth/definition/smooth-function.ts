/** The JSON form of a smooth term, e.g. `{ "type": "cosine", "weight": 2 }`. */
export type SmoothSpecification = { readonly type: string; readonly [parameter: string]: unknown };

/**
 * A differentiable data-fidelity term d, convex or not. Vectors are `Float64Array`; `out` may be the input itself.
 * Constants are present only where they hold on all of Rⁿ (certified, never estimated).
 */
export interface SmoothFunction {
  /** The name in JSON, in kebab-case. */
  readonly type: string;
  /** The parameters under their vocabulary names, as plain JSON values. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Whether d is convex. */
  readonly convex: boolean;
  /** Length n forced by the parameters; absent when any length is accepted. */
  readonly dimension?: number;
  /** d(x). */
  value(x: Float64Array): number;
  /** ∇d(x), in `out` when given. */
  gradient(x: Float64Array, out?: Float64Array): Float64Array;
  /** The size to which the rounding of ∇d(x) is relative if terms cancel: the size of the terms. If absent, ‖∇d(x)‖. */
  gradientSize?(x: Float64Array): number;
  /** Writes ∇d(x) to `out`, which must not be x, and returns d(x): one pass if the two share most of their work. */
  valueAndGradient?(x: Float64Array, out: Float64Array): number;
  /** L with ‖∇d(x) − ∇d(y)‖ ≤ L‖x − y‖ for all x, y; absent when ∇d is not globally Lipschitz. */
  readonly lipschitz?: number;
  /** L_i with |∇d(x)_i − ∇d(y)_i| ≤ L_i|x_i − y_i| for all x, y; absent when d is not separable or not globally smooth. */
  coordinateLipschitz?(index: number): number;
  /** Λ_1 … Λ_n with −diag Λ ⪯ ∇²d(x) ⪯ diag Λ for all x, for a coupled d that knows better than L in every entry. */
  majorant?(): Float64Array;
  /** μ > 0 with d − (μ/2)‖·‖² convex. */
  readonly strongConvexity?: number;
  /** A lower bound of d over Rⁿ for length n, exact where known (0 for sums of squares); −∞ when d is unbounded below. */
  infimum?(dimension: number): number;
  /** Limits of d(u)/u as u → −∞ and u → +∞ for a one-dimensional or coordinatewise identical d; ±∞ allowed. */
  readonly asymptoticSlopes?: readonly [number, number];
  /** A point of each coordinate before which d does not increase and after which it does not decrease (d is quasiconvex). */
  readonly valley?: number;
  /** The i-th one-dimensional summand when d is separable. */
  coordinate?(index: number): SmoothFunction;
}
