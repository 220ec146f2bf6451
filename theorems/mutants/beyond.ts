import { scaledSign } from '../../src/library/algorithms.js';
import { rational } from '../../src/library/exact.js';
import {
  type ClaimMutant,
  faster,
  inconclusive,
  sharper,
  silent,
  type TheoremChange,
  times,
  violated,
  withBatch,
  withoutGap,
  withoutNoise,
  withStep,
} from '../../src/library/testing.js';
import type { BoundInstance, OwnAlgorithm, Theorem } from '../../src/library/theorems.js';
import { convexSpgmClaim, convexSpgmTheorem, convexSpgmTightClaim } from '../beyond/convex/convex-spgm.js';
import {
  atMaximum,
  climbing,
  convexSameConstantsClaim,
  counterexampleConvexDClaim,
  counterexampleConvexSignProxClaim,
} from '../beyond/convex/counterexamples.js';
import {
  convexFixedObjectiveClaim,
  convexFixedObjectiveStepClaim,
  convexFixedObjectiveTightClaim,
} from '../beyond/convex/fixed-objective.js';
import { convexOneBitClaim, convexOneBitStepClaim } from '../beyond/convex/one-bit.js';
import { smoothedMappingClaim } from '../beyond/envelope/smoothed-mapping.js';
import { smoothedSignProxClaim, smoothedSignProxTightClaim } from '../beyond/envelope/smoothed-sign-prox.js';
import { smoothedLowerBoundClaim } from '../beyond/envelope/smoothed-sign-prox-lower-bound.js';
import {
  diagonal,
  errorFeedback,
  errorFeedbackClaim,
  errorFeedbackControlsClaim,
  errorFeedbackTightClaim,
  fromAxis,
  withoutErrorFeedback,
} from '../beyond/error-feedback/error-feedback.js';
import { theorem1GrowingClaim, theorem2GrowingClaim } from '../beyond/growing-noise/growing-noise.js';
import { signProxMarginClaim, signProxMarginLatticeClaim } from '../beyond/margins/margin.js';
import {
  type SparseNoise,
  sparseInstances,
  sparseNoiseClaim,
  sparseNoiseTheorem,
  sparseNoiseTightClaim,
} from '../beyond/margins/sparse-noise.js';
import { sparseNoiseMarginClaim, sparseNoiseSizeClaim } from '../beyond/margins/sparse-noise-lines.js';
import {
  signProxMomentumClaim,
  signProxMomentumControlsClaim,
  signProxMomentumGeneralStepClaim,
  signProxMomentumSingleDrawsClaim,
} from '../beyond/momentum/sign-prox-momentum.js';
import { claim as steps } from '../beyond/schedules/optimal-steps.js';
import {
  alternation,
  byNoise,
  crests,
  plateau,
  signProxLowerBoundClaim,
} from '../beyond/schedules/sign-prox-lower-bound.js';
import {
  noiseless,
  type OptimalStepFactors,
  theorem1AtBestStep,
  theorem1OptimalStepClaim,
  theorem1OptimalStepMinimaxClaim,
  theorem1OptimalStepTightClaim,
} from '../beyond/schedules/theorem-1-optimal-step.js';
import {
  farStart,
  strongNoise,
  theorem2AtBestStep,
  theorem2OptimalStepClaim,
} from '../beyond/schedules/theorem-2-optimal-step.js';
import { theorem2WithProbabilityClaim, withProbabilityLinesClaim } from '../beyond/tails/sign-prox-with-probability.js';
import {
  counterexampleHighProbabilityClaim,
  logarithmic,
  markovTailClaim,
  rareEvent,
  signProxTailClaim,
} from '../beyond/tails/tails.js';
import { majorityVoteMarginClaim } from '../beyond/unimodal/majority-vote-margin.js';
import { unimodalMarginClaim } from '../beyond/unimodal/unimodal-margin.js';
import { unimodalNoiseNormClaim, unimodalNoiseRateClaim } from '../beyond/unimodal/unimodal-noise.js';
import {
  byRoot,
  counterexampleUnimodalityClaim,
  underTwoPoints,
  unimodalNoiseTightClaim,
  unimodalVoteTightClaim,
} from '../beyond/unimodal/unimodal-vote.js';
import { byVote, counterexampleDifferentObjectivesClaim } from '../majority-vote/different-objectives.js';
import { majorityVoteEvenBatchClaim } from '../majority-vote/even-batch.js';
import {
  counterexampleNoiselessInvertersClaim,
  majorityVoteInvertersClaim,
  withInverters,
  wrongOfOneLaw,
} from '../majority-vote/inverters.js';
import { bimodal } from '../shared/additive-run.js';
import { kinked, ofFamily, ofTheorem, onOne } from '../shared/changed-theorems.js';
import { matchedQuadratics } from '../shared/instances.js';
import { theorem2 } from '../theorem-2/theorem-2.js';

const factors = (changed: Partial<OptimalStepFactors>) => () => ({
  theorem: theorem1AtBestStep({ gap: 2, noise: 2, ...changed }),
  instances: [matchedQuadratics, noiseless],
});

const signFactors = (changed: Partial<OptimalStepFactors>) => () => ({
  theorem: theorem2AtBestStep({ gap: 2, noise: 1, ...changed }),
  instances: [farStart, strongNoise],
});

/** Wrong constants of the best steps, and steps that are not the best ones. */
export const scheduleMutants: readonly ClaimMutant[] = [
  ...violated(steps, {
    'the value 15/8 A/a': () => ({ value: 15 / 8 }),
    '√(A² + 7/2 As²)': () => ({ root: 7 / 2 }),
    '2A + (7/4)s√A': () => ({ simple: 7 / 4 }),
    '15/8 √(‖L‖₁Δ/T)': () => ({ sign: 15 / 8 }),
    '√7 in place of 2√2': () => ({ draws: 7 }),
  }),
  ...violated(theorem1OptimalStepClaim, {
    '(7/4)σ√(LΔ/T)': factors({ noise: 7 / 4, gap: 0 }),
    '(15/8)LΔ/T': factors({ gap: 15 / 8 }),
    'the step 1/L': ofTheorem(withStep(1 / 2)),
  }),
  ...violated(theorem1OptimalStepTightClaim, {
    '0.96 of the bound': ofFamily(0, times(0.96)),
    '0.93 of the bound, σ = 4': ofFamily(1, times(0.93)),
    'all but 2⁻¹⁹ of the bound without noise': ofFamily(2, times(1 - 2 ** -19)),
    '1.01 of the bound': ofFamily(0, times(1.01)),
  }),
  ...violated(theorem1OptimalStepMinimaxClaim, {
    '0.98 of the bound': () => ({ bound: 0.98 }),
    '1.02 of the bound': () => ({ bound: 1.02 }),
    'a start with half of Δ': () => ({ share: 1 / 2 }),
    '2.05 of the floor': () => ({ floor: 2.05 }),
  }),
  ...violated(theorem2OptimalStepClaim, {
    '1.4√(‖L‖₁Δ/T)': signFactors({ gap: 1.4 }),
    'half of the noise': signFactors({ noise: 1 / 2 }),
    'no ‖L‖₁Δ': signFactors({ gap: 0 }),
    'the step of the paper': ofTheorem((theorem) => ({ ...theorem, schedule: theorem2.schedule })),
    'the bound of B = T for any B': ({ theorem }) => ({
      theorem: { ...theorem, bound: (T, constants, own) => theorem.bound(T, constants, { ...own, miniBatch: T }) },
      instances: [strongNoise],
    }),
  }),
  ...violated(signProxLowerBoundClaim, {
    '0.65 in place of ½': () => ({ constant: 0.65 }),
    '1.01√(LΔ/(2T))': () => ({ quiet: 1.01 }),
    '0.49σ/√B': () => ({ rare: 0.49 }),
    '1.4√(LΔ)': () => ({ strong: 1.4 }),
    'no plateau for short steps': () => ({ withoutNoise: [alternation, crests] }),
    'no alternation for longer steps': () => ({ withoutNoise: [plateau, crests] }),
    'no crests for the longest steps': () => ({ withoutNoise: [plateau, alternation] }),
    'without noise the shares of Δ of the noise': () => ({ quietShares: byNoise }),
  }),
];

/** One instance, with the theorem changed. */
const changedNoise =
  (name: keyof typeof sparseInstances, theoremOf: (noise: SparseNoise) => ReturnType<TheoremChange>) => () => ({
    theoremOf,
    instances: { [name]: sparseInstances[name] },
  });

const factor =
  (change: Partial<(typeof theorem1GrowingClaim)['data']['factors']>) =>
  ({ factors }: (typeof theorem1GrowingClaim)['data']) => ({ factors: { ...factors, ...change } });

/** Wrong constants in the lines and bounds that rest on margins, and noise of another kind. */
export const marginMutants: readonly ClaimMutant[] = [
  ...violated(theorem1GrowingClaim, {
    'no σ': factor({ noise: 0 }),
    'half of Δ/(γT)': factor({ gap: 1 / 2 }),
    '1.1 of the bound, to which nothing comes': factor({ gap: 1.1, noise: 1.1 }),
  }),
  ...violated(markovTailClaim, {
    'a twelfth of b/δ': () => ({ share: 1 / 12 }),
    'a twentieth of what Markov’s inequality allows': () => ({ certain: 1 / 20 }),
  }),
  ...violated(signProxTailClaim, { 'twice the mean': () => ({ most: 2 }), 'no tail at all': () => ({ most: 1 }) }),
  ...violated(theorem2WithProbabilityClaim, {
    'A less a tenth': () => ({ mean: 0.9 }),
    'the bound of the mean for every run': () => ({ deviation: 0 }),
  }),
  ...violated(withProbabilityLinesClaim, {
    'no γL_i in ∇f': () => ({ stretch: 0 }),
    '1.9 in place of 2 in the change of G': () => ({ change: 1.9 }),
    'half of γ²‖L‖₁': () => ({ curvature: 0.5 }),
    'half of a² in λ': () => ({ range: 0.5 }),
  }),
  ...inconclusive(counterexampleHighProbabilityClaim, {
    'an event in every run': () => ({ compare: () => [rareEvent(8n, 1n, logarithmic)] }),
  }),
  ...violated(theorem2GrowingClaim, {
    'half of Δ/(γT)': factor({ gap: 1 / 2 }),
    'no σ': factor({ noise: 0 }),
    'no c': factor({ growth: 0 }),
    'half of c': factor({ growth: 1 / 2 }),
  }),
  ...violated(signProxMarginClaim, {
    '9/8 of every margin': ({ constants }) => ({ constants: { ...constants, margin: 9 / 8 } }),
    'half of γ²‖L‖₁': ({ constants }) => ({ constants: { ...constants, curvature: 1 / 2 } }),
  }),
  ...violated(signProxMarginLatticeClaim, {
    '0.98 of the bound': () => ({ scale: 0.98 }),
    '1.05 of the bound, to which nothing comes': () => ({ scale: 1.05 }),
  }),
  ...violated(sparseNoiseMarginClaim, {
    'ϱ → 7/8 ϱ': () => ({ symmetric: 7 / 8 }),
    '2ϱ → 7/4 ϱ without symmetry': () => ({ any: 7 / 4 }),
  }),
  ...violated(sparseNoiseClaim, {
    'no 1 − ϱ': changedNoise('far', (noise) => sparseNoiseTheorem(noise, 1)),
    '1 − ϱ without symmetry': changedNoise('skewed', (noise) => sparseNoiseTheorem(noise, 47 / 64)),
    'B = 16 with the ϱ of one draw': changedNoise('far', (noise) => withBatch(16)(sparseNoiseTheorem(noise))),
    'no Δ/(γT)': changedNoise('cosine', (own) => withoutGap(sparseNoiseTheorem(own))),
    'a third of γ‖L‖₁': changedNoise('fromMinimiser', (own) => times(1 / 3)(sparseNoiseTheorem(own))),
    '3/4 of γ‖L‖₁': changedNoise('matched', (own) => times(3 / 4)(sparseNoiseTheorem(own))),
  }),
  ...violated(sparseNoiseTightClaim, {
    '0.97 of the bound': ofFamily(0, times(0.97)),
    '1 − ϱ → 0.51 for ϱ = 1/2': ofFamily(1, times(0.5 / 0.515)),
    'no Δ/(γT)': ofFamily(2, withoutGap),
  }),
  ...violated(sparseNoiseSizeClaim, {
    'noise four times as often': () => ({ rarity: 1 / 2 }),
    'a bound of 0.8 times Δ/(γT) + γL': () => ({ margin: 5 / 4 }),
    'eight times what SPGM comes to at least': () => ({ growth: 8 }),
  }),
];

/** Wrong constants of what unimodal noise leaves of a sign, and noise that is not unimodal. */
export const unimodalMutants: readonly ClaimMutant[] = [
  ...violated(unimodalMarginClaim, {
    '3 → 23/8 of |G|/√(3v)': () => ({ three: 23 / 8 }),
    '2/3 → 1': () => ({ far: 1 }),
    'of a vote, 2/3 → 9/10': () => ({ farOfVote: 9 / 10 }),
    'of a vote, 3 → 1 of |G|/√(3v)': () => ({ threeOfVote: 1 }),
    'φ_M more by 2⁻⁴⁰ of it': () => ({ margin: 1 + 2 ** -40 }),
  }),
  ...violated(unimodalNoiseTightClaim, {
    '0.97 of the bound': () => ({ scale: 0.97 }),
    '1.1 of the bound, which is not attained': () => ({ scale: 1.1 }),
    '3 → 14/5 of |G|/√(3v)': () => ({ three: 14 / 5, far: 1 }),
    '2/3 → 5/8, which is not attained': () => ({ far: 5 / 8 }),
  }),
  ...violated(majorityVoteMarginClaim, {
    'the integral less 2⁻⁴⁰ of it': ({ constants }) => ({ constants: { ...constants, leading: 1 - 2 ** -40 } }),
    '1.05 of (2/π)M': ({ constants }) => ({ constants: { ...constants, wallis: 1.05 } }),
    '0.6827 in place of 0.6826': ({ constants }) => ({ constants: { ...constants, least: 0.6827 } }),
    '2/3 → 7/10': ({ constants }) => ({ constants: { ...constants, far: 7 / 10 } }),
    '1.05 of 2Φ(√M δ) − 1, squared': ({ constants }) => ({ constants: { ...constants, normal: 1.05 } }),
    '0.589 → 0.588': ({ constants }) => ({ constants: { ...constants, unimodal: 0.588 } }),
    '1.04 → 1.03': ({ constants }) => ({ constants: { ...constants, even: 1.03 } }),
    '0.1699 in place of 0.17': ({ constants }) => ({ constants: { ...constants, peak: 0.1699 } }),
    '15/8 of the middle of a chord': ({ constants }) => ({ constants: { ...constants, chord: 15 / 8 } }),
  }),
  ...violated(unimodalVoteTightClaim, {
    '0.97 of the bound': () => ({ scale: 0.97 }),
    '1.05 of the bound, which is not attained': () => ({ scale: 1.05 }),
    '3/2 → 7/5': ({ families: [, byRoots] }) => ({
      families: [{ ...byRoots!, form: { ...byRoot, factor: 7 / 5 } }],
    }),
  }),
  ...violated(unimodalNoiseNormClaim, {
    '7/8 of h': () => ({ first: 7 / 8 }),
    '7/8 of √(3v)/φ_M′(0)': () => ({ second: 7 / 8 }),
  }),
  ...violated(unimodalNoiseRateClaim, {
    'no X beside the noise': ({ constants }) => ({ constants: { ...constants, first: 0 } }),
    'no √(√3‖σ‖₁X)': ({ constants }) => ({ constants: { ...constants, three: 0 } }),
    'noise ±√v, which is not unimodal': () => ({ noises: [bimodal] }),
  }),
  ...inconclusive(counterexampleUnimodalityClaim, {
    'so few iterations that the bounds are not small': () => ({ compare: () => underTwoPoints(4) }),
  }),
  ...violated(majorityVoteInvertersClaim, {
    'q ≤ 7/16': () => ({ half: 7 / 16 }),
    '7/16 of V': () => ({ cantelli: 7 / 16 }),
    'a quarter of √3/((1 − 2α)√M)': () => ({ coefficient: 1 / 16 }),
  }),
  ...inconclusive(counterexampleNoiselessInvertersClaim, {
    'inverters of the law of all others': () => ({ compare: () => [withInverters(wrongOfOneLaw, 1024)] }),
  }),
  ...inconclusive(counterexampleDifferentObjectivesClaim, {
    'one objective': () => ({ compare: () => [byVote({ centers: [1n, 1n, 1n], start: rational(0n) }, 8n)] }),
  }),
  ...violated(majorityVoteEvenBatchClaim, {
    '0.97 of E_M': ({ constants }) => ({ constants: { ...constants, coefficient: 0.97 } }),
    '1.04 → 0.85': ({ constants }) => ({ constants: { ...constants, simple: 0.85 } }),
    '1.05 of E_M, to which no law comes': ({ constants }) => ({ constants: { ...constants, coefficient: 1.05 } }),
  }),
];

/** Wrong constants in what is said of momentum. */
export const momentumMutants: readonly ClaimMutant[] = [
  ...violated(signProxMomentumClaim, {
    'a third of the bound': onOne(times(1 / 3), 4, 4),
    '0.4 of the sharpened bound': onOne(sharper(times(0.4)), 4, 4),
    'no Δ': onOne(withoutGap, 6, 8),
  }),
  ...silent(signProxMomentumClaim, { 'a kink': onOne((own) => own, kinked, 4) }),
  ...violated(signProxMomentumGeneralStepClaim, {
    'a quarter of the bound': onOne(times(1 / 4), 4, 4),
    '0.4 of the sharpened bound': onOne(sharper(times(0.4)), 4, 4),
  }),
  ...violated(signProxMomentumSingleDrawsClaim, {
    'T^{−3/4} in place of T^{−1/4}': onOne(faster, 0, 1000),
    'a fifth of the bound': onOne(times(1 / 5), 0, 1000),
  }),
  ...violated(signProxMomentumControlsClaim, {
    // The last one is without memory, which has an exact engine.
    'a control within the hypotheses': ({ theorem: own, planted: [first, last] }) => ({
      planted: [{ ...first!, instance: last!.instance, theorem: own }],
    }),
  }),
];

/** Wrong constants in what is said of envelopes, and proxes of a wrong step. */
export const envelopeMutants: readonly ClaimMutant[] = [
  ...violated(smoothedMappingClaim, {
    'x̂ is the prox with the step γ': () => ({ smoothing: 0 }),
    '7/16 of μM² and of (γ + μ)M²': () => ({ growth: 7 / 16 }),
    '7/8 of (γ + μ)M': () => ({ inner: 7 / 8 }),
    '(γ + μ)M in place of (2γ + μ)M': () => ({ outer: 1 }),
    '7/16 of γ²(L + 1/μ)': () => ({ descent: 7 / 16 }),
    '7/8 of γ/μ': () => ({ steeper: 7 / 8 }),
    '7/8 of M²': () => ({ noise: 7 / 8 }),
  }),
  ...violated(smoothedSignProxClaim, {
    '0.45 of the bound': ofFamily(7, times(0.45)),
    '0.9 of the sharpened bound': ofFamily(1, sharper(times(0.9))),
    '1/√T in place of the rate': ofFamily(7, faster),
  }),
  ...violated(smoothedSignProxTightClaim, {
    '0.95 of the bound': ofFamily(2, times(0.95)),
    '0.87 of the bound, by 1/μ': ofFamily(1, times(0.87)),
    '1.05 of the bound, which is not attained': ofFamily(1, times(1.05)),
  }),
  ...violated(smoothedLowerBoundClaim, {
    '3/4 of T^(−1/3)': () => ({ constant: 3 / 4 }),
    '9/16 of γ/(γ + μ)': () => ({ resting: 9 / 16 }),
    '5/4 of (1 − γ − μ/2)/(γT)': () => ({ walking: 5 / 4 }),
  }),
];

/** Wrong constants of the theorems for convex d, and examples that are none. */
export const convexMutants: readonly ClaimMutant[] = [
  ...violated(convexSpgmClaim, {
    'no R²': () => ({ theoremOf: (known) => convexSpgmTheorem({ ...known, distance: 0 }) }),
    'a third of R²': () => ({
      theoremOf: (known) => convexSpgmTheorem({ ...known, distance: known.distance / 3 ** 0.5 }),
    }),
    'γσ²/2 less a hundredth': ({ theoremOf, instances: { fromMinimiser } }) => ({
      theoremOf: (known) => times(0.99)(theoremOf(known)),
      instances: { fromMinimiser: fromMinimiser! },
    }),
  }),
  ...violated(convexSpgmTightClaim, {
    'a bound that is less by 2⁻³⁰ of it': () => ({ scale: 1 - 2 ** -30 }),
    'a bound that is more by 2⁻³⁰ of it': () => ({ scale: 1 + 2 ** -30 }),
  }),
  ...violated(convexFixedObjectiveStepClaim, {
    '9/8 of γV': () => ({ gain: 9 / 8 }),
    '7/8 of γ²V Var h_k': () => ({ loss: 7 / 8 }),
    '3/8 of γ²L‖G‖²': () => ({ curvature: 3 / 8 }),
  }),
  // In at most four iterations the slope comes to 3/4 of its term and the noise to 7/16.
  ...violated(convexFixedObjectiveClaim, {
    '5/8 of R²/(2γT)': () => ({ distance: 5 / 16 }),
    '3/8 of γσ₀²/(4 − 2/B)': () => ({ noise: 3 / 8 }),
  }),
  ...violated(convexFixedObjectiveTightClaim, {
    '0.85 of the bound': () => ({ scale: 0.85 }),
    '1.02 of the bound, which is not attained': () => ({ scale: 1.02 }),
  }),
  ...violated(convexSameConstantsClaim, {
    '0.98 of the bound of 1♯': ({ series: [family] }) => ({
      series: [{ ...family!, theorem: times(0.98)(family!.theorem) }],
    }),
    'a d that is not convex': ({ series }) => ({
      series: series.slice(2, 3).map((family) => ({
        ...family,
        instance: () => ({
          problem: { smooth: { type: 'cosine', weight: 1 }, functions: [{ type: 'zero' }], probabilities: [1] },
          start: [1],
        }),
      })),
    }),
  }),
  ...violated(convexOneBitStepClaim, {
    '7/8 of √(3v)': () => ({ spread: 7 / 8 }),
    '|G| in place of (3/2)|G|': () => ({ far: 1 }),
    '7/8 of γ²': () => ({ step: 7 / 8 }),
  }),
  ...violated(convexOneBitClaim, {
    'noise ±σ, which is not unimodal': () => ({ noises: [bimodal] }),
    '0.98 of the bound': () => ({ scale: 0.98 }),
    '1.02 of the bound, which is not attained': () => ({ scale: 1.02 }),
  }),
  ...inconclusive(counterexampleConvexDClaim, {
    'the gap of a start beside the minimiser': () => ({ compare: () => [atMaximum(16n, rational(1n, 8n))] }),
  }),
  ...inconclusive(counterexampleConvexSignProxClaim, {
    'a slope of four locks': () => ({ compare: () => [climbing(48, 4)] }),
    'few iterations': () => ({ compare: () => [climbing(16)] }),
  }),
];

/** One theorem on one instance by all paths. */
const pathsRow = (theorem: Theorem, instance: BoundInstance, T: number) => () => ({
  rows: [{ theorem, instance, paths: { quick: [T], standard: [T], deep: [T] } }],
});

/** What an iteration makes of γĜ(x), x and e. */
type Iterate = (
  scaled: Float64Array,
  x: Float64Array,
  error: Float64Array,
) => { readonly x: Float64Array; readonly state: Float64Array };

/** The theorem for another iteration. */
function iterating(next: Iterate): Theorem {
  const algorithm: OwnAlgorithm<Float64Array> = {
    name: 'another error feedback',
    start: (x0) => new Float64Array(x0.length),
    iterate({ problem, step: gamma, x, state, batch }) {
      const mapping = problem.stochasticGradientMapping(batch, x, new Float64Array(x.length));
      return next(
        mapping.map((entry) => gamma * entry),
        x,
        state,
      );
    },
  };
  return { ...errorFeedback, algorithm: algorithm as OwnAlgorithm };
}

const plus = (a: Float64Array, b: Float64Array): Float64Array => a.map((entry, i) => entry + b[i]!);
const minus = (a: Float64Array, b: Float64Array): Float64Array => a.map((entry, i) => entry - b[i]!);
const compress = (m: Float64Array): Float64Array => scaledSign(m, { convention: 'positive' });

const early = iterating((scaled, x) => {
  const error = minus(scaled, compress(scaled));
  return { x: minus(x, compress(plus(scaled, error))), state: error };
});

const unscaled = iterating((scaled, x, error) => {
  const m = plus(scaled, error);
  const sent = compress(m).map((entry) => m.length * entry);
  return { x: minus(x, sent), state: minus(m, sent) };
});

const subtracted = iterating((scaled, x, error) => {
  const m = minus(scaled, error);
  const sent = compress(m);
  return { x: minus(x, sent), state: minus(m, sent) };
});

/** Wrong constants and wrong iterations of signProx with error feedback. */
export const errorFeedbackMutants: readonly ClaimMutant[] = [
  ...violated(errorFeedbackClaim, {
    'no Δ': pathsRow(withoutGap(errorFeedback), fromAxis(4), 16),
    'no σ': pathsRow(withoutNoise(errorFeedback), { ...diagonal(4, 0), name: 'diagonal' }, 4),
    '0.85 of the bound': pathsRow(times(0.85)(errorFeedback), fromAxis(2), 1024),
    '1/T in place of 1/√T': pathsRow(faster(errorFeedback), fromAxis(4), 16),
    'e that is never read': pathsRow(withoutErrorFeedback, fromAxis(4), 64),
    'e that is written before it is read': pathsRow(early, fromAxis(4), 64),
    'e that is subtracted': pathsRow(subtracted, fromAxis(4), 64),
    '‖m‖₁ in place of ‖m‖₁/n': pathsRow(unscaled, fromAxis(4), 16),
  }),
  ...violated(errorFeedbackTightClaim, {
    '0.85 of the bound without noise': ofFamily(0, times(0.85)),
    '0.99 of the bound, all paths': ofFamily(1, times(0.99)),
    'no Δ on the diagonal': ofFamily(2, withoutGap),
    'no σ on the diagonal': ofFamily(3, withoutNoise),
  }),
  ...violated(errorFeedbackControlsClaim, {
    'a control that is true': ({ planted: [first] }) => ({
      planted: [{ ...first!, theorem: errorFeedback, iterations: [4] }],
    }),
  }),
];
