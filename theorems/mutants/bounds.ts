import {
  type ClaimMutant,
  exactEngines,
  faster,
  sharper,
  times,
  timesNoise,
  violated,
  withBatch,
  withoutGap,
  withoutNoise,
} from '../../src/library/testing.js';
import type { ExactEngineName, ExactRequest } from '../../src/library/theorems.js';
import { assumption1aAttainedClaim } from '../assumptions/assumption-remarks.js';
import { enginesAgreeClaim } from '../engines/engines-agree.js';
import { ofFamily, ofTheorem, onOne } from '../shared/changed-theorems.js';
import { matchedQuadratics, theorem2Instances } from '../shared/instances.js';
import type { RationalClaim } from '../shared/rational-claim.js';
import { written } from '../shared/written.js';
import {
  corollaryFixedObjectiveClaim,
  fixedObjective1,
  fixedObjective2,
  ofInstance,
  theorem1FixedObjectiveClaim,
  theorem2FixedObjectiveClaim,
} from '../theorem-1/fixed-objective.js';
import {
  theorem1Claim,
  theorem1ControlsClaim,
  theorem1ExactClaim,
  theorem1MomentsClaim,
} from '../theorem-1/theorem-1.js';
import {
  theorem1GeneralStepClaim,
  theorem1SharpClaim,
  theorem1SharpLastIterateClaim,
  theorem1SharpTightClaim,
} from '../theorem-1/theorem-1-sharp.js';
import { theorem2CoupledStepClaim } from '../theorem-2/coupled-step.js';
import { meanAbsoluteDeviationClaim, theorem2NoiseCoefficientClaim } from '../theorem-2/noise-coefficient.js';
import { theorem2SignConventionsClaim } from '../theorem-2/sign-conventions.js';
import {
  rareEventsOnLattice,
  theorem2Claim,
  theorem2ControlsClaim,
  theorem2ExactClaim,
  theorem2LatticeClaim,
} from '../theorem-2/theorem-2.js';
import { claim as coupled } from '../theorem-2/theorem-2-coupled.js';
import { claim as evaluations } from '../theorem-2/theorem-2-evaluations.js';
import {
  theorem2EvenBatchClaim,
  theorem2GeneralStepClaim,
  theorem2SharpClaim,
  theorem2SharpTightClaim,
} from '../theorem-2/theorem-2-sharp.js';
import { theorem2SimpleClaim, theorem2SimpleTightClaim } from '../theorem-2/theorem-2-simple.js';

// Wrong bounds of the theorems that Monte Carlo checks, on instances of theirs and at T that show them.

/** Near the minimiser, where most of the left side is noise. */
const nearMinimiser = { ...matchedQuadratics, start: [0.25] };
const matched2 = theorem2Instances.at(-1)!;

export const boundMutants: readonly ClaimMutant[] = [
  ...violated(theorem1Claim, {
    '1/T in place of 1/√T': onOne(faster, matchedQuadratics, 16),
    'no 2LΔ': onOne(withoutGap, matchedQuadratics, 16),
    'no 3σ²': onOne(withoutNoise, nearMinimiser, 16),
    'a third of the bound': onOne(times(1 / 3), matchedQuadratics, 16),
  }),
  ...violated(theorem1SharpClaim, {
    '1/T in place of 1/√T': onOne(faster, matchedQuadratics, 16),
    'no LΔ': onOne(withoutGap, matchedQuadratics, 16),
    'no (1 − 1/T)σ²': onOne(withoutNoise, nearMinimiser, 16),
  }),
  ...violated(theorem1GeneralStepClaim, {
    'no 1/(1 − γL/2) at γ = 1.5/L': ({ theorem, schedules, instances }) => ({
      theorem: {
        ...theorem,
        bound: (iterations, constants, schedule) =>
          (1 - (schedule.step * constants.lipschitz!) / 2) * theorem.bound(iterations, constants, schedule),
      },
      schedules: schedules!.slice(1, 2),
      instances: instances.slice(0, 1),
    }),
    'no γLσ²/B at γ = 1.5/(L√T)': ({ theorem, schedules, instances }) => ({
      theorem: withoutNoise(theorem),
      schedules: schedules!.slice(2),
      instances: instances.slice(0, 1),
    }),
  }),
  ...violated(theorem2Claim, {
    '1/T in place of 1/√T': onOne(faster, matched2, 256),
    'a sixth of the bound': onOne(times(1 / 6), matched2, 16),
  }),
  ...violated(theorem2SharpClaim, {
    '1/T in place of 1/√T': onOne(faster, matched2, 16),
    'no ‖L‖₁Δ': onOne(withoutGap, matched2, 16),
  }),
  ...violated(theorem2SimpleClaim, {
    '1/T in place of 1/√T': onOne(faster, matched2, 16),
    'no 2‖L‖₁Δ': onOne(withoutGap, matched2, 16),
    'no ‖σ‖₁': onOne(withoutNoise, rareEventsOnLattice, 64),
  }),
  ...violated(theorem2GeneralStepClaim, {
    'no Δ/(γT)': ({ theorem, schedules, instances }) => ({
      theorem: withoutGap(theorem),
      schedules: schedules!.slice(1),
      instances: instances.slice(0, 1),
    }),
  }),
  ...violated(coupled, {
    '1/T in place of 1/√T': (data) => onOne(faster, data.instances[0]!, 16)(data),
    'no ‖L‖₁Δ': (data) => onOne(withoutGap, data.instances[0]!, 16)(data),
  }),
  ...violated(assumption1aAttainedClaim, {
    '1/T in place of 1/√T': ({ theorems }) => ({ theorems: theorems.map(faster) }),
    'no f(x⁰) − f*': ({ theorems }) => ({ theorems: theorems.map(withoutGap) }),
  }),
  ...violated(theorem1FixedObjectiveClaim, {
    '1/T in place of 1/√T': ({ theorem }) => ({ theorem: faster(theorem), instances: [matchedQuadratics] }),
    'σ₀ of d + Σθ_kr_k too small': () => ({
      theorem: fixedObjective1((own) => {
        const { sigma, gap, ...rest } = ofInstance(own);
        return { ...rest, sigma: sigma / 4, gap: gap / 4 };
      }),
      instances: [matchedQuadratics],
    }),
  }),
  ...violated(theorem2FixedObjectiveClaim, {
    'Δ̄ forgotten': () => ({
      theorem: fixedObjective2((own) => ({ ...ofInstance(own), gap: 0 })),
      instances: [matched2],
    }),
  }),
  ...violated(theorem1ControlsClaim, {
    'a control with the step of the theorem': ({ theorem, planted: [first] }) => ({
      planted: [{ ...first!, theorem, iterations: [16] }],
    }),
  }),
  ...violated(theorem2ControlsClaim, {
    'a control with the σ of the theorem': ({ theorem, planted }) => ({ planted: [{ ...planted.at(-1)!, theorem }] }),
  }),
];

// Wrong bounds, engines and instances of the claims whose left sides have no sampling error.

/** The theorem with other formulas. */
const stated =
  (changed: Readonly<Partial<Record<'bound' | 'sharp', string>>>) =>
  ({ theorem }: RationalClaim): Partial<RationalClaim> => ({ theorem: written({ ...theorem, ...changed }) });

export const exactMutants: readonly ClaimMutant[] = [
  ...violated(theorem1ExactClaim, {
    'no 3σ²': stated({ bound: '2LΔ/√T' }),
    '2LΔ → LΔ/2': stated({ bound: '(LΔ/2 + 3σ²)/√T' }),
    '1♯: √T in place of √T − ½': stated({ sharp: '(LΔ + (1 − 1/T)σ²)/√T' }),
    '1♯: no (1 − 1/T)σ²': stated({ sharp: 'LΔ/(√T − ½)' }),
  }),
  ...violated(theorem1MomentsClaim, {
    'a third of the bound': ofTheorem(times(1 / 3)),
    '1♯: half of the noise': ofTheorem(sharper(timesNoise(Math.SQRT1_2))),
    '1♯: no LΔ': ofTheorem(sharper(withoutGap)),
  }),
  ...violated(theorem2ExactClaim, {
    'no ‖L‖₁Δ': stated({ bound: '(‖σ‖₁ + 1)/√T' }),
    '2♯: no ¼': stated({ sharp: 'Δ/(γT) + (1 − 1/T)‖σ‖₁/√B' }),
    '2♯: no ‖L‖₁Δ': stated({ sharp: 'γ‖L‖₁ + (1 − 1/T)sum_i((1 + 0.3γL_i)σ_i)/√B' }),
    '2♯: no noise': stated({ sharp: 'Δ/(γT) + γ‖L‖₁' }),
  }),
  ...violated(theorem2LatticeClaim, {
    'no ‖σ‖₁': ({ theorem }) => ({ theorem: withoutNoise(theorem), instances: [rareEventsOnLattice] }),
    '2♯: no ‖L‖₁Δ': ofTheorem(sharper(withoutGap)),
    '2♯: no noise': ofTheorem(sharper(withoutNoise)),
  }),
  ...violated(theorem2EvenBatchClaim, { 'no ‖L‖₁Δ': ofTheorem(withoutGap) }),
  ...violated(theorem2SignConventionsClaim, {
    '2♯: no ‖L‖₁Δ': ofTheorem(sharper(withoutGap)),
    '2♯: half of the bound': ofTheorem(sharper(times(1 / 2))),
    'an eighth of the bound': ofTheorem(times(1 / 8)),
  }),
  ...violated(theorem2SignConventionsClaim, { '2♯: no noise': ofTheorem(sharper(withoutNoise)) }, 'standard'),
  ...violated(evaluations, {
    'B = 1 in Theorem 2': ({ second }) => ({
      second: withBatch(1)(second),
    }),
    'γ = 1/(4L) in Theorem 1': ({ first }) => ({
      first: { ...first, schedule: (_T, { lipschitz }) => ({ miniBatch: 1, step: 1 / (4 * lipschitz!) }) },
    }),
  }),
  ...violated(theorem1SharpTightClaim, {
    '0.95 of the bound': ofFamily(0, times(0.95)),
    '1.02 of the bound, which is not attained': ofFamily(0, times(1.02)),
    'the closed form of another bound': ofFamily(1, times(1.02)),
    'Theorem 1 with 2.02LΔ': ofFamily(4, times(1.01)),
  }),
  ...violated(theorem2SharpTightClaim, {
    'no Δ/(γT)': ofFamily(0, withoutGap),
    '1.01 of the bound': ofFamily(1, times(1.01)),
    'no σ, B = 1': ofFamily(2, withoutNoise),
    'no σ, B = T': ofFamily(3, withoutNoise),
    'Theorem 2 with 1.01 of its bound': ofFamily(4, times(1.01)),
  }),
  ...violated(theorem2SimpleTightClaim, {
    'no 2‖L‖₁Δ': ofFamily(0, withoutGap),
    '1.01 of the bound': ofFamily(1, times(1.01)),
    '0.95 of the bound': ofFamily(1, times(0.95)),
    'no ‖σ‖₁': ofFamily(2, withoutNoise),
  }),
  ...violated(enginesAgreeClaim, {
    'an enumeration that stops one iteration early': ({ comparisons, exactAnswers }) => ({
      comparisons: comparisons.slice(2, 3),
      exactAnswers: (request: ExactRequest, wanted?: readonly ExactEngineName[]) =>
        exactAnswers(request, wanted).map((answer) => {
          const early = exactEngines[answer.engine]({ ...request, iterations: request.iterations - 1 });
          return answer.engine === 'enumeration' && !('inapplicable' in early) ? early : answer;
        }),
    }),
    'paths that stop one iteration early': ({ comparisons, exactAnswers }) => ({
      comparisons: comparisons.slice(0, 1),
      exactAnswers: (request: ExactRequest, wanted?: readonly ExactEngineName[]) =>
        exactAnswers(request, wanted).map((answer) => {
          const early = exactEngines[answer.engine]({ ...request, iterations: request.iterations - 1 });
          return answer.engine === 'paths' && !('inapplicable' in early) ? early : answer;
        }),
    }),
    'Monte Carlo of another summand': ({ comparisons: [first] }) => {
      // Replicates are those of the theorem of this name.
      const { id, module = '' } = fixedObjective1();
      return { comparisons: [{ ...first!, theorem: { ...first!.theorem, id, module } }] };
    },
  }),
];

const less = 1 - 2 ** -40;

/** Wrong constants in the lines that the sharpened theorems rest on. */
export const sharpenedMutants: readonly ClaimMutant[] = [
  ...violated(corollaryFixedObjectiveClaim, {
    'lower 2 → 7/4': () => ({ lower: 7 / 4 }),
    'upper 2 → 9/4': () => ({ upper: 9 / 4 }),
    'bias 1 → 1/2': () => ({ bias: 1 / 2 }),
  }),
  // Equality needs an r with a kink in its slope exactly at x̃: on generated instances only a larger change is seen.
  ...violated(theorem1SharpLastIterateClaim, { 'twice the gain': () => ({ gain: 2 }) }),
  ...violated(theorem2CoupledStepClaim, {
    'drift 1/2 → 7/16': () => ({ drift: 7 / 16 }),
    'coupling 1/2 → 7/16': () => ({ coupling: 7 / 16 }),
    'curvature 1 → 7/8': () => ({ curvature: 7 / 8 }),
  }),
  ...violated(meanAbsoluteDeviationClaim, {
    'two 27/16 less 2⁻⁴⁰': ({ two }) => ({ two: two * less }),
    'wrong 27/32 less 2⁻⁴⁰': ({ wrong }) => ({ wrong: wrong * less }),
    'shape 4 less 2⁻⁴⁰': ({ shape }) => ({ shape: shape * less }),
    // Attained only in the limit of many values.
    'close 108 → 109': ({ close }) => ({ close: close + 1 }),
  }),
  ...violated(theorem2NoiseCoefficientClaim, {
    '0.99 of the limit for large B': () => ({ limitOf: ({ name, limit }) => (name === 'B = 2' ? 1 : 0.99) * limit }),
    'B = 4 in place of 2': ({ series }) => ({ series: series.map((entry) => ({ ...entry, miniBatch: 4 })) }),
    '0.99 of the limit for B = 2': () => ({ limitOf: ({ name, limit }) => (name === 'B = 2' ? 0.99 : 1) * limit }),
  }),
];
