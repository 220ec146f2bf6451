import { boundClaim } from '../../../src/claims/bounds/bound-claim.js';
import type { BoundInstance, Schedule, Theorem, TheoremConstants } from '../../../src/claims/theorems/theorem.js';
import type { OwnAlgorithm } from '../../../src/claims/theorems/theorem-algorithm.js';
import { signProxMomentumStep } from '../../../src/reference/algorithms/stateful/sign-prox-momentum.js';
import { severalHubers, theorem1Instances } from '../../shared/instances.js';
import { theorem2 } from '../../theorem-2/theorem-2.js';
import { type MomentumBound, momentumBound, sharpMomentumBound } from './momentum-bounds.js';

/** Its state is m; the schedule says what α is. */
const signProxWithMomentum: OwnAlgorithm<Float64Array | undefined> = {
  name: 'signProx with momentum',
  unordered: true,
  iterate({ problem, x, state, batch, parameters }) {
    const newestWeight = parameters['newestWeight']!;
    const next = signProxMomentumStep(problem, x, state, batch, { newestWeight });
    return { x: next.x, state: next.mean };
  },
};

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** The numbers of an instance for the bound. */
export const boundOf = (
  iterations: number,
  { coordinateLipschitz, coordinateSigma, gap }: TheoremConstants,
  { step, miniBatch, parameters }: Schedule,
): MomentumBound => ({
  ...{ iterations, step, miniBatch, gap: gap.upper },
  coordinateLipschitz: coordinateLipschitz!,
  coordinateSigma: coordinateSigma!,
  newestWeight: parameters!['newestWeight']!,
});

/**
 * signProx with momentum in place of mini-batches. Let m⁰ = Ĝ(x⁰), m^t = (1 − α)m^{t−1} + αĜ(x^t) and x^{t+1} = x^t − γ sgn m^t with 0 < α ≤ 1. Under Assumption 2, for any
 * γ > 0, B, T and sgn(0), and with v_i = σ_i²/B,
 *
 *     E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ Δ/(γT) + γ‖L‖₁ + (1 − 1/T) Σ_i (2 + γL_i)[2γL_i(1 − α)/α + √v_i √(α/(2 − α))] + (1/(αT)) Σ_i (2 + γL_i)√v_i.
 *
 * With single draws, α = 2√2 √(‖L‖₁Δ̄)/(‖σ₀‖₁√T) where that is at most 1, and γ = √(Δ̄α/(4‖L‖₁T)), this is 4.76(‖L‖₁Δ)^{1/4}‖σ‖₁^{1/2}T^{−1/4} to leading order. Δ̄ and σ₀ are the
 * constants of d + Σθ_k r_k, which are known before γ; the bound has those of d + r_γ at that γ. Proof in PROOFS.md.
 */
export const signProxMomentum: Theorem = {
  id: 'sign-prox-momentum',
  source: { section: 'beyond the paper', equation: 'signProx with momentum' },
  statement:
    'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ Δ/(γT) + γ‖L‖₁ + (1 − 1/T) Σ_i (2 + γL_i)[2γL_i(1 − α)/α + √v_i √(α/(2 − α))] + (1/(αT)) Σ_i (2 + γL_i)√v_i for signProx with momentum, v_i = σ_i²/B',
  hypotheses: [...theorem2.hypotheses, 'fixed-bounded-below', 'fixed-variance'],
  algorithm: signProxWithMomentum as OwnAlgorithm,

  schedule(iterations, { coordinateLipschitz, fixed }) {
    // The hypotheses are about these: where they are not certified the theorem is silent.
    const { gap, coordinateSigma } = fixed!()!;
    const [curvature, noise] = [sum(coordinateLipschitz!), sum(coordinateSigma)];
    if (!(curvature > 0 && gap > 0)) {
      throw new RangeError(
        `the step of signProx with momentum needs ‖L‖₁ > 0 and f(x⁰) > f*, got ${curvature} and a difference of ${gap}`,
      );
    }
    const newestWeight = Math.min(1, Math.sqrt((8 * curvature * gap) / iterations) / noise);
    const step = Math.sqrt((gap * newestWeight) / (4 * curvature * iterations));
    return { step, miniBatch: 1, parameters: { newestWeight } };
  },

  term: 'gradient-mapping-l1',
  bound: (iterations, constants, schedule) => momentumBound(boundOf(iterations, constants, schedule)),
  sharp: (iterations, constants, schedule) => sharpMomentumBound(boundOf(iterations, constants, schedule)),
  // Every step moves every coordinate by −γ, 0 or γ, as those of signProx do.
  cap: theorem2.cap!,
};

/** Without noise α = 1, and on a slope of 1 all of the bound is Δ/(γT) and γ‖L‖₁. */
const slope: BoundInstance = {
  name: 'Huber d from far away, no noise',
  problem: { smooth: { type: 'huber', weight: 1, threshold: 1 }, functions: [{ type: 'zero' }], probabilities: [1] },
  start: [9],
};

/** Problems with little noise and with much, and one without. */
export const momentumInstances: readonly BoundInstance[] = [...theorem1Instances, severalHubers, slope];

export const claim = boundClaim({
  id: 'sign-prox-momentum',
  version: 1,
  theorem: signProxMomentum,
  instances: momentumInstances,
  iterations: { quick: [1, 4, 8], standard: [1, 4, 8], deep: [1, 4, 8, 10] },
  engine: 'paths',
  referenceOnly: true,
  method:
    'all sequences of draws in doubles with measured rounding, m beside the iterate, against the sharper bound too',
});
