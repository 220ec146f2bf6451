import { type ClaimMutant, violated } from '../../src/claims/claim-mutant.js';
import { claim as noise } from '../beyond/unimodal/unimodal-noise.js';
import { claim as step } from '../beyond/unimodal/unimodal-noise-step.js';
import { claim as tight } from '../beyond/unimodal/unimodal-noise-tight.js';
import { bimodal } from '../shared/unit-noise.js';

/** Wrong constants of what unimodal noise leaves of a sign, and noise that is not unimodal. */
export const unimodalMutants: readonly ClaimMutant[] = [
  ...violated(step, {
    '3 → 23/8 of |G|/√(3v)': () => ({ three: 23 / 8 }),
    '2/3 → 1': () => ({ far: 1 }),
    'half of γ²L': () => ({ curvature: 1 / 2 }),
  }),
  ...violated(noise, {
    '3 → 2 of |G|/√(3v)': ({ constants }) => ({ constants: { ...constants, three: 2 } }),
    'no Δ/(γT)': ({ constants }) => ({ constants: { ...constants, gap: 0 } }),
    'half of γ‖L‖₁': ({ constants }) => ({ constants: { ...constants, curvature: 1 / 2 } }),
    'noise ±√v, which is not unimodal': () => ({ noises: [bimodal] }),
  }),
  ...violated(tight, {
    '0.97 of the bound': () => ({ scale: 0.97 }),
    '1.1 of the bound, which is not attained': () => ({ scale: 1.1 }),
    '3 → 14/5 of |G|/√(3v)': () => ({ three: 14 / 5, far: 1 }),
    '2/3 → 5/8, which is not attained': () => ({ far: 5 / 8 }),
  }),
];
