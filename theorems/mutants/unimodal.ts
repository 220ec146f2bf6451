import { type ClaimMutant, inconclusive, violated } from '../../src/claims/claim-mutant.js';
import { claim as twoPoints, underTwoPoints } from '../beyond/unimodal/counterexample-unimodality.js';
import { claim as voteMargins } from '../beyond/unimodal/majority-vote-margin.js';
import { claim as noise } from '../beyond/unimodal/unimodal-noise.js';
import { claim as norm } from '../beyond/unimodal/unimodal-noise-norm.js';
import { claim as rate } from '../beyond/unimodal/unimodal-noise-rate.js';
import { claim as step } from '../beyond/unimodal/unimodal-noise-step.js';
import { claim as tight } from '../beyond/unimodal/unimodal-noise-tight.js';
import { byMargin, byRoot, claim as vote } from '../beyond/unimodal/unimodal-vote.js';
import { claim as voteStep } from '../beyond/unimodal/unimodal-vote-step.js';
import { claim as voteTight } from '../beyond/unimodal/unimodal-vote-tight.js';
import { claim as noiseless, withInverters } from '../majority-vote/counterexample-noiseless-inverters.js';
import { wrongOfOneLaw } from '../majority-vote/inverters.js';
import { claim as evenBatch } from '../majority-vote/majority-vote-even-batch.js';
import { claim as inverters } from '../majority-vote/majority-vote-inverters.js';
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
  ...violated(voteMargins, {
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
  ...violated(voteStep, {
    'φ_M more by 2⁻⁴⁰ of it': () => ({ margin: 1 + 2 ** -40 }),
    '2/3 → 9/10': () => ({ far: 9 / 10 }),
    '3 → 1 of |G|/√(3v)': () => ({ three: 1 }),
  }),
  ...violated(vote, {
    '0.95 of the bound by φ_M': () => ({ forms: [{ ...byMargin, factor: 0.95 }] }),
    '3/2 → 5/4': () => ({ forms: [{ ...byRoot, factor: 5 / 4 }] }),
    'noise ±√v, which is not unimodal': () => ({ noises: [bimodal] }),
  }),
  ...violated(voteTight, {
    '0.97 of the bound': () => ({ scale: 0.97 }),
    '1.05 of the bound, which is not attained': () => ({ scale: 1.05 }),
    '3/2 → 7/5': ({ families: [, byRoots] }) => ({
      families: [{ ...byRoots!, form: { ...byRoot, factor: 7 / 5 } }],
    }),
  }),
  ...violated(norm, {
    '7/8 of h': () => ({ first: 7 / 8 }),
    '7/8 of √(3v)/φ_M′(0)': () => ({ second: 7 / 8 }),
  }),
  ...violated(rate, {
    'no X beside the noise': ({ constants }) => ({ constants: { ...constants, first: 0 } }),
    'no √(√3‖σ‖₁X)': ({ constants }) => ({ constants: { ...constants, three: 0 } }),
    'noise ±√v, which is not unimodal': () => ({ noises: [bimodal] }),
  }),
  ...inconclusive(twoPoints, {
    'so few iterations that the bounds are not small': () => ({ compare: () => underTwoPoints(4) }),
  }),
  ...violated(inverters, {
    'q ≤ 7/16': () => ({ half: 7 / 16 }),
    '7/16 of V': () => ({ cantelli: 7 / 16 }),
    'a quarter of √3/((1 − 2α)√M)': () => ({ coefficient: 1 / 16 }),
  }),
  ...inconclusive(noiseless, {
    'inverters of the law of all others': () => ({ compare: () => [withInverters(wrongOfOneLaw, 1024)] }),
  }),
  ...violated(evenBatch, {
    '0.97 of E_M': ({ constants }) => ({ constants: { ...constants, coefficient: 0.97 } }),
    '1.04 → 0.85': ({ constants }) => ({ constants: { ...constants, simple: 0.85 } }),
    '1.05 of E_M, to which no law comes': ({ constants }) => ({ constants: { ...constants, coefficient: 1.05 } }),
  }),
];
