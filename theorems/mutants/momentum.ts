import type { BoundClaim } from '../../src/claims/bounds/bound-claim.js';
import { type ClaimMutant, silent, violated } from '../../src/claims/claim-mutant.js';
import type { BoundInstance } from '../../src/claims/theorems/theorem.js';
import { claim as noise } from '../beyond/momentum/momentum-noise.js';
import { claim as step } from '../beyond/momentum/momentum-step.js';
import { claim as theorem } from '../beyond/momentum/sign-prox-momentum.js';
import { claim as controls } from '../beyond/momentum/sign-prox-momentum-controls.js';
import { claim as general } from '../beyond/momentum/sign-prox-momentum-general-step.js';
import { claim as singleDraws } from '../beyond/momentum/sign-prox-momentum-single-draws.js';
import { type Change, faster, sharper, times, withoutGap } from '../shared/changed-theorems.js';

/** The theorem changed, on one of the claim's instances by its place or on another, for one T. */
const row =
  (change: Change, chosen: number | BoundInstance, iterations: number) =>
  ({ theorem: own, instances }: BoundClaim): Partial<BoundClaim> => ({
    theorem: change(own),
    instances: [typeof chosen === 'number' ? instances[chosen]! : chosen],
    iterations: { quick: [iterations], standard: [iterations], deep: [iterations] },
  });

/** r is not smooth. */
const kinked: BoundInstance = {
  name: 'quadratic, l1',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [{ type: 'l1', weight: 1 }],
    probabilities: [1],
  },
  start: [2],
};

/** Wrong constants in what is said of momentum. */
export const momentumMutants: readonly ClaimMutant[] = [
  ...violated(step, {
    '2 + γL_i → 15/8 + γL_i': () => ({ wrong: 15 / 8 }),
    '2 + γL_i → 2 + γL_i/2': () => ({ curvature: 1 / 2 }),
    '2L_i/(1 + γL_i) → 15/8 L_i/(1 + γL_i)': () => ({ lipschitz: 15 / 8 }),
    '7/8 of (1 − α)(1 − (1 − α)^t)/α': () => ({ drift: 7 / 8 }),
  }),
  ...violated(noise, {
    '7/8 of α/(2 − α)': () => ({ spread: 7 / 8 }),
    '7/8 of (1 − α)^{2t}': () => ({ first: 7 / 8 }),
    '1/α → 7/(8α)': () => ({ transient: 7 / 8 }),
  }),
  ...violated(theorem, {
    'a third of the bound': row(times(1 / 3), 4, 4),
    '0.4 of the sharpened bound': row(sharper(times(0.4)), 4, 4),
    'no Δ': row(withoutGap, 6, 8),
  }),
  ...silent(theorem, { 'a kink': row((own) => own, kinked, 4) }),
  ...violated(general, {
    'a quarter of the bound': row(times(1 / 4), 4, 4),
    '0.4 of the sharpened bound': row(sharper(times(0.4)), 4, 4),
  }),
  ...violated(singleDraws, {
    'T^{−3/4} in place of T^{−1/4}': row(faster, 0, 1000),
    'a fifth of the bound': row(times(1 / 5), 0, 1000),
  }),
  ...violated(controls, {
    'a control within the hypotheses': ({ theorem: own, planted: [, last] }) => ({
      planted: [{ ...last!, theorem: own, iterations: [256] }],
    }),
  }),
];
