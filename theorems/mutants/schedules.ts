import type { TightSeries } from '../../src/claims/bounds/tight-series-claim.js';
import { type ClaimMutant, violated } from '../../src/claims/claim-mutant.js';
import { alternation, crests, plateau } from '../beyond/schedules/hard-instances.js';
import { claim as steps } from '../beyond/schedules/optimal-steps.js';
import { claim as lowerBound } from '../beyond/schedules/sign-prox-lower-bound.js';
import {
  noiseless,
  type OptimalStepFactors,
  claim as spgm,
  theorem1AtBestStep,
} from '../beyond/schedules/theorem-1-optimal-step.js';
import { claim as spgmControls } from '../beyond/schedules/theorem-1-optimal-step-controls.js';
import { claim as minimax } from '../beyond/schedules/theorem-1-optimal-step-minimax.js';
import { claim as spgmTight } from '../beyond/schedules/theorem-1-optimal-step-tight.js';
import {
  farStart,
  claim as signProx,
  strongNoise,
  theorem2AtBestStep,
  theorem2OptimalStep,
} from '../beyond/schedules/theorem-2-optimal-step.js';
import { claim as signProxControls } from '../beyond/schedules/theorem-2-optimal-step-controls.js';
import { type Change, ofTheorem, times, withStep } from '../shared/changed-theorems.js';
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

const family =
  (which: number, change: Change) =>
  ({ series }: { readonly series: readonly TightSeries[] }) => ({
    series: [{ ...series[which]!, theorem: change(series[which]!.theorem) }],
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
  ...violated(spgm, {
    '(7/4)σ√(LΔ/T)': factors({ noise: 7 / 4, gap: 0 }),
    '(15/8)LΔ/T': factors({ gap: 15 / 8 }),
    'the step 1/L': ofTheorem(withStep(1 / 2)),
  }),
  ...violated(spgmControls, {
    'controls within the theorem': ({ planted }) => ({
      planted: planted.map((error) => ({ ...error, theorem: theorem1AtBestStep({ gap: 2, noise: 2 }) })),
    }),
  }),
  ...violated(spgmTight, {
    '0.96 of the bound': family(0, times(0.96)),
    '0.93 of the bound, σ = 4': family(1, times(0.93)),
    'all but 2⁻¹⁹ of the bound without noise': family(2, times(1 - 2 ** -19)),
    '1.01 of the bound': family(0, times(1.01)),
  }),
  ...violated(minimax, {
    '0.98 of the bound': () => ({ bound: 0.98 }),
    '1.02 of the bound': () => ({ bound: 1.02 }),
    'a start with half of Δ': () => ({ share: 1 / 2 }),
    '2.05 of the floor': () => ({ floor: 2.05 }),
  }),
  ...violated(signProx, {
    '1.4√(‖L‖₁Δ/T)': signFactors({ gap: 1.4 }),
    'half of the noise': signFactors({ noise: 1 / 2 }),
    'no ‖L‖₁Δ': signFactors({ gap: 0 }),
    'the step of the paper': ofTheorem((theorem) => ({ ...theorem, schedule: theorem2.schedule })),
  }),
  ...violated(signProxControls, {
    'controls within the theorem': ({ planted }) => ({
      planted: planted.map((error) => ({ ...error, theorem: theorem2OptimalStep })),
    }),
  }),
  ...violated(lowerBound, {
    '0.65 in place of ½': () => ({ constant: 0.65 }),
    '1.01√(LΔ/(2T))': () => ({ quiet: 1.01 }),
    '0.49σ/√B': () => ({ rare: 0.49 }),
    '1.4√(LΔ)': () => ({ strong: 1.4 }),
    'no plateau for short steps': () => ({ withoutNoise: [alternation, crests] }),
    'no alternation for longer steps': () => ({ withoutNoise: [plateau, crests] }),
    'no crests for the longest steps': () => ({ withoutNoise: [plateau, alternation] }),
  }),
];
