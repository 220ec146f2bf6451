/** What the sharpened form of theorem 1 depends on, at any step γ and mini-batch B. */
export interface SharpBound1 {
  /** L > 0. */
  readonly lipschitz: number;
  /** σ²: E‖P_k(x) − P(x)‖² ≤ γ²σ² for all x. */
  readonly variance: number;
  /** Δ = f(x⁰) − f*. */
  readonly gap: number;
  readonly iterations: number;
  readonly step: number;
  readonly miniBatch: number;
}

/**
 * Theorem 1♯ for any step 0 < γ < 2/L and any mini-batch B:
 *
 *     E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ [Δ/(γT) + (1 − 1/T)γLσ²/B] / (1 − γL/2);
 *
 * at the paper's γ = 1/(L√T) it is (LΔ + (1 − 1/T)σ²/B)/(√T − ½).
 *
 * @throws RangeError unless 0 < γ < 2/L
 */
export function sharpBound1({ lipschitz, variance, gap, iterations, step, miniBatch }: SharpBound1): number {
  const product = step * lipschitz;
  if (!(product > 0 && product < 2)) {
    throw new RangeError(`step must lie in (0, 2/L) for theorem 1♯, got γ = ${step} with L = ${lipschitz}`);
  }
  const noise = ((1 - 1 / iterations) * product * variance) / miniBatch;
  return (gap / (step * iterations) + noise) / (1 - product / 2);
}

/**
 * How many times more the last iterate may count in theorem 1♯: the bound also holds for E[(1/T)(Σ_t ‖G(x^{t−1})‖² + w‖G(x^{T−1})‖²)] with
 * w = (1 − γL)²/(4γL − 2(γL)²), because the step that nobody sees may be taken with the best length instead of γ.
 */
export function weightOfLastIterate(step: number, lipschitz: number): number {
  const product = step * lipschitz;
  return (1 - product) ** 2 / (4 * product - 2 * product * product);
}

/** c = max z(1 − z²)/(1 + z²) over z ∈ [0, 1] = √((5√5 − 11)/2) = 0.3003: the linear bound of what curvature adds to the noise of 2♯. */
export const curvatureOfNoise = Math.sqrt((5 * Math.sqrt(5) - 11) / 2);

/**
 * κ(ε) = max over z ∈ [0, 1] of z(2 + ε − εz²)/(1 + z²), the exact factor of a noise term with ε = γL_i: E|G|(1 − …) at |G| = z√v. It is attained
 * at z² = [√((1 + ε)(1 + 5ε)) − (1 + 2ε)]/ε, and 1 ≤ κ(ε) ≤ min(1 + cε, 1 + ε²/2): curvature costs nothing to first order.
 *
 * @param epsilon ε ≥ 0
 */
export function noiseFactor(epsilon: number): number {
  if (epsilon === 0) return 1;
  // The root of εw² + (2 + 4ε)w − (2 + ε) = 0 in the form that does not cancel for small ε.
  const w = (2 + epsilon) / (1 + 2 * epsilon + Math.sqrt((1 + epsilon) * (1 + 5 * epsilon)));
  return (Math.sqrt(w) * (2 + epsilon - epsilon * w)) / (1 + w);
}

/** c₂ = 3√6/8 = 0.9186: E|Ĝ_i − G_i| ≤ c₂σ_i/√B for every even B, because a mean of two draws cannot be ±σ/√B with equal odds. */
export const evenBatchDeviation = (3 * Math.sqrt(6)) / 8;

/** Where 2z/(1 + z²) = c₂. */
const evenBatchMargin = (8 - Math.sqrt(10)) / (3 * Math.sqrt(6));

/**
 * The factor of a noise term of theorem 2 for an even mini-batch, c₂ + (c₂ − z₂)ε with c₂ = 0.9186 and z₂ = 0.6583: below κ(ε) for ε = γL_i ≤ 1. Beyond, κ(ε).
 *
 * @param epsilon ε ≥ 0
 */
export function evenBatchFactor(epsilon: number): number {
  if (epsilon > 1) return noiseFactor(epsilon);
  return evenBatchDeviation + (evenBatchDeviation - evenBatchMargin) * epsilon;
}

/** What the sharpened form of theorem 2 depends on, at any step γ and mini-batch B. */
export interface SharpBound2 {
  /** (L_1 … L_n). */
  readonly coordinateLipschitz: ArrayLike<number>;
  /** (σ_1 … σ_n). */
  readonly coordinateSigma: ArrayLike<number>;
  readonly gap: number;
  readonly iterations: number;
  readonly step: number;
  readonly miniBatch: number;
}

/**
 * Theorem 2♯ for any step γ > 0 and any mini-batch B:
 *
 *     E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ Δ/(γT) + γ‖L‖₁ + (1 − 1/T) Σ_i φ(γL_i) σ_i/√B,
 *
 * with φ(ε) = 1 + cε (default), or any other valid factor such as the exact κ(ε).
 */
export function sharpBound2(
  { coordinateLipschitz, coordinateSigma, gap, iterations, step, miniBatch }: SharpBound2,
  factor: (epsilon: number) => number = (epsilon) => 1 + curvatureOfNoise * epsilon,
): number {
  let curvature = 0;
  let noise = 0;
  for (let i = 0; i < coordinateLipschitz.length; i++) {
    curvature += coordinateLipschitz[i]!;
    noise += factor(step * coordinateLipschitz[i]!) * coordinateSigma[i]!;
  }
  return gap / (step * iterations) + step * curvature + ((1 - 1 / iterations) * noise) / Math.sqrt(miniBatch);
}

/**
 * Theorem 2 for coupled problems, −Λ ⪯ ∇²d ⪯ Λ and 0 ⪯ ∇²r_k ⪯ Λ with Λ = diag(L_i), for any B and any γ < 2/ρ with ρ = √(‖L‖_∞‖L‖₁) − min L_i:
 *
 *     E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ [Δ/(γT) + γ‖L‖₁ + (1 − 1/T)Σ(1 + ½γL_i)c_Bσ_i/√B] / (1 − ½γρ),
 *
 * where c_B = 3√6/8 for even B and 1 for odd B. In one dimension ρ = 0.
 *
 * @throws RangeError unless the denominator is positive
 */
export function coupledBound({
  coordinateLipschitz,
  coordinateSigma,
  gap,
  iterations,
  step,
  miniBatch,
}: SharpBound2): number {
  let [total, noise] = [0, 0];
  let [largest, smallest] = [0, Number.POSITIVE_INFINITY];
  for (let i = 0; i < coordinateLipschitz.length; i++) {
    const own = coordinateLipschitz[i]!;
    total += own;
    largest = Math.max(largest, own);
    smallest = Math.min(smallest, own);
    noise += (1 + (step * own) / 2) * coordinateSigma[i]!;
  }
  const coupling = Math.max(0, Math.sqrt(largest * total) - smallest);
  const denominator = 1 - (step * coupling) / 2;
  if (!(denominator > 0)) {
    throw new RangeError(`step must be below 2/(√(‖L‖_∞‖L‖₁) − min L_i) = ${2 / coupling}, got ${step}`);
  }
  const deviation = miniBatch % 2 === 0 ? evenBatchDeviation : 1;
  noise *= (deviation * (1 - 1 / iterations)) / Math.sqrt(miniBatch);
  return (gap / (step * iterations) + step * total + noise) / denominator;
}
