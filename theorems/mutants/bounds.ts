import type { BoundClaim } from '../../src/claims/bounds/bound-claim.js';
import { type ClaimMutant, violated } from '../../src/claims/claim-mutant.js';
import { claim as attained } from '../assumptions/assumption-1a-attained.js';
import { type Change, faster, ofTheorem, times, withoutGap, withoutNoise } from '../shared/changed-theorems.js';
import { ofInstance } from '../shared/fixed-objective.js';
import { matchedQuadratics, theorem2Instances } from '../shared/instances.js';
import { claim as theorem1 } from '../theorem-1/theorem-1.js';
import { claim as controls1 } from '../theorem-1/theorem-1-controls.js';
import { claim as fixed1, fixedObjective1 } from '../theorem-1/theorem-1-fixed-objective.js';
import { claim as general1 } from '../theorem-1/theorem-1-general-step.js';
import { claim as sharp1 } from '../theorem-1/theorem-1-sharp.js';
import { claim as sharpSearch1 } from '../theorem-1/theorem-1-sharp-tightness-search.js';
import { claim as search1 } from '../theorem-1/theorem-1-tightness-search.js';
import { claim as theorem2 } from '../theorem-2/theorem-2.js';
import { claim as controls2 } from '../theorem-2/theorem-2-controls.js';
import { claim as coupled } from '../theorem-2/theorem-2-coupled.js';
import { claim as fixed2, fixedObjective2 } from '../theorem-2/theorem-2-fixed-objective.js';
import { claim as general2 } from '../theorem-2/theorem-2-general-step.js';
import { claim as sharp2 } from '../theorem-2/theorem-2-sharp.js';
import { claim as sharpSearch2 } from '../theorem-2/theorem-2-sharp-tightness-search.js';
import { claim as search2 } from '../theorem-2/theorem-2-tightness-search.js';

// Wrong bounds of the theorems that Monte Carlo checks, on instances of theirs and at T that show them.

/** A changed theorem on one instance for one T. */
const row =
  (change: Change, instance: BoundClaim['instances'][number], iterations: number) =>
  ({ theorem }: BoundClaim): Partial<BoundClaim> => ({
    theorem: change(theorem),
    instances: [instance],
    iterations: { quick: [iterations], standard: [iterations], deep: [iterations] },
  });

/** Near the minimiser, where most of the left side is noise. */
const nearMinimiser = { ...matchedQuadratics, start: [0.25] };
const matched2 = theorem2Instances.at(-1)!;

export const boundMutants: readonly ClaimMutant[] = [
  ...violated(theorem1, {
    '1/T in place of 1/√T': row(faster, matchedQuadratics, 16),
    'no 2LΔ': row(withoutGap, matchedQuadratics, 16),
    'no 3σ²': row(withoutNoise, nearMinimiser, 16),
    'a third of the bound': row(times(1 / 3), matchedQuadratics, 16),
  }),
  ...violated(sharp1, {
    '1/T in place of 1/√T': row(faster, matchedQuadratics, 16),
    'no LΔ': row(withoutGap, matchedQuadratics, 16),
    'no (1 − 1/T)σ²': row(withoutNoise, nearMinimiser, 16),
  }),
  ...violated(general1, {
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
  ...violated(theorem2, {
    '1/T in place of 1/√T': row(faster, matched2, 256),
    'a sixth of the bound': row(times(1 / 6), matched2, 16),
  }),
  ...violated(sharp2, {
    '1/T in place of 1/√T': row(faster, matched2, 16),
    'no ‖L‖₁Δ': row(withoutGap, matched2, 16),
  }),
  ...violated(general2, {
    'no Δ/(γT)': ({ theorem, schedules, instances }) => ({
      theorem: withoutGap(theorem),
      schedules: schedules!.slice(1),
      instances: instances.slice(0, 1),
    }),
  }),
  ...violated(coupled, {
    '1/T in place of 1/√T': (data) => row(faster, data.instances[0]!, 16)(data),
    'no ‖L‖₁Δ': (data) => row(withoutGap, data.instances[0]!, 16)(data),
  }),
  ...violated(attained, {
    '1/T in place of 1/√T': ({ theorems }) => ({ theorems: theorems.map(faster) }),
    'no f(x⁰) − f*': ({ theorems }) => ({ theorems: theorems.map(withoutGap) }),
  }),
  ...violated(fixed1, {
    '1/T in place of 1/√T': ({ theorem }) => ({ theorem: faster(theorem), instances: [matchedQuadratics] }),
    'σ₀ of d + Σθ_kr_k too small': () => ({
      theorem: fixedObjective1((own) => {
        const { sigma, gap, ...rest } = ofInstance(own);
        return { ...rest, sigma: sigma / 4, gap: gap / 4 };
      }),
      instances: [matchedQuadratics],
    }),
  }),
  ...violated(fixed2, {
    'Δ̄ forgotten': () => ({
      theorem: fixedObjective2((own) => ({ ...ofInstance(own), gap: 0 })),
      instances: [matched2],
    }),
  }),
  ...violated(controls1, {
    'a control with the step of the theorem': ({ theorem, planted: [first] }) => ({
      planted: [{ ...first!, theorem, iterations: [16] }],
    }),
  }),
  ...violated(controls2, {
    'a control with the σ of the theorem': ({ theorem, planted }) => ({ planted: [{ ...planted.at(-1)!, theorem }] }),
  }),
];

/** Bounds whose constant is too small: the search must find an instance that exceeds them. */
export const searchMutants: readonly ClaimMutant[] = [
  ...violated(search1, { 'half of the bound': ofTheorem(times(1 / 2)) }),
  ...violated(sharpSearch1, { 'half of the bound': ofTheorem(times(1 / 2)) }),
  ...violated(search2, { 'a quarter of the bound': ofTheorem(times(1 / 4)) }),
  ...violated(sharpSearch2, {
    'half of the bound': ofTheorem(times(1 / 2)),
    '0.84 of the bound': ofTheorem(times(0.84)),
  }),
];
