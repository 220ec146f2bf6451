import type { SharpBound2 } from '../../shared/sharp-bounds.js';

/** What the bound for momentum depends on. */
export interface MomentumBound extends SharpBound2 {
  /** α. */
  readonly newestWeight: number;
}

/**
 * For signProx with momentum, any step γ, mini-batch B and α in (0, 1], with v_i = σ_i²/B:
 *
 *     E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ Δ/(γT) + γ‖L‖₁ + (1 − 1/T) Σ_i (2 + γL_i)[2γL_i(1 − α)/α + √v_i √(α/(2 − α))] + (1/(αT)) Σ_i (2 + γL_i)√v_i.
 *
 * @param spread how often √(α/(2 − α)) counts; another in controls
 */
export function momentumBound(given: MomentumBound, spread = 1): number {
  const { coordinateLipschitz, coordinateSigma, gap, iterations, step, miniBatch, newestWeight } = given;
  const left = spread * Math.sqrt(newestWeight / (2 - newestWeight));
  let total = gap / (step * iterations);
  for (let i = 0; i < coordinateLipschitz.length; i++) {
    const moved = step * coordinateLipschitz[i]!;
    const deviation = coordinateSigma[i]! / Math.sqrt(miniBatch);
    const error = (2 * moved * (1 - newestWeight)) / newestWeight + left * deviation;
    const usual = (1 - 1 / iterations) * error + deviation / (newestWeight * iterations);
    total += moved + (2 + moved) * usual;
  }
  return total;
}

/**
 * The same with the errors of every iteration as the proof has them, in place of their bounds: G_i is max{L_i, 2L_i/(1 + γL_i)}-Lipschitz, the lag after t steps has
 * the factor 1 − (1 − α)^t, and the second moment of the averaged noise is v_i[(1 − α)^{2t} + (1 − (1 − α)^{2t})α/(2 − α)].
 */
export function sharpMomentumBound(given: MomentumBound): number {
  const { coordinateLipschitz, coordinateSigma, gap, iterations, step, miniBatch, newestWeight } = given;
  const lasting = newestWeight / (2 - newestWeight);
  let [lags, noises, kept] = [0, 0, 1];
  for (let t = 0; t < iterations - 1; t++) {
    lags += ((1 - newestWeight) * (1 - kept)) / newestWeight;
    noises += Math.sqrt(kept ** 2 + (1 - kept ** 2) * lasting);
    kept *= 1 - newestWeight;
  }
  let total = gap / (step * iterations);
  for (let i = 0; i < coordinateLipschitz.length; i++) {
    const moved = step * coordinateLipschitz[i]!;
    const deviation = coordinateSigma[i]! / Math.sqrt(miniBatch);
    const steepest = Math.max(moved, (2 * moved) / (1 + moved));
    total += moved + ((2 + moved) * (steepest * lags + deviation * noises)) / iterations;
  }
  return total;
}
