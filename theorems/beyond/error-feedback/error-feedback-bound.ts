import { type SharpBound1, sharpBound1 } from '../../shared/sharp-bounds.js';

/** What the bound of error feedback depends on, for C(m) = (‖m‖₁/n) sgn m. */
export interface ErrorFeedbackBound extends SharpBound1 {
  /** n. */
  readonly dimension: number;
}

/** ρ = √(1 − 1/n), of ‖m − C(m)‖ ≤ ρ‖m‖, and ω = ρ/(1 − ρ). */
export function contractionOf(dimension: number): { readonly rho: number; readonly omega: number } {
  const rho = Math.sqrt(1 - 1 / dimension);
  return { rho, omega: rho / (1 - rho) };
}

/**
 * The theorem of error feedback for any γ with γL(½ + η + ω²/η) < 1 and any mini-batch B:
 *
 *     E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ [Δ/(γT) + (1 + ρω/η)(1 − 1/T)γLσ²/B] / (1 − γL(½ + η + ω²/η)).
 *
 * For n = 1 it is Theorem 1♯.
 *
 * @param eta η > 0; default: ω
 * @throws RangeError unless the denominator is positive
 */
export function errorFeedbackBound({ dimension, ...sharp }: ErrorFeedbackBound, eta?: number): number {
  if (dimension === 1) return sharpBound1(sharp);
  const { lipschitz, variance, gap, iterations, step, miniBatch } = sharp;
  const { rho, omega } = contractionOf(dimension);
  const [factor, cost] = eta === undefined ? [1 + rho, 2 * omega] : [1 + (rho * omega) / eta, eta + omega ** 2 / eta];
  const denominator = 1 - step * lipschitz * (1 / 2 + cost);
  if (!(denominator > 0)) {
    throw new RangeError(`step must be below 1/(L(½ + η + ω²/η)) with error feedback, got γ = ${step}`);
  }
  const noise = (factor * (1 - 1 / iterations) * step * lipschitz * variance) / miniBatch;
  return (gap / (step * iterations) + noise) / denominator;
}

/**
 * The η with the smallest bound: with A = Δ/(γT) + N, N = (1 − 1/T)γLσ²/B and a = γL the bound is (Aη + Nρω)/((1 − a/2)η − aη² − aω²), whose derivative
 * is 0 where aAη² + 2aNρωη = aAω² + (1 − a/2)Nρω.
 */
function bestEta({ dimension, lipschitz, variance, gap, iterations, step, miniBatch }: ErrorFeedbackBound): number {
  const { rho, omega } = contractionOf(dimension);
  const a = step * lipschitz;
  const noise = ((1 - 1 / iterations) * a * variance) / miniBatch;
  const whole = gap / (step * iterations) + noise;
  if (whole === 0) return omega;
  // Half of the linear coefficient and the absolute one, divided by aA.
  const half = (noise * rho * omega) / whole;
  const constant = omega ** 2 + ((1 - a / 2) * half) / a;
  return constant / (half + Math.sqrt(half ** 2 + constant));
}

/** The bound with the best η; as T → ∞ at γ = 1/(L√T) its constants are those of Theorem 1♯. */
export const bestErrorFeedbackBound = (about: ErrorFeedbackBound): number =>
  errorFeedbackBound(about, about.dimension === 1 ? undefined : bestEta(about));
