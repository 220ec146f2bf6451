import { type BoundInstance, boundClaim, type Theorem } from '../../../src/library/theorems.js';
import { slopes, theorem2Instances } from '../../shared/instances.js';
import { lossByShortening, requireBestStep, tuned } from '../../shared/optimal-step.js';
import { noiseFactor } from '../../shared/sharp-bounds.js';
import { theorem2 } from '../../theorem-2/theorem-2.js';
import { theorem2Sharp } from '../../theorem-2/theorem-2-sharp.js';
import type { OptimalStepFactors } from './theorem-1-optimal-step.js';

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/**
 * Theorem 2♯ at the step at which its first two terms are smallest. For signProx with γ = √(Δ/(‖L‖₁T)) and any B
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖G(x^{t−1})‖₁] ≤ 2√(‖L‖₁Δ/T) + (1 − 1/T) Σ_i κ(γL_i)σ_i/√B,   1 ≤ κ(ε) ≤ 1 + ε²/2.
 *
 * At B = T this is [2√(‖L‖₁Δ) + ‖σ‖₁(1 + o(1))]/√T, where the paper's step has 2‖L‖₁Δ + ½ in place of 2√(‖L‖₁Δ): its γ is the same however f is scaled. As
 * f(x⁰) − f* ≤ Δ̄ + γσ₀²/2 at every γ, Δ = Δ̄ and σ₀²/(2T) is added, which is 0 where r_γ moves with γ by a number only. The step has twelve binary digits,
 * which may cost a factor 1 + 2⁻²¹. Proof in PROOFS.md.
 */
export const theorem2AtBestStep = (factors: OptimalStepFactors): Theorem => ({
  ...theorem2,
  id: 'theorem-2-optimal-step',
  module: import.meta.url,
  source: { section: 'beyond the paper', equation: 'Theorem 2♯ at its best step' },
  statement:
    'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ 2√(‖L‖₁Δ/T) + (1 − 1/T)Σκ(γL_i)σ_i/√B for signProx with γ = √(Δ/(‖L‖₁T)), B = T or any other',
  hypotheses: [...theorem2.hypotheses, 'fixed-bounded-below', 'fixed-variance'],
  schedule(iterations, constants) {
    requireBestStep('theorem-2-optimal-step', constants);
    const slope = total(constants.coordinateLipschitz!);
    return tuned(theorem2.schedule(iterations, constants), constants, ({ gap }) => ({
      ...{ start: gap / iterations, constant: 0, slope, pole: 0 },
    }));
  },
  bound(iterations, { coordinateLipschitz, coordinateSigma, fixed }, { step, miniBatch }) {
    const { gap, growth } = fixed!()!;
    const start = factors.gap * Math.sqrt((total(coordinateLipschitz!) * gap) / iterations) * lossByShortening;
    const noise = total(
      coordinateSigma!.map((sigma, i) => factors.noise * noiseFactor(step * coordinateLipschitz![i]!) * sigma),
    );
    return start + growth / iterations + ((1 - 1 / iterations) * noise) / Math.sqrt(miniBatch);
  },
  sharp: theorem2Sharp.sharp!,
});

const theorem2OptimalStep = theorem2AtBestStep({ gap: 2, noise: 1 });

const parabola = { type: 'quadratic', curvature: 1, center: 0 };

/** From a start so far away that the paper's step does not come to the minimiser in T iterations for any T < 1024. */
export const farStart: BoundInstance = {
  name: 'quadratic, r = 0, x⁰ = 16',
  problem: { smooth: parabola, functions: [{ type: 'zero' }], probabilities: [1] },
  start: [16],
};

/** Noise ±4: where |G| < 4 the sign of one draw is a fair coin. */
export const strongNoise: BoundInstance = {
  name: 'quadratic, r_k = ±4u',
  problem: { smooth: parabola, functions: slopes(4, -4), probabilities: [0.5, 0.5] },
  start: [4],
};

export const theorem2OptimalStepClaim = boundClaim({
  id: 'theorem-2-optimal-step',
  version: 1,
  theorem: theorem2OptimalStep,
  engine: 'lattice',
  referenceOnly: true,
  method: 'the law of the iterate of every coordinate on x⁰ + γZ, with B = T and with single draws',
  instances: [...theorem2Instances, farStart, strongNoise],
  schedules: [
    { name: 'B = T', schedule: (own) => own },
    { name: 'B = 1', schedule: (own) => ({ ...own, miniBatch: 1 }) },
  ],
  iterations: { quick: [1, 16, 64], standard: [1, 4, 16, 64, 256], deep: [1, 4, 16, 64, 256, 1024] },
});
