import { boundClaim } from '../../../src/claims/bounds/bound-claim.js';
import { atSchedule } from '../../../src/claims/theorems/named-schedules.js';
import type { BoundInstance, Theorem } from '../../../src/claims/theorems/theorem.js';
import { matchedQuadratics, theorem1Instances } from '../../shared/instances.js';
import { lossByShortening, requireBestStep } from '../../shared/optimal-step.js';
import { theorem1Sharp } from '../../theorem-1/theorem-1-sharp.js';

const optimal = atSchedule(theorem1Sharp, 'optimal');

/** The factors of the two terms, so that tests can change them. */
export interface OptimalStepFactors {
  /** 2 of 2LΔ/T. */
  readonly gap: number;
  /** 2 of 2σ√(LΔ/(BT)). */
  readonly noise: number;
}

/**
 * Theorem 1♯ at the step at which its bound is smallest. With A = LΔ/T and s² = (1 − 1/T)σ²/B the smallest value over 0 < γ < 2/L is A + √(A² + 4As²), attained at
 * γL = 2A/(A + √(A² + 4As²)) ≤ 1, and so
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖G(x^{t−1})‖²] ≤ 2LΔ/T + 2σ√(LΔ/(BT)).
 *
 * The constants of d + r_γ move with γ. What is tuned by holds at every γ ≤ 1/L: Δ = Δ̄ + σ₀²/(2L) and σ = σ₀, where Δ̄ and σ₀ are those of d + Σθ_k r_k; where r_γ moves by a number only, Δ = Δ̄.
 * The step has twelve binary digits, which may cost a factor 1 + 2⁻²¹. No constant step does better (`theorem-1-optimal-step-minimax`). Proof in PROOFS.md.
 */
export const theorem1AtBestStep = (factors: OptimalStepFactors): Theorem => ({
  ...optimal,
  id: 'theorem-1-optimal-step',
  source: { section: 'beyond the paper', equation: 'Theorem 1♯ at its best step' },
  statement:
    'E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ 2LΔ/T + 2σ√(LΔ/T) for SPGM with γL = 2A/(A + √(A² + 4A(1 − 1/T)σ²)), A = LΔ/T, B = 1',
  schedule(iterations, constants) {
    requireBestStep('theorem-1-optimal-step', constants);
    return optimal.schedule(iterations, constants);
  },
  bound(iterations, { lipschitz, fixed }, { miniBatch }) {
    const { gap, growth, sigma } = fixed!()!;
    const start = (lipschitz! * gap + growth) / iterations;
    return (factors.gap * start + factors.noise * sigma * Math.sqrt(start / miniBatch)) * lossByShortening;
  },
  sharp: optimal.bound,
});

export const theorem1OptimalStep = theorem1AtBestStep({ gap: 2, noise: 2 });

/** d = ½x², no noise: γ = 1/L finds the minimiser at once, and the average is 2LΔ/T for every T. */
export const noiseless: BoundInstance = {
  name: 'quadratic, r = 0',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [{ type: 'zero' }],
    probabilities: [1],
  },
  start: [1],
};

const long: readonly BoundInstance[] = [matchedQuadratics, noiseless];

export const claim = boundClaim({
  id: 'theorem-1-optimal-step',
  version: 1,
  theorem: theorem1OptimalStep,
  instances: [...theorem1Instances, noiseless],
  iterations: (instance) =>
    long.includes(instance)
      ? { quick: [1, 16, 1024], standard: [1, 4, 16, 64, 256, 1024], deep: [1, 4, 16, 64, 256, 1024, 4096] }
      : { quick: [1, 4, 8], standard: [1, 4, 8], deep: [1, 2, 4, 8, 12] },
  exactFrom: 1,
  referenceOnly: true,
  method: 'second moments in rationals on quadratics, all sequences of draws elsewhere: every left side is enclosed',
});
