import type { Interval } from '../certified/interval.js';
import type { FunctionSpecification, ProximableFunction } from '../functions/definition/proximable-function.js';
import type { SmoothFunction, SmoothSpecification } from '../smooth/definition/smooth-function.js';
import type { MiniBatch } from './mini-batch.js';

/** The JSON form of a problem: d, the components r_1 … r_K and their probabilities θ. */
export interface ProblemSpecification {
  /** d. */
  readonly smooth: SmoothSpecification;
  /** r_1 … r_K, K ≥ 1. */
  readonly functions: readonly FunctionSpecification[];
  /** θ_1 … θ_K. */
  readonly probabilities: readonly number[];
}

/** Constants that do not depend on the step. Absent means not certified; a theorem that needs it is `silent`. */
export interface LipschitzConstants {
  /** L of Assumption 1(b),(c): the largest over d and every r_k. */
  readonly lipschitz?: number;
  /** (L_1 … L_n) of Assumption 2(b),(c); only for separable problems. */
  readonly coordinateLipschitz?: Float64Array;
  /** (Λ_1 … Λ_n) with −diag Λ ⪯ ∇²d ⪯ diag Λ and 0 ⪯ ∇²r_k ⪯ diag Λ, separable or not; equal to (L_1 … L_n) where that exists. */
  readonly majorant?: Float64Array;
}

/** Constants of f = d + r_γ at one step. A noise constant is absent also when it is infinite. */
export interface ProblemConstants extends LipschitzConstants {
  /** σ with E‖P_k(x) − P(x)‖² ≤ γ²σ² for all x: exact where P_k − P is constant in x, else a certified supremum. */
  readonly sigma?: number;
  /** (σ_1 … σ_n) of Assumption 2(d). */
  readonly coordinateSigma?: Float64Array;
  /** Lower bounds of (σ_1 … σ_n): deviations that are attained, up to rounding. */
  readonly attainedSigma?: Float64Array;
  /** True when sigma is attained, false when it is only an upper end. */
  readonly sigmaExact?: boolean;
  /** Bound S with ‖P_k(x) − P(x)‖ ≤ γS for every k with θ_k > 0 and every x. */
  readonly deviation?: number;
}

/**
 * f = d + r_γ at a fixed step γ. The regulariser r_γ of equation (9) is the proximal average of the r_k with parameter γ, so f,
 * its infimum and σ all depend on the step. Index k is 0-based. Methods write into `out` when given and reuse private
 * workspaces, so one instance serves one computation at a time.
 */
export interface ProblemAtStep {
  /** The problem for any step. */
  readonly problem: Problem;
  /** γ. */
  readonly step: number;
  /** r_γ of equation (9). */
  readonly regularizer: ProximableFunction;
  /** P_k(x) = prox_{γ r_k}(x − γ∇d(x)), equation (7). */
  proximalGradient(component: number, x: Float64Array, out?: Float64Array): Float64Array;
  /** P(x) = Σ θ_k P_k(x), equation (8). */
  mean(x: Float64Array, out?: Float64Array): Float64Array;
  /** Writes P(x) to `out` and returns f(x): one pass over the data where d has its value with its gradient. f is summed as that pass does. */
  meanAndObjective(x: Float64Array, out: Float64Array): number;
  /** P̂(x) = (1/B) Σ_b P_{k_b}(x), equation (10), summed in the order of the indices. */
  miniBatch(indices: ArrayLike<number>, x: Float64Array, out?: Float64Array): Float64Array;
  /** P̂(x) from the counts (c_1 … c_K) of the components in the batch: O(K) instead of O(B) prox calls. */
  miniBatchFromCounts(counts: ArrayLike<number>, x: Float64Array, out?: Float64Array): Float64Array;
  /** G(x) = (x − P(x))/γ = ∇d(x) + Σθ_k ρ_k(y)/γ, Definition 1, in the γ-divided residual form. */
  gradientMapping(x: Float64Array, out?: Float64Array): Float64Array;
  /** Ĝ(x) = (x − P̂(x))/γ = ∇d(x) + (1/B)Σ_b ρ_{k_b}(y)/γ in the γ-divided residual form, averaged in the order of the indices. */
  stochasticGradientMapping(indices: ArrayLike<number>, x: Float64Array, out?: Float64Array): Float64Array;
  /** Ĝ(x) from the counts of the components in the batch. */
  stochasticGradientMappingFromCounts(counts: ArrayLike<number>, x: Float64Array, out?: Float64Array): Float64Array;
  /** ∇f̄(x) = ∇d(x) + Σθ_k ∇r_k(x), of the fixed objective of equation (1), which does not depend on γ. Throws a TypeError if some r_k has no gradient. */
  gradient(x: Float64Array, out?: Float64Array): Float64Array;
  /** A subgradient of f = d + r_γ at a point x of its domain: ∇d(x) plus the shortest one of r_γ, up to rounding at a kink. Throws a TypeError if the prox of r_γ is iterative. */
  subgradient(x: Float64Array, out?: Float64Array): Float64Array;
  /** ∇f̂(x) = ∇d(x) + (1/B) Σ_b ∇r_{k_b}(x), equation (3). Throws as `gradient` does. */
  stochasticGradient(batch: MiniBatch, x: Float64Array, out?: Float64Array): Float64Array;
  /** f̄(x) = d(x) + Σθ_k r_k(x); +∞ outside the domain of some r_k. */
  fixedObjective(x: Float64Array): number;
  /** f(x) = d(x) + r_γ(x); +∞ outside the domain of r_γ. */
  objective(x: Float64Array): number;
  /** inf f over Rⁿ, enclosed; −∞ when unbounded below; undefined when no certificate is available (non-separable problems). */
  infimum(dimension: number): Interval | undefined;
  /** Lipschitz and noise constants for vectors of length n, certified at this step. */
  constants(dimension: number): ProblemConstants;
}

/** f = d + r_γ for every γ: a smooth term d, convex components r_1 … r_K and their probabilities θ. */
export interface Problem {
  /** d. */
  readonly smooth: SmoothFunction;
  /** r_1 … r_K, K ≥ 1. */
  readonly functions: readonly ProximableFunction[];
  /** θ: non-negative, sums to 1 within 2⁻⁴⁰; used as given. */
  readonly probabilities: Float64Array;
  /** n, when a parameter fixes it. */
  readonly dimension?: number;
  /** True when d and every r_k are sums of one-dimensional functions. */
  readonly separable: boolean;
  /** Its JSON form: `parseProblem` of it is this problem. */
  readonly specification: ProblemSpecification;
  /** The constants for vectors of length n that do not depend on the step. */
  lipschitz(dimension: number): LipschitzConstants;
  /** A new instance with its own workspaces and computed constants: keep it as long as the step stays the same. */
  at(step: number): ProblemAtStep;
}
