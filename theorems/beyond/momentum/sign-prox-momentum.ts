import { signProxMomentumStep } from '../../../src/library/algorithms.js';
import {
  type BoundInstance,
  boundClaim,
  controlClaim,
  type GeneralSchedule,
  type OwnAlgorithm,
  type PlantedError,
  type Schedule,
  type Theorem,
  type TheoremConstants,
} from '../../../src/library/theorems.js';
import { severalHubers, slopes, theorem1Instances } from '../../shared/instances.js';
import type { SharpBound2 } from '../../shared/sharp-bounds.js';
import { theorem2 } from '../../theorem-2/theorem-2.js';

/** What the bound for momentum depends on. */
interface MomentumBound extends SharpBound2 {
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
const boundOf = (
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
  module: import.meta.url,
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

/** α = 1 is signProx, whose schedule has B = 1 here: signs follow the median of the noise. */
const counterexamples = [
  'without memory, α = 1, at the γ and against the bound for momentum: d = ½x², r₁ = −u (θ₁ = 4/5), r₂ = 4u, x⁰ = 1, B = 1: x stays near 1, the median of the noise, and the bound tends to 0 (sign-prox-momentum-controls)',
] as const;

/** Problems with little noise and with much, and one without. */
export const momentumInstances: readonly BoundInstance[] = [...theorem1Instances, severalHubers, slope];

export const signProxMomentumClaim = boundClaim({
  id: 'sign-prox-momentum',
  version: 1,
  theorem: signProxMomentum,
  machineChecked: { file: 'momentum', theorem: 'sign_prox_momentum' },
  instances: momentumInstances,
  iterations: { quick: [1, 4, 8], standard: [1, 4, 8], deep: [1, 4, 8, 10] },
  engine: 'paths',
  referenceOnly: true,
  method:
    'all sequences of draws in doubles with measured rounding, m beside the iterate, against the sharper bound too',
});

const schedules: readonly GeneralSchedule[] = [
  {
    name: 'α = ½, B = 2',
    schedule: ({ step }) => ({ step, miniBatch: 2, parameters: { newestWeight: 1 / 2 } }),
  },
  {
    name: 'half of γ, α = ¼',
    schedule: ({ step }) => ({ step: step / 2, miniBatch: 1, parameters: { newestWeight: 1 / 4 } }),
  },
  {
    name: 'three times γ, α = 1/16',
    schedule: ({ step }) => ({ step: 3 * step, miniBatch: 1, parameters: { newestWeight: 1 / 16 } }),
  },
];

/** The bound for momentum with steps, mini-batches and α that its schedule does not ask for: it holds for all of them. */
export const signProxMomentumGeneralStepClaim = boundClaim({
  id: 'sign-prox-momentum-general-step',
  version: 1,
  source: { section: 'beyond the paper', equation: 'signProx with momentum for any γ, α and B' },
  theorem: signProxMomentum,
  machineChecked: { file: 'momentum', theorem: 'sign_prox_momentum' },
  instances: momentumInstances,
  schedules,
  iterations: { quick: [4], standard: [2, 4, 5], deep: [2, 4, 5, 6, 7] },
  engine: 'paths',
  referenceOnly: true,
  counterexamples,
  method: 'all sequences of mini-batches in doubles with measured rounding, against the sharper bound too',
});

/** d = ½x² with noise −1 or +4 of mean 0, on which the signs of single draws take x to the median of the noise (`counterexample-mini-batch`). */
export const skewed: BoundInstance = {
  name: 'quadratic, noise −1 (4/5) or +4 (1/5)',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(-1, 4),
    probabilities: [0.8, 0.2],
  },
  start: [1],
};

/** Long runs of single draws, which no mini-batch that grows makes less noisy: with momentum the left side falls, without it |G| stays near 1 (`sign-prox-momentum-controls`). */
export const signProxMomentumSingleDrawsClaim = boundClaim({
  id: 'sign-prox-momentum-single-draws',
  version: 1,
  source: { section: 'beyond the paper', equation: 'signProx with momentum, single draws' },
  theorem: signProxMomentum,
  instances: [skewed],
  iterations: { quick: [1000], standard: [1000, 4096], deep: [1000, 10_000, 100_000] },
  referenceOnly: true,
  method:
    'two e-processes on the mean of independent runs with α and γ of the theorem, under noise whose median is not its mean',
});

const { cap: _, sharp: __, ...stated } = signProxMomentum;

/** The bound without what momentum leaves of the noise, at γ = 1/(4√T) and α = ½ whatever T is. */
const withoutSpread: Theorem = {
  ...stated,
  schedule: (iterations) => ({
    step: 1 / (4 * Math.sqrt(iterations)),
    miniBatch: 1,
    parameters: { newestWeight: 1 / 2 },
  }),
  bound: (iterations, constants, schedule) => momentumBound(boundOf(iterations, constants, schedule), 0),
};

/** Single draws without memory, at the step for momentum and against the bound for it. With α = 1 the signs are those of Ĝ: it is signProx, whose law is known exactly. */
const forgetful: Theorem = {
  ...stated,
  algorithm: 'sign-prox',
  schedule: (...given) => ({ ...stated.schedule(...given), parameters: { newestWeight: 1 } }),
  bound: (iterations, constants) => stated.bound(iterations, constants, stated.schedule(iterations, constants)),
};

const fromMinimiser = { ...skewed, start: [0] };

const planted: readonly PlantedError[] = [
  {
    name: 'no √v√(α/(2 − α)), α = ½, x⁰ = x*',
    theorem: withoutSpread,
    instance: fromMinimiser,
    iterations: [256],
  },
  {
    name: 'α = 1 at the step and against the bound for momentum',
    theorem: forgetful,
    instance: skewed,
    iterations: [4096],
    engine: 'lattice',
  },
];

/** Planted errors for momentum: without what it leaves of the noise the bound would tend to 0 at every α, and without memory signs follow the median of the noise. */
export const signProxMomentumControlsClaim = controlClaim({
  id: 'sign-prox-momentum-controls',
  version: 1,
  theorem: signProxMomentum,
  method: 'the same check without the noise that is left in m, and without m; every row must be violated',
  planted,
});
